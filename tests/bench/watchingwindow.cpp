// The window as livebench measures it, in a process of its own:
//   watchingwindow viewer MILLISECONDS LINK   one session in a viewer; says what that cost, ends
//   watchingwindow wall LINK…                 the sessions on the wall, until it is ended
//   watchingwindow table LINK…                the same without the wall

#include "models/clock.h"
#include "network/liveclient.h"
#include "tests/bench/processcost.h"
#include "tests/bench/report.h"
#include "tests/fakes/samplesession.h"
#include "ui/anchorwatchstyle.h"
#include "ui/livescreen.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/viewerwindow.h"

#include <QAction>
#include <QApplication>
#include <QJsonDocument>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <memory>

#include <unistd.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto settleTime = 2s;
const QSize pageSize(1280, 720);

double threadMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

LiveFeed *makeFeed(const SessionRow &row, LiveRole role, QObject *parent)
{
    return role == LiveRole::Watch ? new LiveClient(row.session.liveViewUrl, role, parent)
                                   : nullptr;
}

// The main window with those sessions, as `anchorwatch` has it.
struct Watching
{
    SystemClock clock{};
    SessionTableModel model{clock};
    ConnectionListModel connections{};
    MainWindow window{model, connections, clock, [](const QUrl &) { return true; }};

    explicit Watching(const QStringList &links)
    {
        window.setLiveFeedFactory(makeFeed);
        SessionDelta delta;
        for (const QString &link : links) {
            Session session = sampleSession(u"session-%1"_s.arg(delta.added.size()));
            session.createdAt = clock.nowUtc().addSecs(-3 * 3600); // its age shows no seconds
            session.liveViewUrl = link;
            delta.added.append(session);
        }
        window.applyDelta(delta);
        window.show();
    }
};

// What one viewer costs, over the main window without it.
class ViewerCost : public QObject
{
public:
    ViewerCost(Watching &watching, std::chrono::milliseconds length)
        : m_watching(watching)
        , m_length(length)
    {
        QTimer::singleShot(settleTime, this, &ViewerCost::open);
    }

private:
    void open()
    {
        m_mibBefore = pssMib({::getpid()});
        const SessionKey key = m_watching.model.rows().front().key;
        m_viewer = std::make_unique<ViewerWindow>(key, m_watching.model, m_watching.clock,
                                                  m_watching.window.commands(), makeFeed);
        m_viewer->setAttribute(Qt::WA_DeleteOnClose, false);
        m_viewer->show();
        m_viewer->resize(m_viewer->size() + pageSize - m_viewer->screen().size());
        QTimer::singleShot(settleTime, this, &ViewerCost::begin);
    }
    void begin()
    {
        m_cpu = std::make_unique<CpuSpan>(QList<pid_t>{::getpid()});
        m_threadMs = threadMs();
        connect(&m_viewer->screen(), &LiveScreen::pictureShown, this, [this] {
            const double now = threadMs();
            m_frames.append(now - std::exchange(m_threadMs, now));
        });
        QTimer::singleShot(m_length, Qt::PreciseTimer, this, &ViewerCost::say);
    }
    void say()
    {
        const QJsonObject cost{{"cpuPercent"_L1, m_cpu->percent()},
                               {"moreMib"_L1, pssMib({::getpid()}) - m_mibBefore},
                               {"frames"_L1, m_frames.size()},
                               {"frameMs"_L1, median(m_frames)},
                               {"frameMsP95"_L1, quantile(m_frames, 0.95)}};
        std::printf("%s\n", QJsonDocument(cost).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
        QCoreApplication::exit(); // quit() would ask the window, which asks back
    }

    Watching &m_watching;
    std::chrono::milliseconds m_length;
    std::unique_ptr<ViewerWindow> m_viewer;
    std::unique_ptr<CpuSpan> m_cpu;
    double m_mibBefore = 0;
    double m_threadMs = 0;
    QList<double> m_frames; // time of the window's thread, from one to the next
};

int showTable(const QStringList &links)
{
    const Watching watching(links);
    return QApplication::exec();
}

int showWall(const QStringList &links)
{
    Watching watching(links);
    WindowState state = watching.window.state();
    state.wall = {QRect(0, 0, 1040, 1000), 3, 2s};
    watching.window.restore(state);
    watching.window.findChild<QAction *>(u"showWall"_s)->trigger();
    return QApplication::exec();
}

int showViewer(std::chrono::milliseconds length, const QString &link)
{
    Watching watching({link});
    const ViewerCost cost(watching, length);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new AnchorwatchStyle);
    QApplication::setPalette(Theme::light().palette());
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.size() == 3 && arguments.constFirst() == "viewer"_L1)
        return showViewer(std::chrono::milliseconds(arguments[1].toInt()), arguments[2]);
    if (arguments.size() > 1 && arguments.constFirst() == "wall"_L1)
        return showWall(arguments.mid(1));
    if (arguments.size() > 1 && arguments.constFirst() == "table"_L1)
        return showTable(arguments.mid(1));
    std::fputs("usage: watchingwindow viewer MILLISECONDS LINK | wall LINK… | table LINK…\n",
               stderr);
    return 2;
}
