// The steps of a poll, each by itself: pollmicro [Qt Test's options]. See docs/performance.md.

#include "models/clock.h"
#include "models/sessionproxymodel.h"
#include "network/sessionlistreader.h"
#include "tests/bench/crowd.h"
#include "ui/anchorwatchstyle.h"
#include "ui/sessionview.h"
#include "ui/theme.h"

#include <QApplication>
#include <QImage>
#include <QTest>

#include <memory>

#include <simdjson.h>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

// Two lists of the same service, one poll apart.
struct TwoLists
{
    QByteArray first;
    QByteArray second;

    explicit TwoLists(int count)
    {
        Crowd crowd(count);
        first = crowd.list();
        crowd.change();
        second = crowd.list();
    }
};

SessionDelta delta(const SessionList &from, const SessionList &to)
{
    SessionDelta delta = deltaBetween(SessionSnapshot(from), to);
    delta.connectionId = u"crowd"_s;
    delta.removed.clear(); // ended sessions would stay, and their number grow
    delta.added.clear();
    return delta;
}

// A table with the first of two lists, and what leads from each to the other.
struct Table
{
    SystemClock clock{};
    SessionTableModel model{clock};
    SessionProxyModel proxy{model, clock};
    SessionDelta forth{};
    SessionDelta back{};
    bool isForth = false;

    explicit Table(int count)
    {
        const TwoLists lists(count);
        const SessionList first = decodeSessionList(lists.first).sessions;
        const SessionList second = decodeSessionList(lists.second).sessions;
        SessionDelta all = deltaBetween({}, first);
        all.connectionId = u"crowd"_s;
        model.applyDelta(all);
        forth = delta(first, second);
        back = delta(second, first);
    }

    void step()
    {
        isForth = !isForth;
        model.applyDelta(isForth ? forth : back);
    }
};

} // namespace

class PollMicro : public QObject
{
    Q_OBJECT

    static void sizes()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1'000, 10'000, 100'000})
            QTest::addRow("%d", count) << count;
    }

private slots:
    void initTestCase()
    {
        QApplication::setStyle(new AnchorwatchStyle);
        QApplication::setPalette(Theme::light().palette());
    }

    void parseAlone_data() { sizes(); }
    void parseAlone()
    {
        QFETCH(int, count);
        const TwoLists lists(count);
        simdjson::dom::parser parser;
        const simdjson::padded_string padded(lists.first.constData(), lists.first.size());
        QBENCHMARK
        {
            simdjson::dom::element document;
            QVERIFY(!parser.parse(padded).get(document));
        }
    }

    void decodeByDocument_data() { sizes(); }
    void decodeByDocument()
    {
        QFETCH(int, count);
        const TwoLists lists(count);
        QBENCHMARK
        {
            QCOMPARE(decodeSessionList(lists.first).sessions.size(), count);
        }
    }

    void readFirstList_data() { sizes(); }
    void readFirstList()
    {
        QFETCH(int, count);
        const TwoLists lists(count);
        QBENCHMARK
        {
            SessionListReader reader;
            QCOMPARE(reader.read(lists.first).list.sessions.size(), count);
        }
    }

    void readNextList_data() { sizes(); }
    void readNextList()
    {
        QFETCH(int, count);
        const TwoLists lists(count);
        SessionListReader reader;
        bool isFirst = false;
        QBENCHMARK
        {
            isFirst = !isFirst;
            QCOMPARE(reader.read(isFirst ? lists.first : lists.second).list.sessions.size(), count);
        }
    }

    void compareLists_data() { sizes(); }
    void compareLists()
    {
        QFETCH(int, count);
        const TwoLists lists(count);
        SessionListReader reader;
        const SessionSnapshot before(reader.read(lists.first).list.sessions);
        const SessionList next = reader.read(lists.second).list.sessions;
        QBENCHMARK
        {
            const SessionSnapshot after = snapshotAfter(before, next);
            QVERIFY(!deltaBetween(before, after.sessions()).isEmpty());
        }
    }

    void applyDelta_data() { sizes(); }
    void applyDelta()
    {
        QFETCH(int, count);
        Table table(count);
        QBENCHMARK
        {
            table.step();
        }
    }

    void applyDeltaSortedByPage_data() { sizes(); }
    void applyDeltaSortedByPage()
    {
        QFETCH(int, count);
        Table table(count);
        table.proxy.sort(static_cast<int>(SessionColumn::Page));
        QBENCHMARK
        {
            table.step();
        }
    }

    void sortByPage_data() { sizes(); }
    void sortByPage()
    {
        QFETCH(int, count);
        Table table(count);
        Qt::SortOrder order = Qt::AscendingOrder;
        QBENCHMARK
        {
            order = order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
            table.proxy.sort(static_cast<int>(SessionColumn::Page), order);
        }
    }

    void filterLetter_data() { sizes(); }
    void filterLetter()
    {
        QFETCH(int, count);
        Table table(count);
        const auto some = std::get<SessionFilter>(SessionFilter::parse(u"7"_s));
        const auto none = std::get<SessionFilter>(SessionFilter::parse(u"7q"_s));
        bool isSome = false;
        QBENCHMARK
        {
            isSome = !isSome;
            table.proxy.setFilter(isSome ? some : none);
        }
    }

    void paintScreen()
    {
        Table table(1'000);
        SessionView view(table.proxy);
        view.resize(1280, 800);
        QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
        QBENCHMARK
        {
            view.render(&image);
        }
    }
};

QTEST_MAIN(PollMicro)
#include "pollmicro.moc"
