#include "models/sessionrow.h"
#include "tests/fakes/samplesession.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Phase = Termination::Phase;
using Proof = Termination::Proof;
using Profile = Termination::Profile;
using State = RowState::Kind;

class TestSessionRow : public QObject
{
    Q_OBJECT

    static SessionRow running()
    {
        SessionRow row;
        row.session = sampleSession(u"session-1"_s);
        row.key = {u"local"_s, row.session.id};
        return row;
    }

    static SessionRow ended(Termination::Proofs proofs, Profile profile = Profile::None)
    {
        SessionRow row = running();
        row.termination = {Phase::Gone, proofs, profile, 2100ms, {}};
        row.endedAt = row.session.createdAt.addSecs(41 * 60);
        if (profile != Profile::None)
            row.session.profileName = u"ci"_s;
        return row;
    }

private slots:
    void stateIsTheStatusOrWhatIsKnownBetter_data()
    {
        QTest::addColumn<SessionRow>("row");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("live");
        const auto add = [](const char *name, State state, const QString &text, bool live,
                            const std::function<void(SessionRow &)> &change) {
            SessionRow row = running();
            change(row);
            QTest::newRow(name) << row << state << text << live;
        };
        const QDateTime moment({2026, 5, 1}, {12, 0}, Qt::UTC);

        add("running", State::Running, u"Running"_s, true, [](SessionRow &) {});
        add("stopped", State::Stopped, u"Stopped"_s, false,
            [](SessionRow &row) { row.session.status = SessionStatus::Kind::Stopped; });
        add("word of the service", State::Unknown, u"warm[U+202E]"_s, true,
            [](SessionRow &row) { row.session.status = SessionStatus::fromWord(u"warm\u202E"_s); });
        add("stale", State::Stale, u"Was running"_s, true,
            [&](SessionRow &row) { row.staleSince = moment; });
        add("malformed before stale", State::Malformed, u"Malformed"_s, true, [&](SessionRow &row) {
            row.session.malformed = u"x"_s;
            row.staleSince = moment;
        });
        add("left the list", State::Gone, u"Gone"_s, false,
            [&](SessionRow &row) { row.endedAt = moment; });
        add("terminating", State::Terminating, u"Terminating…"_s, true, [&](SessionRow &row) {
            row.termination.phase = Phase::Terminating;
            row.staleSince = moment;
        });
        add("still running", State::StillRunning, u"Still running"_s, true,
            [](SessionRow &row) { row.termination.phase = Phase::StillRunning; });
        add("still running until it left the list", State::Gone, u"Gone"_s, false,
            [&](SessionRow &row) {
                row.termination.phase = Phase::StillRunning;
                row.endedAt = moment;
            });
        add("gone", State::Gone, u"Gone"_s, false, [&](SessionRow &row) {
            row.termination.phase = Phase::Gone;
            row.endedAt = moment;
        });
    }
    void stateIsTheStatusOrWhatIsKnownBetter()
    {
        QFETCH(SessionRow, row);
        QTEST(row.state(), "state");
        QTEST(row.stateText(), "text");
        QTEST(row.isLive(), "live");
    }

    void noteSaysWhatIsBeingDone()
    {
        SessionRow row = running();
        QCOMPARE(row.note(), QString());
        row.termination.phase = Phase::Terminating;
        QCOMPARE(row.note(), u"Closing the browser"_s);
        row.session.profileName = u"ci"_s;
        QCOMPARE(row.note(), u"Closing the browser"_s);
        row.session.persist = true;
        QCOMPARE(row.note(), u"Saving profile ci"_s);
        row.termination = {Phase::StillRunning, {}, {}, {}, u"still listed after 10 s"_s};
        QCOMPARE(row.note(), u"still listed after 10 s"_s);
    }

    void noteOfAGoneRow_data()
    {
        QTest::addColumn<SessionRow>("row");
        QTest::addColumn<QString>("note");

        QTest::newRow("proven") << ended(Proof::IdUnknown) << u"gone after 2.1 s, ran 41 min"_s;
        QTest::newRow("profile saved")
            << ended(Proof::IdUnknown, Profile::Saved) << u"gone after 2.1 s, profile saved"_s;
        QTest::newRow("profile not saved") << ended(Proof::IdUnknown, Profile::NotSaved)
                                           << u"gone, but its profile was not saved"_s;
        QTest::newRow("already gone")
            << ended({Proof::IdUnknown, Proof::AlreadyGone}) << u"had already gone"_s;
        SessionRow ageless = ended(Proof::IdUnknown);
        ageless.session.createdAt = {};
        QTest::newRow("start unknown") << ageless << u"gone after 2.1 s"_s;
        SessionRow left = running();
        left.endedAt = QDateTime({2026, 5, 1}, {14, 2}, Qt::UTC);
        QTest::newRow("left by itself") << left << u"left the list at 14:02"_s;
    }
    void noteOfAGoneRow()
    {
        QFETCH(SessionRow, row);
        QTEST(row.note(), "note");
    }

    void receiptNamesEachProof_data()
    {
        QTest::addColumn<Termination::Proofs>("proofs");
        QTest::addColumn<QString>("receipt");
        const QString after = u"Gone 2.1 s after it was asked to end. "_s;

        QTest::newRow("id unknown")
            << Termination::Proofs(Proof::IdUnknown)
            << QString(after
                       + "Asked for its id, the service answers that there is no such session."_L1);
        QTest::newRow("stopped")
            << Termination::Proofs(Proof::Stopped)
            << QString(after
                       + "Asked for its id, the service answers that its browser has ended."_L1);
        QTest::newRow("left the list and processes gone")
            << (Proof::LeftList | Proof::ProcessTreeGone)
            << QString(after + "It left the list. Every process of its browser has ended."_L1);
        QTest::newRow("already gone")
            << Termination::Proofs(Proof::AlreadyGone)
            << u"The service did not know it any more when it was asked to end it."_s;
    }
    void receiptNamesEachProof()
    {
        QFETCH(Termination::Proofs, proofs);
        QTEST(ended(proofs).receipt(), "receipt");
    }

    void receiptSaysWhatBecameOfTheProfile_data()
    {
        QTest::addColumn<Profile>("profile");
        QTest::addColumn<QString>("sentence");

        QTest::newRow("unchanged") << Profile::Unchanged << u"Profile ci stays as it was."_s;
        QTest::newRow("saved") << Profile::Saved << u"Profile ci was saved."_s;
        QTest::newRow("not saved")
            << Profile::NotSaved << u"Profile ci was not saved: kept in /data/working/7"_s;
        QTest::newRow("unknown") << Profile::Unknown
                                 << u"Whether profile ci was saved is not known."_s;
    }
    void receiptSaysWhatBecameOfTheProfile()
    {
        QFETCH(Profile, profile);
        QFETCH(QString, sentence);
        SessionRow row = ended(Proof::IdUnknown, profile);
        row.termination.reason = u"kept in /data/working/7"_s;
        QVERIFY2(row.receipt().endsWith(u' ' + sentence), qPrintable(row.receipt()));
    }

    void thereIsNoReceiptBeforeTheEnd()
    {
        SessionRow row = running();
        QCOMPARE(row.receipt(), QString());
        row.termination.phase = Phase::Terminating;
        QCOMPARE(row.receipt(), QString());
        row.termination.phase = Phase::StillRunning;
        QCOMPARE(row.receipt(), QString());
    }

    void receiptOfOneThatLeftClaimsNoMore()
    {
        SessionRow row = running();
        row.endedAt = QDateTime({2026, 5, 1}, {14, 2, 9}, Qt::UTC);
        QCOMPARE(row.receipt(), u"It left the list at 14:02:09; it was not ended from here."_s);
        row.termination.phase = Phase::StillRunning;
        row.termination.reason = u"refused"_s;
        QCOMPARE(row.receipt(),
                 u"It left the list at 14:02:09. It had not ended when it was asked to: refused"_s);
    }

    void wordsOfTheServiceHideNoSecretAndNoControl()
    {
        const QString hostile = u"no \x1b wss://example.com/?key=canary"_s;
        SessionRow row = running();
        row.termination = {Phase::StillRunning, {}, {}, {}, hostile};
        const QString shown = u"no ␛ wss://example.com/?key=••••"_s;
        QCOMPARE(row.note(), shown);
        row.termination = {};
        row.session.status = SessionStatus::Kind::Error;
        row.session.error = hostile;
        QCOMPARE(row.pageTitle(), shown);
        row = ended(Proof::IdUnknown, Profile::NotSaved);
        row.termination.reason = hostile;
        QVERIFY2(row.receipt().endsWith(shown), qPrintable(row.receipt()));
    }

    void urlsOfEndedAndMalformedSessionsStayClosed()
    {
        SessionRow row = running();
        QCOMPARE(row.openRefusal(), QString());
        row.termination.phase = Phase::Terminating;
        QCOMPARE(row.openRefusal(), QString());
        QVERIFY(ended(Proof::IdUnknown).openRefusal().startsWith("Ended 12:11:00"_L1));
        row = running();
        row.session.status = SessionStatus::Kind::Error;
        QVERIFY(!row.openRefusal().isEmpty());
        row = running();
        row.session.malformed = u"x"_s;
        QVERIFY(!row.openRefusal().isEmpty());
    }

    void onlyWhatIsThereAndKnownIsTerminated()
    {
        QCOMPARE(running().terminateRefusal(), QString());
        SessionRow row = running();
        row.termination.phase = Phase::StillRunning;
        QCOMPARE(row.terminateRefusal(), QString()); // Retry
        row.termination.phase = Phase::Terminating;
        QVERIFY(!row.terminateRefusal().isEmpty());
        QVERIFY(!ended(Proof::IdUnknown).terminateRefusal().isEmpty());
        row = running();
        row.session.status = SessionStatus::Kind::Stopped;
        QCOMPARE(row.terminateRefusal(), QString()); // it is listed until it is terminated
        row.session.malformed = u"Listed more than once"_s;
        QVERIFY(!row.terminateRefusal().isEmpty());
        row = running();
        row.session.id = u"all"_s;
        QVERIFY(!row.terminateRefusal().isEmpty());
    }

    void pageTitle_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("shown");

        QTest::newRow("title") << u"Sign in"_s << u"https://example.com"_s << u"Sign in"_s;
        QTest::newRow("hidden characters") << u"a\u202Eb"_s << QString() << u"a[U+202E]b"_s;
        QTest::newRow("none") << u" "_s << u"https://example.com"_s << u"Untitled page"_s;
        QTest::newRow("new tab") << QString() << u"about:blank"_s << u"New tab"_s;
        QTest::newRow("nothing known") << QString() << QString() << QString();
    }
    void pageTitle()
    {
        QFETCH(QString, title);
        QFETCH(QString, url);
        SessionRow row = running();
        row.session.title = title;
        row.session.currentUrl = url;
        QTEST(row.pageTitle(), "shown");
    }
};

QTEST_GUILESS_MAIN(TestSessionRow)
#include "tst_sessionrow.moc"
