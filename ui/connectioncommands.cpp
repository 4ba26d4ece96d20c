#include "ui/connectioncommands.h"

#include "ui/connectiondialog.h"
#include "ui/removeconnectiondialog.h"

#include <QWidget>

namespace Anchorwatch {

ConnectionCommands::ConnectionCommands(const ConnectionListModel &connections, QWidget *window)
    : QObject(window)
    , m_connections(connections)
    , m_window(window)
{
}

void ConnectionCommands::add()
{
    open(new ConnectionDialog(m_window));
}

void ConnectionCommands::addLike(const Connection &suggestion)
{
    Connection without = suggestion;
    without.id.clear();
    open(new ConnectionDialog(without, m_window));
}

void ConnectionCommands::edit(const QString &id)
{
    if (const ConnectionState *state = m_connections.find(id))
        open(new ConnectionDialog(state->connection, m_window));
}

void ConnectionCommands::duplicate(const QString &id)
{
    const ConnectionState *state = m_connections.find(id);
    if (!state)
        return;
    Connection copy = state->connection;
    copy.name = tr("%1 copy").arg(copy.name);
    addLike(copy);
}

void ConnectionCommands::remove(const QString &id)
{
    const ConnectionState *state = m_connections.find(id);
    if (!state)
        return;
    auto *question = new RemoveConnectionDialog(state->connection, state->liveCount, m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QDialog::accepted, this, [this, id] { emit removeRequested(id); });
    question->open();
}

void ConnectionCommands::setEnabled(const QString &id, bool enabled)
{
    const ConnectionState *state = m_connections.find(id);
    if (!state)
        return;
    Connection connection = state->connection;
    connection.enabled = enabled;
    emit saveRequested(connection, std::nullopt);
}

void ConnectionCommands::showTestResult(bool good, const QString &title, const QString &text)
{
    if (m_dialog)
        m_dialog->showTestResult(good, title, text);
}

void ConnectionCommands::offerCertificate(const QString &fingerprint)
{
    if (m_dialog && !fingerprint.isEmpty())
        m_dialog->offerCertificate(fingerprint);
}

void ConnectionCommands::open(ConnectionDialog *dialog)
{
    delete m_dialog;
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setKeychainProblem(m_keychainProblem);
    connect(dialog, &ConnectionDialog::testRequested, this,
            [this](const Connection &connection, const QString &secret) {
                emit testRequested(connection,
                                   secret.isEmpty() ? std::nullopt : std::optional(secret));
            });
    connect(dialog, &ConnectionDialog::testDropped, this, &ConnectionCommands::testDropped);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        emit saveRequested(dialog->connection(), dialog->secretChanged()
                                                     ? std::optional(dialog->secret())
                                                     : std::nullopt);
    });
    dialog->open();
}

} // namespace Anchorwatch
