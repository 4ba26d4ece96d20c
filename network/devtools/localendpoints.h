#pragma once

#include "network/devtools/activeport.h"
#include "network/sessionprovider.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QStringList>
#include <QUrl>

namespace Anchorwatch {

// A browser of this machine that can be watched by DevTools.
struct LocalEndpoint
{
    QUrl baseUrl;
    QString browser; // "Chrome/156.0.8078.79"
    QString profileFolder;

    bool operator==(const LocalEndpoint &) const = default;
};

class EndpointsReply : public ProviderReply
{
    Q_OBJECT

public:
    using ProviderReply::ProviderReply;

    QList<LocalEndpoint> endpoints; // as they answered
};

// Finds the Chromiums of this machine that were started with a debugging port: by the file that
// each leaves in its profile folder, checked by asking whoever listens there.
class LocalEndpoints : public QObject
{
    Q_OBJECT

public:
    // The manager must outlive it.
    explicit LocalEndpoints(QNetworkAccessManager &manager, QObject *parent = nullptr);

    // Where Chromium and its kin keep the profiles of this user, whether they are there or not.
    [[nodiscard]] static QStringList usualFolders();

    // Never fails: what does not answer is left out.
    [[nodiscard]] EndpointsReply *find(const QStringList &profileFolders = usualFolders());

private:
    void ask(EndpointsReply *reply, const QString &folder, const ActivePort &active);
    static void succeedIfDone(EndpointsReply *reply);

    QNetworkAccessManager &m_manager;
};

} // namespace Anchorwatch
