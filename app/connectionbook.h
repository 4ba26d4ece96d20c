#pragma once

#include "app/connectionsfile.h"
#include "models/connectionlistmodel.h"
#include "network/secretstore.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <optional>

namespace Anchorwatch {

class MainWindow;
class Monitor;

// Keeps the user's connections: in their file, their secrets where each belongs, and the monitor in
// step with both. Lives in the window's thread.
class ConnectionBook : public QObject
{
    Q_OBJECT

public:
    // All of them must outlive it. Without a file nothing is saved, and nothing is taken out of the
    // keychain: what is done then is for this run.
    ConnectionBook(ConnectionsFile *file, SecretStore &secrets, const ConnectionListModel &list,
                   Monitor &monitor, MainWindow &window);

    // Watches them, each as soon as its secret is there.
    void open(const QList<Connection> &connections);
    // As they are now. Says why not when it cannot.
    void save();

private:
    void connectWindow();
    // The same after the user changed something, who is told when it is for this run only.
    void saveChange();
    void keep(const Connection &connection, const std::optional<QString> &secret);
    void remove(const QString &id);
    void test(const Connection &connection, const std::optional<QString> &secret);
    void runTest(const Connection &connection, const QString &secret);
    // `before`: as it was before it was edited. What was kept elsewhere is forgotten when the new
    // place is proven, and until then what is known goes on being used.
    void readSecret(const Connection &connection, const Connection &before = {});
    void writeSecret(const Connection &connection, const QString &secret, const Connection &before);
    void forgetElsewhere(const Connection &before, const Connection &now);
    void forgetSecret(const Connection &connection);
    // A new turn of that connection: answers to what was asked before are not taken any more.
    quint64 nextTurn(const QString &id);
    void complain(const QString &what);

    ConnectionsFile *m_file;
    QPointer<QObject> m_test; // the try under way: whoever drops it hears no more of it
    SecretStore &m_secrets;
    QHash<QString, quint64> m_turns; // by connection id
    const ConnectionListModel &m_list;
    Monitor &m_monitor;
    MainWindow &m_window;
};

} // namespace Anchorwatch
