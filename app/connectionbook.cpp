#include "app/connectionbook.h"

#include "app/connectiontest.h"
#include "app/monitor.h"
#include "models/knownsecrets.h"
#include "ui/connectioncommands.h"
#include "ui/mainwindow.h"

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

bool needsSecret(const Connection &connection)
{
    return connection.secret.store != SecretReference::Store::None;
}

} // namespace

ConnectionBook::ConnectionBook(ConnectionsFile *file, SecretStore &secrets,
                               const ConnectionListModel &list, Monitor &monitor,
                               MainWindow &window)
    : QObject(&monitor)
    , m_file(file)
    , m_secrets(secrets)
    , m_list(list)
    , m_monitor(monitor)
    , m_window(window)
{
    connectWindow();
    SecretReply *keychain = m_secrets.findKeychain();
    connect(keychain, &SecretReply::finished, this, [this, keychain] {
        m_window.connectionCommands().setKeychainProblem(keychain->fault() ? keychain->fault()->what
                                                                           : QString());
    });
}

void ConnectionBook::connectWindow()
{
    const ConnectionCommands &commands = m_window.connectionCommands();
    connect(&commands, &ConnectionCommands::saveRequested, this, &ConnectionBook::keep);
    connect(&commands, &ConnectionCommands::removeRequested, this, &ConnectionBook::remove);
    connect(&commands, &ConnectionCommands::testRequested, this, &ConnectionBook::test);
    connect(&commands, &ConnectionCommands::testDropped, this, [this] { delete m_test; });
}

void ConnectionBook::open(const QList<Connection> &connections)
{
    for (const Connection &connection : connections) {
        m_secrets.claimVariable(connection);
        if (connection.enabled && needsSecret(connection)) {
            m_monitor.awaitSecret(connection.id);
            readSecret(connection);
        }
    }
    m_monitor.setConnections(connections);
}

void ConnectionBook::save()
{
    if (m_file && !m_file->save(m_list.connections()))
        complain(m_file->problem());
}

void ConnectionBook::saveChange()
{
    if (m_file)
        save();
    else
        m_window.announce(
            {u"info"_s,
             tr("For this run only: one with --url or --interval saves no change of connections."),
             {},
             {}});
}

void ConnectionBook::keep(const Connection &connection, const std::optional<QString> &secret)
{
    QList<Connection> all = m_list.connections();
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Connection &one) { return one.id == connection.id; });
    const Connection before = known == all.end() ? Connection() : *known;
    if (known == all.end())
        all.append(connection);
    else
        *known = connection;

    const bool isTyped = secret && !secret->isEmpty();
    const bool mustRead = needsSecret(connection) && !isTyped
                          && (before.secret != connection.secret || !before.enabled);
    if (isTyped || mustRead) {
        m_monitor.awaitSecret(connection.id);
    } else if (secret) {
        nextTurn(connection.id);
        m_monitor.setSecret(connection.id, {});
    }
    m_monitor.setConnections(all);
    saveChange();
    if (isTyped)
        writeSecret(connection, *secret, before);
    else if (mustRead)
        readSecret(connection, before);
    else
        forgetElsewhere(before, connection);
}

void ConnectionBook::remove(const QString &id)
{
    QList<Connection> all = m_list.connections();
    const auto gone =
        std::find_if(all.begin(), all.end(), [&](const Connection &one) { return one.id == id; });
    if (gone == all.end())
        return;
    forgetSecret(*gone);
    nextTurn(id);
    all.erase(gone);
    m_monitor.setConnections(all);
    saveChange();
}

void ConnectionBook::test(const Connection &connection, const std::optional<QString> &secret)
{
    delete m_test;
    if (secret || !needsSecret(connection)) {
        runTest(connection, secret.value_or(QString()));
        return;
    }
    m_test = new QObject(this);
    SecretReply *reply = m_secrets.read(connection);
    connect(reply, &SecretReply::finished, m_test, [this, reply, connection] {
        if (reply->fault())
            m_window.connectionCommands().showTestResult(false, tr("Its secret is not there"),
                                                         reply->fault()->what);
        else
            runTest(connection, reply->secret());
    });
}

void ConnectionBook::runTest(const Connection &connection, const QString &secret)
{
    hideSecret(secret);
    delete m_test;
    Connection tried = connection;
    if (connection.kind == Connection::Kind::Local)
        tried.baseUrl = m_monitor.localServiceUrl(); // found, not typed
    if (tried.baseUrl.isEmpty()) {
        m_window.connectionCommands().showTestResult(
            false, tr("The local service is not running"),
            tr("It is started when the connection is enabled; its log says why it is not there."));
        return;
    }
    auto *test = new ConnectionTest(tried, secret, this);
    m_test = test;
    connect(test, &ConnectionTest::found, this, [this](const ConnectionFinding &finding) {
        m_window.connectionCommands().offerCertificate(finding.certificate);
        m_window.connectionCommands().showTestResult(finding.isGood, finding.title, finding.text);
    });
}

void ConnectionBook::readSecret(const Connection &connection, const Connection &before)
{
    const quint64 turn = nextTurn(connection.id);
    SecretReply *reply = m_secrets.read(connection);
    connect(reply, &SecretReply::finished, this, [this, reply, connection, before, turn] {
        if (m_turns.value(connection.id) != turn)
            return;
        if (!reply->fault()) {
            m_monitor.setSecret(connection.id, reply->secret());
            forgetElsewhere(before, connection);
            return;
        }
        complain(tr("%1: %2").arg(connection.name, reply->fault()->what));
        const bool goesOn = before.kind == connection.kind && before.baseUrl == connection.baseUrl;
        m_monitor.setSecret(connection.id, goesOn ? m_monitor.secretOf(connection.id) : QString());
    });
}

void ConnectionBook::writeSecret(const Connection &connection, const QString &secret,
                                 const Connection &before)
{
    const quint64 turn = nextTurn(connection.id);
    SecretReply *reply = m_secrets.write(connection, secret);
    connect(reply, &SecretReply::finished, this, [this, reply, connection, secret, before, turn] {
        if (reply->fault())
            complain(tr("%1: its secret is kept for this run only. %2")
                         .arg(connection.name, reply->fault()->what));
        if (m_turns.value(connection.id) != turn)
            return;
        m_monitor.setSecret(connection.id, secret);
        if (!reply->fault())
            forgetElsewhere(before, connection);
    });
}

void ConnectionBook::forgetElsewhere(const Connection &before, const Connection &now)
{
    if (before.secret.store != now.secret.store)
        forgetSecret(before);
}

void ConnectionBook::forgetSecret(const Connection &connection)
{
    if (!m_file)
        return; // the next run still knows the connection, and needs it
    SecretReply *reply = m_secrets.remove(connection);
    connect(reply, &SecretReply::finished, this, [this, reply, connection] {
        if (reply->fault())
            complain(tr("The secret of %1 is still in the keychain: %2")
                         .arg(connection.name, reply->fault()->what));
    });
}

quint64 ConnectionBook::nextTurn(const QString &id)
{
    return ++m_turns[id];
}

void ConnectionBook::complain(const QString &what)
{
    m_window.announce({u"warning"_s, what, {}, {}});
}

} // namespace Anchorwatch
