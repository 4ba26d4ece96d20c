#include "models/sessioncolumns.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"

#include <QSet>
#include <QTest>

#include <limits>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionColumns : public QObject
{
    Q_OBJECT

    FakeClock m_clock;

    static SessionRow sample()
    {
        SessionRow row;
        row.session = sampleSession(u"3f2a8f0e-7c1d-00112233c9d1"_s);
        row.key = {u"local"_s, row.session.id};
        return row;
    }

    QString text(SessionColumn column, const SessionRow &row) const
    {
        return columnInfo(column).text(row, m_clock);
    }
    QString toolTip(SessionColumn column, const SessionRow &row) const
    {
        return columnInfo(column).toolTip(row, m_clock);
    }
    QString accessible(SessionColumn column, const SessionRow &row) const
    {
        return columnInfo(column).accessible(row, m_clock);
    }

private slots:
    void everyColumnHasANameATitleAndASentence()
    {
        QSet<QByteArray> names;
        for (int i = 0; i < sessionColumnCount; ++i) {
            const SessionColumnInfo &info = columnInfo(static_cast<SessionColumn>(i));
            names.insert(info.name);
            QVERIFY(!info.title().isEmpty());
            QVERIFY2(!info.accessible(sample(), m_clock).isEmpty(), info.name);
            QVERIFY2(!info.accessible(SessionRow(), m_clock).isEmpty(), info.name);
        }
        QCOMPARE(names.size(), sessionColumnCount);
    }

    void noCellShowsASecret()
    {
        SessionRow row = sample();
        row.session.cdpUrl = u"wss://me:canary@example.com/?apiKey=canary"_s;
        row.session.liveViewUrl = u"https://example.com/live/x/canary-canary-canary#canary"_s;
        row.session.error = u"failed: wss://example.com?apiKey=canary"_s;
        for (const auto status : {SessionStatus::Kind::Running, SessionStatus::Kind::Error}) {
            row.session.status = status;
            for (int i = 0; i < sessionColumnCount; ++i) {
                const auto column = static_cast<SessionColumn>(i);
                for (const QString &shown :
                     {text(column, row), toolTip(column, row), accessible(column, row)})
                    QVERIFY2(!shown.contains("canary"_L1), qPrintable(shown));
            }
        }
    }

    void whatIsUnknownIsADash()
    {
        const SessionRow row;
        for (const SessionColumn column :
             {SessionColumn::Page, SessionColumn::Profile, SessionColumn::Age, SessionColumn::Cdp,
              SessionColumn::LiveView, SessionColumn::Tags, SessionColumn::Credits,
              SessionColumn::IdleLimit})
            QCOMPARE(text(column, row), u"–"_s);
        QCOMPARE(toolTip(SessionColumn::Age, row), u"Started: unknown"_s);
    }

    void sessionCellShowsTheShortIdAndTellsTheWhole()
    {
        QCOMPARE(text(SessionColumn::Session, sample()), u"3f2a…c9d1"_s);
        QCOMPARE(toolTip(SessionColumn::Session, sample()), u"3f2a8f0e-7c1d-00112233c9d1"_s);
        SessionRow nameless = sample();
        nameless.session.id = u"?1"_s;
        QCOMPARE(text(SessionColumn::Session, nameless), u"no id"_s);
    }

    void ageStopsAtTheEnd()
    {
        SessionRow row = sample();
        QCOMPARE(text(SessionColumn::Age, row), u"30 min"_s);
        row.endedAt = row.session.createdAt.addSecs(20 * 60);
        QCOMPARE(text(SessionColumn::Age, row), u"20 min"_s);
        QCOMPARE(accessible(SessionColumn::Age, row), u"Ran 20 min"_s);
    }

    void staleRowsAreDated()
    {
        SessionRow row = sample();
        row.staleSince = m_clock.nowUtc();
        QCOMPARE(text(SessionColumn::Age, row), u"at 12:00"_s);
        QCOMPARE(text(SessionColumn::Status, row), u"Was running"_s);
        QVERIFY(toolTip(SessionColumn::Status, row).contains("12:00:00"_L1));
    }

    void profileCellSaysWhetherItIsSaved()
    {
        SessionRow row = sample();
        row.session.profileName = u"ci"_s;
        QCOMPARE(accessible(SessionColumn::Profile, row), u"Profile ci"_s);
        row.session.persist = true;
        QCOMPARE(toolTip(SessionColumn::Profile, row),
                 u"Profile ci, saved when the session ends"_s);
        row.session.persist = false;
        QCOMPARE(toolTip(SessionColumn::Profile, row),
                 u"Profile ci, not changed by this session"_s);
    }

    void figuresAreShownWithTheirUnits_data()
    {
        QTest::addColumn<SessionColumn>("column");
        QTest::addColumn<SessionFigure>("figure");
        QTest::addColumn<QString>("shown");
        using Figure = SessionFigure::Kind;
        const auto row = [](SessionColumn column, Figure kind, double value, const QString &shown) {
            QTest::addRow("%s", qPrintable(shown)) << column << SessionFigure{kind, value} << shown;
        };
        row(SessionColumn::Duration, Figure::Duration, 420, u"7 min"_s);
        row(SessionColumn::TimeLimit, Figure::TimeLimit, 1200, u"20 min"_s);
        row(SessionColumn::IdleLimit, Figure::IdleLimit, std::numeric_limits<double>::infinity(),
            u"no limit"_s);
        row(SessionColumn::Steps, Figure::Steps, 48, u"48"_s);
        row(SessionColumn::Credits, Figure::Credits, 12.5, u"12.5"_s);
        row(SessionColumn::ProxyTraffic, Figure::ProxyTraffic, 102400, u"100.0 KiB"_s);
    }
    void figuresAreShownWithTheirUnits()
    {
        QFETCH(SessionColumn, column);
        QFETCH(SessionFigure, figure);
        QFETCH(QString, shown);
        SessionRow row = sample();
        const QString title = columnInfo(column).title();
        QCOMPARE(accessible(column, row), title + u": not known"_s);
        row.session.figures = {figure};
        QCOMPARE(text(column, row), shown);
        QCOMPARE(accessible(column, row), title + u": "_s + shown);
        QVERIFY(columnInfo(column).alignment.testFlag(Qt::AlignRight));
    }

    void tagsAreShownAsText()
    {
        SessionRow row = sample();
        row.session.tags = {u"ci"_s, u"night\u202Ely"_s};
        QCOMPARE(text(SessionColumn::Tags, row), u"ci, night[U+202E]ly"_s);
        QCOMPARE(accessible(SessionColumn::Tags, row), u"Tags: ci, night[U+202E]ly"_s);
    }

    void aNoteTakesThePlaceOfBothUrls()
    {
        SessionRow row = sample();
        row.termination.phase = Termination::Phase::Terminating;
        QCOMPARE(text(SessionColumn::Cdp, row), u"Closing the browser"_s);
        QCOMPARE(text(SessionColumn::LiveView, row), QString());
        QCOMPARE(accessible(SessionColumn::Cdp, row), u"Closing the browser"_s);
    }

    void aLiveViewThatIsNoWebPageSaysWhy()
    {
        SessionRow row = sample();
        row.session.liveViewUrl = u"file:///etc/passwd"_s;
        QCOMPARE(text(SessionColumn::LiveView, row), u"file:///etc/passwd"_s);
        QVERIFY(toolTip(SessionColumn::LiveView, row).contains("Only http and https"_L1));
        QVERIFY(accessible(SessionColumn::LiveView, row).contains("cannot be opened"_L1));
    }
};

QTEST_GUILESS_MAIN(TestSessionColumns)
#include "tst_sessioncolumns.moc"
