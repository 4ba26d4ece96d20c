// The window as pollbench measures it, in a process of its own: pollwindow URL MILLISECONDS shows
// the sessions of a service, asked that often. Says {"firstRows":NANOSECONDS} by CLOCK_MONOTONIC
// when the first rows are painted; then hears commands on standard input, one a line, and answers
// each with one line of JSON. See Director::obey().

#include "app/connectionwatch.h"
#include "app/monitor.h"
#include "models/clock.h"
#include "tests/bench/monotonic.h"
#include "tests/bench/turnmeter.h"
#include "ui/anchorwatchstyle.h"
#include "ui/filterbox.h"
#include "ui/mainwindow.h"
#include "ui/sessionview.h"
#include "ui/theme.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <functional>
#include <optional>
#include <ranges>

#include <unistd.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s; // nothing to be painted is an answer too

double milliseconds(qint64 nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1e6;
}

Connection connectionTo(const QUrl &url, std::chrono::milliseconds interval)
{
    Connection connection;
    connection.id = u"crowd"_s;
    connection.name = u"Crowd"_s;
    connection.badge = u"Cr"_s;
    connection.kind = Connection::Kind::Service;
    connection.baseUrl = url;
    connection.pollInterval = interval;
    return connection;
}

// What happened since it was made.
struct Span
{
    qint64 began = monotonicNs();
    qint64 processCpu = nanosecondsOf(CLOCK_PROCESS_CPUTIME_ID);
    qint64 threadCpu = nanosecondsOf(CLOCK_THREAD_CPUTIME_ID);
    int polls = 0;
    int modelSignals = 0;
    QJsonArray paintedMs;  // from the answer received to the changed cells painted
    double decodeMs = 0;   // of the last poll that changed something
    qsizetype changed = 0; // by the last poll
};

class Director : public QObject
{
public:
    Director(PaintTellingApplication &application, const Connection &connection)
        : m_application(application)
        , m_monitor(std::nullopt, m_model, m_connections, m_window, m_clock)
    {
        m_monitor.setConnections({connection});
        application.watch(m_window.view().viewport());
        connect(&application, &PaintTellingApplication::painted, this, &Director::takePaint);
        connect(m_monitor.findChild<ConnectionWatch *>(), &ConnectionWatch::polled, this,
                &Director::takePoll);
        const auto count = [this] { ++m_span.modelSignals; };
        connect(&m_model, &QAbstractItemModel::dataChanged, this, count);
        connect(&m_model, &QAbstractItemModel::rowsInserted, this, count);
        // Rows of sessions that ended are removed as time passes, whatever is answered.
        m_timeout.setSingleShot(true);
        connect(&m_timeout, &QTimer::timeout, this, [this] { answerPainted(); });
    }

    void start()
    {
        m_window.show();
        m_monitor.start();
    }

    // measure MS         what goes on for that long
    // filter TEXT        types the text's last letter after the others: until it is painted
    // sort COLUMN        by the column of that number: until it is painted
    // select COUNT       the first rows
    // hide
    // terminate COUNT    the first sessions, until all are gone
    // polls COUNT        waits for so many
    // interval MS        asks the service that often from now on
    void obey(const QByteArrayList &words)
    {
        const QByteArray &command = words.constFirst();
        const int number = words.value(1).toInt();
        if (command == "measure")
            measure(std::chrono::milliseconds(number));
        else if (command == "filter")
            type(QString::fromUtf8(words.value(1)));
        else if (command == "sort")
            sort(number);
        else if (command == "select")
            select(number);
        else if (command == "terminate")
            terminate(number);
        else if (command == "polls")
            m_pollsWanted = number;
        else if (command == "interval")
            setInterval(std::chrono::milliseconds(number));
        else if (command == "hide")
            hide();
    }

private:
    static void answer(const QJsonObject &object)
    {
        std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
    }

    // Forgets what went before.
    void beginSpan()
    {
        (void)m_application.takeLongestTurnMs();
        (void)takeLongestStretch();
        m_span = {};
    }

    QJsonObject span()
    {
        const BusyStretch stretch = takeLongestStretch();
        const double wall = milliseconds(monotonicNs() - m_span.began);
        const double cpu =
            milliseconds(nanosecondsOf(CLOCK_PROCESS_CPUTIME_ID) - m_span.processCpu);
        const double threadCpu =
            milliseconds(nanosecondsOf(CLOCK_THREAD_CPUTIME_ID) - m_span.threadCpu);
        return {{"turnMs"_L1, m_application.takeLongestTurnMs()},
                {"gapMs"_L1, milliseconds(stretch.ns)},
                {"gapCpuMs"_L1, milliseconds(stretch.cpuNs)},
                {"cpuPercent"_L1, 100 * cpu / wall},
                {"threadMsPerPoll"_L1, threadCpu / std::max(1, m_span.polls)},
                {"polls"_L1, m_span.polls},
                {"modelSignals"_L1, m_span.modelSignals},
                {"decodeMs"_L1, m_span.decodeMs},
                {"changed"_L1, m_span.changed},
                {"paintedMs"_L1, m_span.paintedMs}};
    }

    void measure(std::chrono::milliseconds length)
    {
        beginSpan();
        QTimer::singleShot(length, Qt::PreciseTimer, this, [this] { answer(span()); });
    }

    void takePoll(const PollResult &result)
    {
        ++m_span.polls;
        if (!result.delta.isEmpty()) {
            // It was received when it had been fetched; Clock knows milliseconds only.
            const auto since = m_clock.elapsed() - result.delta.askedAt;
            m_sinceReceived = static_cast<double>(since.count()) - result.fetchMs;
            m_appliedAt = monotonicNs();
            m_span.decodeMs = result.decodeMs;
            m_span.changed = result.delta.changed.size();
        }
        if (m_pollsWanted > 0 && --m_pollsWanted == 0)
            answer({});
        if (m_ending)
            lookForTheEnd();
    }

    void takePaint()
    {
        if (!m_hasRows && m_window.view().model()->rowCount() > 0) {
            m_hasRows = true;
            answer({{"firstRows"_L1, monotonicNs()}});
        }
        if (m_appliedAt)
            m_span.paintedMs.append(*m_sinceReceived + milliseconds(monotonicNs() - *m_appliedAt));
        m_appliedAt.reset();
        if (m_actedAt)
            answerPainted();
    }

    // From the act to the paint that follows it.
    void awaitPaint(const std::function<void()> &act)
    {
        beginSpan();
        m_timeout.start(patience);
        m_actedAt = monotonicNs();
        act();
    }

    void answerPainted()
    {
        m_timeout.stop();
        const qint64 acted = *std::exchange(m_actedAt, std::nullopt);
        answer(
            {{"ms"_L1, milliseconds(monotonicNs() - acted)},
             {"cpuMs"_L1, milliseconds(nanosecondsOf(CLOCK_THREAD_CPUTIME_ID) - m_span.threadCpu)},
             {"rows"_L1, m_window.view().model()->rowCount()}});
    }

    void type(const QString &text)
    {
        auto *box = m_window.findChild<FilterBox *>();
        awaitPaint([box, text] {
            if (text.isEmpty()) {
                box->clear();
                return;
            }
            QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, text.last(1));
            QCoreApplication::sendEvent(box, &press);
        });
    }

    void sort(int column)
    {
        SessionView &view = m_window.view();
        awaitPaint([&view, column] { view.sortByColumn(column, Qt::AscendingOrder); });
    }

    void setInterval(std::chrono::milliseconds interval)
    {
        emit m_window.intervalChosen(u"crowd"_s, interval);
        answer({});
    }

    void hide()
    {
        m_window.hide();
        answer({});
    }

    void select(int count)
    {
        QAbstractItemModel *model = m_window.view().model();
        const QItemSelection rows(model->index(0, 0),
                                  model->index(count - 1, model->columnCount() - 1));
        m_window.view().selectionModel()->select(count > 0 ? rows : QItemSelection(),
                                                 QItemSelectionModel::ClearAndSelect);
        answer({});
    }

    void terminate(int count)
    {
        SessionList sessions;
        for (const SessionRow &row : m_model.rows() | std::views::take(count))
            sessions.append(row.session);
        beginSpan();
        m_ending = count;
        emit m_window.terminateRequested(u"crowd"_s, sessions);
    }

    void lookForTheEnd()
    {
        int terminating = 0;
        for (const SessionRow &row : m_model.rows())
            terminating += row.state() == RowState::Kind::Terminating ? 1 : 0;
        if (terminating > 0)
            return;
        m_ending = 0;
        answer(span());
    }

    PaintTellingApplication &m_application;
    SystemClock m_clock;
    SessionTableModel m_model{m_clock};
    ConnectionListModel m_connections;
    MainWindow m_window{m_model, m_connections, m_clock, [](const QUrl &) { return true; }};
    Monitor m_monitor;
    QTimer m_timeout;
    Span m_span;
    std::optional<double> m_sinceReceived; // ms, when the answer had been applied
    std::optional<qint64> m_appliedAt;
    std::optional<qint64> m_actedAt;
    int m_pollsWanted = 0;
    int m_ending = 0;
    bool m_hasRows = false;
};

} // namespace

int main(int argc, char **argv)
{
    PaintTellingApplication application(argc, argv);
    QApplication::setStyle(new AnchorwatchStyle);
    QApplication::setPalette(Theme::light().palette());
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fputs("usage: pollwindow URL MILLISECONDS\n", stderr);
        return 2;
    }
    Director director(application, connectionTo(QUrl(arguments[1]),
                                                std::chrono::milliseconds(arguments[2].toInt())));
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&director] {
        QByteArray line(256, Qt::Uninitialized);
        const ssize_t got = ::read(STDIN_FILENO, line.data(), line.size());
        if (got <= 0) {
            QCoreApplication::exit(); // quit() would ask the window, which asks back
            return;
        }
        line.truncate(got);
        director.obey(line.trimmed().split(' '));
    });
    director.start();
    return QApplication::exec();
}
