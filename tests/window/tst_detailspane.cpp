#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/detailspane.h"
#include "ui/factgrid.h"
#include "ui/statemark.h"
#include "ui/timelineview.h"
#include "ui/watchingconsent.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDetailsPane : public QObject
{
    Q_OBJECT

    struct Window
    {
        FakeClock clock;
        SessionTableModel model{clock};
        WatchingConsent consent;
        DetailsPane pane{model, clock, consent};

        Window()
        {
            pane.resize(1280, 214);
            pane.show();
        }

        SessionKey add(const Session &session)
        {
            model.updateSession(u"local"_s, session);
            return {u"local"_s, session.id};
        }

        void show(const Session &session) { pane.showSession(add(session)); }

        void end(const SessionKey &key)
        {
            model.setTerminations(
                {{key, {Termination::Phase::Gone, Termination::Proof::IdUnknown, {}, 2100ms, {}}}});
        }

        [[nodiscard]] QString texts() const { return visibleTexts(pane).join(u'\n'); }
        [[nodiscard]] bool says(const QString &text) const { return texts().contains(text); }
        [[nodiscard]] QString state() const { return pane.findChild<StateMark *>()->word(); }
        [[nodiscard]] QStringList timeline() const
        {
            return pane.findChild<TimelineView *>()->lines();
        }
        [[nodiscard]] QLineEdit *field(const QString &name) const
        {
            return controlNamed<QLineEdit>(pane, name);
        }
        [[nodiscard]] QAbstractButton *button(const QString &name) const
        {
            return buttonNamed(pane, name);
        }
    };

    static Session detailed()
    {
        Session session = sampleSession(u"7d7b35c9-52e1-4c0f"_s);
        session.profileName = u"checkout-buyer"_s;
        session.persist = true;
        session.tags = {u"ci"_s, u"checkout"_s};
        session.actionCount = 37;
        return session;
    }

private slots:
    void saysWhatToDoWhenEmpty()
    {
        const Window test;
        QVERIFY(test.says(u"Select a session to see its details."_s));
        QCOMPARE(test.pane.key(), SessionKey());
    }

    void showsEverythingThatIsKnown()
    {
        Window test;
        test.show(detailed());
        QCOMPARE(test.state(), u"Running"_s);
        for (const QString &text :
             {u"Title of 7d7b35c9-52e1-4c0f"_s, u"https://example.com/7d7b35c9-52e1-4c0f"_s,
              u"7d7b…4c0f"_s, u"checkout-buyer, saved when it ends"_s, u"ci, checkout"_s,
              u"Today 11:30:00, 30 min ago"_s, u"37"_s})
            QVERIFY2(test.says(text), qPrintable(text));
    }

    void valuesStandBesideTheirLabels()
    {
        Window test;
        test.show(detailed());
        const auto labels = test.pane.findChild<FactGrid *>()->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QVERIFY(!label->wordWrap() || label->alignment().testFlag(Qt::AlignTop));
    }

    void leavesOutWhatIsNotKnown()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        for (const QString &label : {u"Tags"_s, u"Ended"_s, u"Actions"_s, u"Error"_s})
            QVERIFY2(!visibleTexts(test.pane).contains(label), qPrintable(label));
        QVERIFY(visibleTexts(test.pane).contains(u"none"_s));
    }

    void showsWhatAServiceSaysBesides()
    {
        Window test;
        Session session = detailed();
        session.figures = {{SessionFigure::Kind::Credits, 12.5}};
        session.facts = {{u"Node"_s, u"http://10.0.0.7:5555"_s}, {u"Platform"_s, u"linux"_s}};
        const SessionKey key = test.add(session);
        test.pane.showSession(key);
        for (const QString &text :
             {u"Credits"_s, u"12.5"_s, u"Node"_s, u"http://10.0.0.7:5555"_s, u"linux"_s})
            QVERIFY2(visibleTexts(test.pane).contains(text), qPrintable(text));
        QCOMPARE(namelessControls(test.pane), QStringList());
        session.figures.clear();
        session.facts = {{u"Platform"_s, u"windows"_s}};
        test.add(session);
        QVERIFY(visibleTexts(test.pane).contains(u"windows"_s));
        QVERIFY(!visibleTexts(test.pane).contains(u"Node"_s));
        session.facts.clear();
        test.add(session);
        QVERIFY(!visibleTexts(test.pane).contains(u"Platform"_s));
    }

    // Fault matrix: W14
    void factsAreVisiblePlainText()
    {
        Window test;
        Session session = detailed();
        session.facts = {{u"<b>La\nbel</b>"_s, u"<img src=x>\u202Eevil"_s},
                         {u"VNC"_s, u"ws://h/session/0123456789abcdef0123456789abcdef/se/vnc"_s}};
        for (int i = 0; i < 1000; ++i)
            session.facts.append({u"Label %1"_s.arg(i), u"value %1"_s.arg(i)});
        test.show(session);
        QVERIFY(visibleTexts(test.pane).contains(u"<b>La\u240Abel</b>"_s));
        QVERIFY(visibleTexts(test.pane).contains(u"<img src=x>[U+202E]evil"_s));
        QVERIFY(visibleTexts(test.pane).contains(u"ws://h/session/••••/se/vnc"_s));
        QVERIFY(test.says(u"value 21"_s));
        QVERIFY(!test.says(u"value 22"_s));
        for (const QLabel *label : test.pane.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void profileSaysWhatBecomesOfIt_data()
    {
        QTest::addColumn<int>("persist");
        QTest::addColumn<QString>("text");
        QTest::newRow("persists") << 1 << u"ops, saved when it ends"_s;
        QTest::newRow("read only") << 0 << u"ops, read only"_s;
        QTest::newRow("unknown") << -1 << u"ops"_s;
    }

    void profileSaysWhatBecomesOfIt()
    {
        QFETCH(int, persist);
        QFETCH(QString, text);
        Session session = sampleSession(u"a"_s);
        session.profileName = u"ops"_s;
        if (persist >= 0)
            session.persist = persist == 1;
        Window test;
        test.show(session);
        QVERIFY(visibleTexts(test.pane).contains(text));
    }

    // Fault matrix: W14
    void markupInATitleIsText()
    {
        Window test;
        Session session = sampleSession(u"a"_s);
        session.title = u"<img src=x>"_s;
        session.error = u"<b>bad</b>"_s;
        test.show(session);
        QVERIFY(test.says(u"<img src=x>"_s));
        QVERIFY(test.says(u"<b>bad</b>"_s));
        for (const QLabel *label : test.pane.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void followsItsSession()
    {
        Window test;
        Session session = sampleSession(u"a"_s);
        test.show(session);
        session.status = SessionStatus::Kind::Idle;
        session.title = u"Next page"_s;
        test.add(session);
        QCOMPARE(test.state(), u"Idle"_s);
        QVERIFY(test.says(u"Next page"_s));
    }

    void staysOnItsSessionWhileOthersComeAndGo()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        const SessionKey other = test.add(sampleSession(u"b"_s));
        test.end(other);
        test.model.expireEnded(0ms, {});
        QCOMPARE(test.pane.key().sessionId, u"a"_s);
        QVERIFY(test.says(u"Title of a"_s));
    }

    void showsAnotherOnlyWhenTold()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        test.pane.showSession({u"local"_s, u"unknown"_s});
        QCOMPARE(test.pane.key().sessionId, u"a"_s);
        test.show(sampleSession(u"b"_s));
        QCOMPARE(test.pane.key().sessionId, u"b"_s);
    }

    void endedSessionOpensNothingAndCopies()
    {
        Window test;
        test.show(detailed());
        test.end(test.pane.key());
        QCOMPARE(test.state(), u"Gone"_s);
        QVERIFY(test.says(u"Ended 12:00:00, nothing can be opened any more"_s));
        for (const QString &name : {u"Live view"_s, u"DevTools"_s, u"Terminate…"_s,
                                    u"Open DevTools"_s, u"Open live view"_s})
            QVERIFY2(!test.button(name)->isEnabled(), qPrintable(name));
        QSignalSpy copied(&test.pane, &DetailsPane::copyRequested);
        QTest::mouseClick(test.button(u"Copy CDP address"_s), Qt::LeftButton);
        QCOMPARE(copied.size(), 1);
        QCOMPARE(copied.constFirst().constFirst().toString(), detailed().cdpUrl);
    }

    void endedSessionStaysWhenItsRowLeaves()
    {
        Window test;
        test.show(detailed());
        test.end(test.pane.key());
        SessionDelta empty;
        empty.connectionId = u"local"_s;
        empty.removed = {detailed().id};
        test.clock.advance(1s);
        empty.askedAt = test.clock.elapsed();
        test.model.applyDelta(empty);
        test.model.expireEnded(0ms, {});
        QCOMPARE(test.model.rowCount(), 0);
        QCOMPARE(test.pane.key().sessionId, detailed().id);
        QVERIFY(test.says(u"Ended 12:00:00, nothing can be opened any more"_s));
        QVERIFY(test.button(u"Copy CDP address"_s)->isEnabled());
    }

    void receiptIsShown()
    {
        Window test;
        test.show(detailed());
        test.end(test.pane.key());
        const QString receipt = test.model.find(test.pane.key())->receipt();
        QVERIFY(!receipt.isEmpty());
        QVERIFY(test.says(receipt));
        QVERIFY(test.says(u"12:00:00, ran 30 min"_s));
    }

    void stillRunningSaysWhy()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        test.model.setTerminations(
            {{test.pane.key(),
              {Termination::Phase::StillRunning, {}, {}, 10s, u"still listed after 10 s"_s}}});
        QCOMPARE(test.state(), u"Still running"_s);
        QVERIFY(test.says(u"still listed after 10 s"_s));
        QVERIFY(test.button(u"Terminate…"_s)->isEnabled());
    }

    // Fault matrix: W28
    void addressesAreMaskedUntilAsked()
    {
        Window test;
        Session session = sampleSession(u"a"_s);
        session.cdpUrl = u"wss://connect.example/?apiKey=canary"_s;
        test.show(session);
        QLineEdit *field = test.field(u"CDP address"_s);
        QVERIFY(field->isReadOnly());
        QCOMPARE(field->text(), u"wss://connect.example/?apiKey=••••"_s);
        QTest::mouseClick(test.button(u"Show the whole CDP address"_s), Qt::LeftButton);
        QCOMPARE(field->text(), session.cdpUrl);
        QTest::mouseClick(test.button(u"Hide the secrets of the CDP address"_s), Qt::LeftButton);
        QVERIFY(!field->text().contains(u"canary"_s));
    }

    void anotherSessionIsMaskedAgain()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        QTest::mouseClick(test.button(u"Show the whole live view address"_s), Qt::LeftButton);
        Session other = sampleSession(u"b"_s);
        other.liveViewUrl = u"http://127.0.0.1:9222/live/b?key=canary"_s;
        test.show(other);
        QVERIFY(!test.field(u"live view address"_s)->text().contains(u"canary"_s));
    }

    void unknownAddressesHaveNothingToCopy()
    {
        Window test;
        Session session = sampleSession(u"a"_s);
        session.cdpUrl.clear();
        test.show(session);
        QVERIFY(!test.button(u"Copy CDP address"_s)->isEnabled());
        QVERIFY(!test.button(u"DevTools"_s)->isEnabled());
        QVERIFY(!test.button(u"DevTools"_s)->toolTip().isEmpty());
    }

    void buttonsAskForTheirSession()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        const SessionKey key = test.pane.key();
        QSignalSpy live(&test.pane, &DetailsPane::openLiveViewRequested);
        QSignalSpy devTools(&test.pane, &DetailsPane::openDevToolsRequested);
        QSignalSpy terminate(&test.pane, &DetailsPane::terminateRequested);
        QSignalSpy close(&test.pane, &DetailsPane::closeRequested);
        for (const QString &name : {u"Live view"_s, u"Open live view"_s, u"DevTools"_s,
                                    u"Open DevTools"_s, u"Terminate…"_s, u"Close the details"_s})
            QTest::mouseClick(test.button(name), Qt::LeftButton);
        QCOMPARE(live.size(), 2);
        QCOMPARE(devTools.size(), 2);
        QCOMPARE(terminate.size(), 1);
        QCOMPARE(close.size(), 1);
        QCOMPARE(live.constFirst().constFirst().value<SessionKey>(), key);
        QCOMPARE(terminate.constFirst().constFirst().value<SessionKey>(), key);
    }

    void copyingSaysWhat()
    {
        Window test;
        test.show(sampleSession(u"a"_s));
        QSignalSpy copied(&test.pane, &DetailsPane::copyRequested);
        QTest::mouseClick(test.button(u"Copy live view address"_s), Qt::LeftButton);
        const QVariantList expected{sampleSession(u"a"_s).liveViewUrl,
                                    u"Live view address copied"_s};
        QCOMPARE(copied.constFirst(), expected);
    }

    void timelineIsNewestFirst()
    {
        Window test;
        Session session = sampleSession(u"a"_s);
        session.createdAt = test.clock.nowUtc();
        session.status = SessionStatus::Kind::Starting;
        test.show(session);
        test.clock.advance(4s);
        session.status = SessionStatus::Kind::Running;
        test.add(session);
        test.clock.advance(61s);
        test.pane.tick();
        const QStringList expected{u"Running, for 1 min, 12:00:04"_s, u"Starting, 4 s, 12:00:00"_s};
        QCOMPARE(test.timeline(), expected);
        test.end(test.pane.key());
        QCOMPARE(test.timeline().constFirst(), u"Gone, after 2.1 s, 12:01:05"_s);
    }

    void tickBringsRelativeTextsUpToDate()
    {
        Window test;
        test.show(detailed());
        test.clock.advance(2min);
        test.pane.tick();
        QVERIFY(test.says(u"Today 11:30:00, 32 min ago"_s));
    }

    void tickKeepsASelection()
    {
        Window test;
        test.show(detailed());
        QLabel *tags = nullptr;
        for (QLabel *label : test.pane.findChildren<QLabel *>()) {
            if (label->text() == u"ci, checkout"_s)
                tags = label;
        }
        QVERIFY(tags);
        tags->setSelection(0, 2);
        test.pane.tick();
        QCOMPARE(tags->selectedText(), u"ci"_s);
    }

    void besideTheTableItIsTallAndShowsTheWholeId()
    {
        Window test;
        test.show(detailed());
        QSignalSpy toggled(&test.pane, &DetailsPane::shapeToggled);
        QTest::mouseClick(test.button(u"Show the details on the right"_s), Qt::LeftButton);
        QCOMPARE(toggled.size(), 1);
        test.pane.setOrientation(Qt::Horizontal);
        test.pane.resize(408, 800);
        QVERIFY(test.says(u"7d7b35c9-52e1-4c0f"_s));
        QVERIFY(test.button(u"Show the details below"_s));
        const auto *timeline = test.pane.findChild<TimelineView *>();
        const QLineEdit *field = test.field(u"CDP address"_s);
        QTRY_VERIFY(timeline->mapTo(&test.pane, QPoint()).y()
                    > field->mapTo(&test.pane, QPoint()).y());
        test.pane.setOrientation(Qt::Vertical);
        test.pane.resize(1280, 214);
        QTRY_VERIFY(timeline->mapTo(&test.pane, QPoint()).x()
                    > field->mapTo(&test.pane, QPoint()).x());
        QVERIFY(!visibleTexts(test.pane).contains(u"7d7b35c9-52e1-4c0f"_s));
    }

    void everyControlHasAName()
    {
        Window test;
        test.show(detailed());
        QCOMPARE(namelessControls(test.pane), QStringList());
    }
};

QTEST_MAIN(TestDetailsPane)
#include "tst_detailspane.moc"
