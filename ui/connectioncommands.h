#pragma once

#include "models/connectionlistmodel.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace Anchorwatch {

class ConnectionDialog;

// What the window does with connections: add, change, remove, switch off. Asks the user, and says
// by signals what shall be saved or tried.
class ConnectionCommands : public QObject
{
    Q_OBJECT

public:
    // Both must outlive it; the window is the parent of its dialogs.
    ConnectionCommands(const ConnectionListModel &connections, QWidget *window);

    // Why there is no keychain to keep a secret in; empty where there is one.
    void setKeychainProblem(const QString &reason) { m_keychainProblem = reason; }

    void add();
    // A new one, with what is known of it already.
    void addLike(const Connection &suggestion);
    void edit(const QString &id);
    void duplicate(const QString &id);
    void remove(const QString &id);
    void setEnabled(const QString &id, bool enabled);

    // What the last try found.
    void showTestResult(bool good, const QString &title, const QString &text);
    // Before that: the fingerprint of a certificate that was refused, for the user to judge. Empty:
    // there is none.
    void offerCertificate(const QString &fingerprint);

signals:
    // A new one, or one of that id as it shall be. Without a secret the one that is kept stays.
    void saveRequested(const Anchorwatch::Connection &connection,
                       const std::optional<QString> &secret);
    void removeRequested(const QString &id);
    // Without a secret: with the one that is kept.
    void testRequested(const Anchorwatch::Connection &connection,
                       const std::optional<QString> &secret);
    // Nobody waits for that any more.
    void testDropped();

private:
    void open(ConnectionDialog *dialog);

    const ConnectionListModel &m_connections;
    QWidget *m_window;
    QString m_keychainProblem;
    QPointer<ConnectionDialog> m_dialog;
};

} // namespace Anchorwatch
