#pragma once

#include "apiclient.h"
#include "network/cdpclient.h"

#include <QJsonObject>
#include <QString>

namespace Anchorwatch {

// Drives sessions of a service as a client of its contract does.
class SessionDriver
{
public:
    explicit SessionDriver(const QUrl &service);

    [[nodiscard]] ApiClient &api() { return m_api; }

    // POST; the answer's session, empty when it was refused.
    [[nodiscard]] QJsonObject create(const QJsonObject &request = {});
    // POST, then waits until the session runs. Returns its id, empty when it does not come to run.
    [[nodiscard]] QString createRunning(const QJsonObject &request = {});
    // GET of one; empty when it is gone.
    [[nodiscard]] QJsonObject session(const QString &id);
    // Waits until a field of the session has the value.
    [[nodiscard]] bool awaitField(const QString &id, const QString &field, const QString &value);
    [[nodiscard]] ApiAnswer terminate(const QString &id);

    // Opens a page in the session's first tab, by CDP, and waits until it has the title.
    [[nodiscard]] bool visit(const QString &id, const QString &url, const QString &title);
    // One CDP command in the session's first page or, for Target and Browser commands, the browser.
    [[nodiscard]] QJsonObject command(const QString &id, const QString &method,
                                      const QJsonObject &parameters = {});
    // Leaves the page of the session, with Page enabled, for another; true when it asks before.
    [[nodiscard]] bool opensDialog(const QString &id, const QString &url);
    // One command, without waiting for what it answers.
    void post(const QString &id, const QString &method, const QJsonObject &parameters = {});

private:
    [[nodiscard]] bool attach(const QString &id);

    ApiClient m_api;
    CdpClient m_cdp;
    QString m_attachedTo; // session id
    QString m_cdpSession;
};

[[nodiscard]] QString sessionPath(const QString &id = {});

} // namespace Anchorwatch
