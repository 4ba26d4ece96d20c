#include "models/sessionfilter.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionFilter : public QObject
{
    Q_OBJECT

    FakeClock m_clock;

    // "Sign in – Example" on example.com, profile ci-main, tags nightly and CI, 30 minutes old.
    static SessionRow sample()
    {
        SessionRow row;
        row.session = sampleSession(u"3f2a8f0e-7c1d-00112233c9d1"_s);
        row.session.title = u"Sign in – Example"_s;
        row.session.currentUrl = u"https://example.com:8443/login"_s;
        row.session.profileName = u"ci-main"_s;
        row.session.tags = {u"nightly"_s, u"CI"_s};
        row.key = {u"local"_s, row.session.id};
        Connection connection;
        connection.name = u"Anchor staging"_s;
        row.connection = QSharedPointer<const Connection>::create(connection);
        return row;
    }

    bool matches(const QString &expression, const SessionRow &row) const
    {
        const auto parsed = SessionFilter::parse(expression);
        const auto *filter = std::get_if<SessionFilter>(&parsed);
        if (!filter)
            qFatal("%s", qPrintable(std::get<SessionFilter::Problem>(parsed).what));
        return filter->matches(row, m_clock.nowUtc());
    }

private slots:
    void matchesTheSample_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("found");

        QTest::newRow("empty") << QString() << true;
        QTest::newRow("blanks") << u" \t "_s << true;
        QTest::newRow("empty quotes") << u"\"\""_s << true;
        QTest::newRow("word of the title") << u"sign"_s << true;
        QTest::newRow("word of the URL") << u"LOGIN"_s << true;
        QTest::newRow("word of the profile") << u"main"_s << true;
        QTest::newRow("word of a tag") << u"night"_s << true;
        QTest::newRow("status as a word") << u"runn"_s << true;
        QTest::newRow("word of the connection") << u"staging"_s << true;
        QTest::newRow("its connection") << u"connection:anchor"_s << true;
        QTest::newRow("another connection") << u"connection:production"_s << false;
        QTest::newRow("not its connection") << u"!connection:anchor"_s << false;
        QTest::newRow("beginning of the id") << u"3F2A8"_s << true;
        QTest::newRow("middle of the id") << u"7c1d"_s << false;
        QTest::newRow("id as it is shown") << u"3f2a…c9d1"_s << true;
        QTest::newRow("another word") << u"checkout"_s << false;
        QTest::newRow("all words") << u"sign login"_s << true;
        QTest::newRow("one word is missing") << u"sign checkout"_s << false;
        QTest::newRow("phrase") << u"\"sign in\""_s << true;
        QTest::newRow("phrase in another order") << u"\"in sign\""_s << false;
        QTest::newRow("open quote") << u"\"sign in"_s << true;
        QTest::newRow("host and port") << u"example.com:8443"_s << true;
        QTest::newRow("short host and port") << u"db:5432"_s << false;
        QTest::newRow("URL") << u"https://example.com"_s << true;
        QTest::newRow("negated") << u"!sign"_s << false;
        QTest::newRow("negated other") << u"!checkout"_s << true;
        QTest::newRow("exclamation mark") << u"!"_s << false;
        QTest::newRow("twice negated is a word") << u"!!sign"_s << true;

        QTest::newRow("status:") << u"status:running"_s << true;
        QTest::newRow("status: in capitals") << u"STATUS:Running"_s << true;
        QTest::newRow("status: other") << u"status:idle"_s << false;
        QTest::newRow("!status:") << u"!status:idle"_s << true;
        QTest::newRow("profile:") << u"profile:CI"_s << true;
        QTest::newRow("profile: other") << u"profile:sign"_s << false;
        QTest::newRow("profile: in quotes") << u"profile:\"ci-main\""_s << true;
        QTest::newRow("tag:") << u"tag:ci"_s << true;
        QTest::newRow("tag: is the whole tag") << u"tag:night"_s << false;
        QTest::newRow("id:") << u"id:3f2a"_s << true;
        QTest::newRow("id: begins") << u"id:c9d1"_s << false;

        QTest::newRow("age over") << u"age>29m"_s << true;
        QTest::newRow("age not over itself") << u"age>30m"_s << false;
        QTest::newRow("age under") << u"age<31m"_s << true;
        QTest::newRow("age not under itself") << u"age<30m"_s << false;
        QTest::newRow("bare minutes") << u"age>29"_s << true;
        QTest::newRow("hours") << u"age<1h"_s << true;
        QTest::newRow("days") << u"age<1d"_s << true;
        QTest::newRow("seconds") << u"age>1799s"_s << true;
        QTest::newRow("seconds over a minute") << u"age<90s"_s << false;
        QTest::newRow("hours and bare minutes") << u"age<1h30"_s << true;
        QTest::newRow("compound") << u"age<1d2h3m4s"_s << true;
        QTest::newRow("min") << u"age>29min"_s << true;
        QTest::newRow("!age") << u"!age>29m"_s << false;
        QTest::newRow("between") << u"age>29m age<31m"_s << true;
    }
    void matchesTheSample()
    {
        QFETCH(QString, expression);
        QTEST(matches(expression, sample()), "found");
    }

    void statusMeansWhatTheRowShows()
    {
        SessionRow row = sample();
        row.staleSince = m_clock.nowUtc();
        QVERIFY(matches(u"status:stale"_s, row));
        QVERIFY(matches(u"status:running"_s, row));
        row.termination.phase = Termination::Phase::Terminating;
        QVERIFY(matches(u"status:terminating"_s, row));
        QVERIFY(!matches(u"status:running"_s, row));
        row.termination.phase = Termination::Phase::StillRunning;
        QVERIFY(matches(u"status:running"_s, row));
        row.termination.phase = Termination::Phase::Gone;
        QVERIFY(matches(u"status:gone"_s, row));
        QVERIFY(!matches(u"status:running"_s, row));
    }

    void anUnknownAgeIsNeitherOverNorUnder()
    {
        SessionRow row = sample();
        row.session.createdAt = {};
        QVERIFY(!matches(u"age>1s"_s, row));
        QVERIFY(!matches(u"age<9d"_s, row));
    }

    void figuresAreCompared_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("found");
        QTest::newRow("credits over") << u"credits>12"_s << true;
        QTest::newRow("credits not over themselves") << u"credits>12.5"_s << false;
        QTest::newRow("credits under") << u"credits<12.51"_s << true;
        QTest::newRow("in capitals") << u"CREDITS<13"_s << true;
        QTest::newRow("duration over") << u"duration>6m"_s << true;
        QTest::newRow("duration under") << u"duration<419s"_s << false;
        QTest::newRow("not known") << u"steps>0"_s << false;
        QTest::newRow("not known, nor under") << u"steps<9"_s << false;
        QTest::newRow("negated") << u"!credits>12"_s << false;
    }
    void figuresAreCompared()
    {
        QFETCH(QString, expression);
        SessionRow row = sample();
        row.session.figures = {{SessionFigure::Kind::Duration, 420},
                               {SessionFigure::Kind::Credits, 12.5}};
        QTEST(matches(expression, row), "found");
    }

    void onlyAgesDependOnTime()
    {
        const auto depends = [](const QString &expression) {
            return std::get<SessionFilter>(SessionFilter::parse(expression)).dependsOnTime();
        };
        QVERIFY(!depends({}));
        QVERIFY(!depends(u"sign status:idle duration>1m"_s));
        QVERIFY(depends(u"sign age>1m"_s));
        QVERIFY(depends(u"!age<1m"_s));
    }

    void problemsExplainThemselves_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("hint");

        QTest::newRow("status misspelt") << u"status:runing"_s << u"\"status:\" has no \"runing\""_s
                                         << u"Did you mean running?"_s;
        QTest::newRow("status of nothing known")
            << u"status:purple"_s << u"\"status:\" has no \"purple\""_s
            << u"Known are starting, running, idle, stopped, error, gone, terminating, stale."_s;
        QTest::newRow("field misspelt")
            << u"stauts:idle"_s << u"There is no field \"stauts:\""_s << u"Did you mean status?"_s;
        QTest::newRow("plural field")
            << u"tags:ci"_s << u"There is no field \"tags:\""_s << u"Did you mean tag?"_s;
        QTest::newRow("status without a value")
            << u"status:"_s << u"\"status:\" needs a value"_s
            << u"Known are starting, running, idle, stopped, error, gone, terminating, stale."_s;
        QTest::newRow("tag without a value") << u"tag: ci"_s << u"\"tag:\" needs a value"_s
                                             << u"Write it without a space, as in tag:ci."_s;
        QTest::newRow("age without a time")
            << u"age>"_s << u"\"\" is not a time"_s << u"Write it as 30m, 4h or 2d."_s;
        QTest::newRow("age in weeks")
            << u"age>2w"_s << u"\"2w\" is not a time"_s << u"Write it as 30m, 4h or 2d."_s;
        QTest::newRow("age with =")
            << u"age>=2h"_s << u"\"=2h\" is not a time"_s << u"Write it as 30m, 4h or 2d."_s;
        QTest::newRow("credits that are no number")
            << u"credits>1e9"_s << u"\"1e9\" is not a number"_s << u"Write it as 5 or 12.5."_s;
        QTest::newRow("duration without a time")
            << u"duration<soon"_s << u"\"soon\" is not a time"_s << u"Write it as 30m, 4h or 2d."_s;
        QTest::newRow("negated") << u"!status:runing"_s << u"\"status:\" has no \"runing\""_s
                                 << u"Did you mean running?"_s;
        QTest::newRow("the first of several")
            << u"sign status:x age>y"_s << u"\"status:\" has no \"x\""_s
            << u"Known are starting, running, idle, stopped, "
               "error, gone, terminating, stale."_s;
    }
    void problemsExplainThemselves()
    {
        QFETCH(QString, expression);
        const auto parsed = SessionFilter::parse(expression);
        const auto *problem = std::get_if<SessionFilter::Problem>(&parsed);
        QVERIFY(problem);
        QTEST(problem->what, "what");
        QTEST(problem->hint, "hint");
    }

    void longExpressionsAreStillObeyed()
    {
        const QString word(200'000, u'x');
        QVERIFY(!matches(word, sample()));
        QVERIFY(!matches(u'"' + word, sample()));
        QVERIFY(!matches(word + u":y"_s, sample()));
    }

    void anythingTypedIsParsedOrExplained()
    {
        static const QStringList pieces{
            u"status:"_s, u"running"_s, u"tag:"_s,    u"profile:"_s, u"id:"_s, u"age>"_s,
            u"age<"_s,    u"30m"_s,     u"999999d"_s, u"\""_s,       u"!"_s,   u" "_s,
            u":"_s,       u"//"_s,      u"\n"_s,      u"\0"_s,       u"é"_s,   u"🚀"_s,
            u"\u202E"_s,  u"%1"_s,      u"("_s,       u"\\"_s,       u"["_s,   u"*"_s,
            u"x"_s,       u"1h"_s,      u"stauts"_s,  u"credits>"_s, u"12.5"_s};
        QRandomGenerator random(20260501);
        const SessionRow row = sample();
        for (int i = 0; i < 20'000; ++i) {
            QString expression;
            for (int length = random.bounded(12); length > 0; --length) {
                expression += random.bounded(4) > 0
                                  ? pieces[random.bounded(static_cast<int>(pieces.size()))]
                                  : QString(QChar(static_cast<char16_t>(random.bounded(0x10000))));
            }
            const auto parsed = SessionFilter::parse(expression);
            if (const auto *problem = std::get_if<SessionFilter::Problem>(&parsed)) {
                QVERIFY2(!problem->what.isEmpty() && !problem->hint.isEmpty(),
                         qPrintable(expression));
                continue;
            }
            const auto &filter = std::get<SessionFilter>(parsed);
            if (filter.isEmpty())
                QVERIFY2(filter.matches(row, m_clock.nowUtc()), qPrintable(expression));
            else
                (void)filter.matches(row, m_clock.nowUtc());
        }
    }
};

QTEST_GUILESS_MAIN(TestSessionFilter)
#include "tst_sessionfilter.moc"
