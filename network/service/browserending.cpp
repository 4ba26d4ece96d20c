#include "network/service/browserending.h"

#include "network/service/browserlink.h"
#include "network/service/browserprocess.h"
#include "network/service/servicelog.h"

#include <chrono>
#include <csignal>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// From start(): together with the move of the profile they stay below the promised 10 s.
constexpr auto interruptAfter = 5s;
constexpr auto killAfter = 7500ms;
// For one whose DevTools are just being connected to: a session that was found again a moment ago.
constexpr auto interruptUnlinkedAfter = 2s;
// For one that has no DevTools to be asked by, or whose main process is gone.
constexpr auto killWithoutDevToolsAfter = 2s;

} // namespace

BrowserEnding::BrowserEnding(BrowserProcess &process, BrowserLink *link, QObject *parent)
    : QObject(parent)
    , m_process(process)
    , m_link(link)
    , m_tree(process.mark())
{
    m_interrupt.setSingleShot(true);
    m_kill.setSingleShot(true);
    connect(&m_interrupt, &QTimer::timeout, this, &BrowserEnding::interrupt);
    connect(&m_kill, &QTimer::timeout, this, &BrowserEnding::kill);
    connect(&m_tree, &ProcessTree::ended, this, [this] {
        m_interrupt.stop();
        m_kill.stop();
        emit finished();
    });
}

void BrowserEnding::start()
{
    m_tree.awaitEnd();
    if (!m_process.isRunning()) {
        m_kill.start(killWithoutDevToolsAfter);
        return;
    }
    // One that somebody stopped could neither answer nor save.
    m_tree.signalAll(SIGCONT);
    if (!m_link) {
        interrupt();
        m_kill.start(killWithoutDevToolsAfter);
        return;
    }
    m_kill.start(killAfter);
    if (m_link->isOpen()) {
        m_interrupt.start(interruptAfter);
        askForCookies();
        return;
    }
    m_interrupt.start(interruptUnlinkedAfter);
    connect(m_link, &BrowserLink::opened, this, &BrowserEnding::askForCookies,
            Qt::SingleShotConnection);
}

void BrowserEnding::askForCookies()
{
    CdpReply *reply = m_link->askForCookies();
    connect(reply, &CdpReply::finished, this, [this, reply] {
        if (reply->error().isEmpty())
            emit cookiesTaken(reply->result().value("cookies"_L1).toArray());
        askToClose();
    });
}

void BrowserEnding::askToClose()
{
    m_link->closeBrowser();
}

void BrowserEnding::interrupt()
{
    sendSignal(m_process.identity(), SIGINT);
}

void BrowserEnding::kill()
{
    m_wasKilled = true;
    m_tree.signalAll(SIGKILL);
    // A process that was being started while the tree was listed is caught the next time.
    m_kill.start(250ms);
}

} // namespace Anchorwatch
