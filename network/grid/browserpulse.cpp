#include "network/grid/browserpulse.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

bool isOnThisMachine(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

void keepOnly(QSet<QString> *ids, const QHash<QString, GridMark> &listed)
{
    ids->removeIf([&listed](const QString &id) { return !listed.contains(id); });
}

} // namespace

void BrowserPulse::watch(const QHash<QString, GridMark> &marks, const QUrl &gridUrl)
{
    keepOnly(&m_beating, marks);
    keepOnly(&m_ended, marks);
    if (!isOnThisMachine(gridUrl))
        return;
    for (auto mark = marks.cbegin(); mark != marks.cend(); ++mark) {
        if (mark->debuggerPort > 0 && !m_ended.contains(mark.key()))
            knock(mark.key(), mark->debuggerPort);
    }
}

bool BrowserPulse::hasEnded(const QString &sessionId) const
{
    return m_ended.contains(sessionId);
}

void BrowserPulse::knock(const QString &sessionId, quint16 port)
{
    if (m_asked.contains(sessionId))
        return;
    m_asked.insert(sessionId);
    auto *socket = new QTcpSocket(this);
    connect(socket, &QTcpSocket::connected, this, [this, socket, sessionId] {
        m_beating.insert(sessionId);
        m_asked.remove(sessionId);
        socket->abort();
        socket->deleteLater();
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket, sessionId] {
        m_asked.remove(sessionId);
        socket->deleteLater();
        const bool isRefused = socket->error() == QAbstractSocket::ConnectionRefusedError;
        if (!isRefused || !m_beating.remove(sessionId))
            return;
        m_ended.insert(sessionId);
        emit ended(sessionId);
    });
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

} // namespace Anchorwatch
