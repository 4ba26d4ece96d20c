#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakelivefeed.h"
#include "tests/fakes/samplesession.h"
#include "ui/liveinput.h"
#include "ui/livepreview.h"
#include "ui/livequestions.h"
#include "ui/livescreen.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = LiveState::Kind;

// The picture of one session, what is done on it, and what its page asks.
class TestLiveScreen : public QObject
{
    Q_OBJECT

private:
    FakeClock m_clock;
    std::unique_ptr<LiveScreen> m_screen;
    FakeLiveFeed *m_feed = nullptr; // of the screen

    FakeLiveFeed *watch(const QString &id)
    {
        m_feed = new FakeLiveFeed(sampleSession(id), LiveRole::Control, nullptr);
        m_screen->watch(m_feed);
        return m_feed;
    }
    // At 640 x 360 a page of 1280 x 720 is shown at half its size.
    void showScaled()
    {
        m_screen->resize(640, 360);
        m_screen->show();
        watch(u"a"_s)->sendColor(Qt::red);
        QTRY_VERIFY(!m_screen->picture().isNull());
    }
    QColor middle() const
    {
        const QImage image = m_screen->grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() / 4);
    }

private slots:
    void init() { m_screen = std::make_unique<LiveScreen>(m_clock); }
    void cleanup() { m_screen.reset(); }

    void showsAndThenAcknowledges()
    {
        showScaled();
        QTRY_COMPARE(m_feed->acknowledged, QList<quint32>{1});
        QVERIFY(middle().red() > 240 && middle().blue() < 20);
        QVERIFY(m_screen->words().isEmpty());
    }

    void isNeverLargerThanThePage()
    {
        m_screen->resize(2000, 1500);
        m_screen->show();
        watch(u"a"_s)->sendColor(Qt::red);
        QTRY_VERIFY(!m_screen->picture().isNull());
        QCOMPARE(m_screen->pictureRect(), QRectF(360, 390, 1280, 720));
    }

    void asksForWhatItShows()
    {
        m_screen->setEvery(2s);
        m_screen->resize(640, 360);
        watch(u"a"_s);
        QVERIFY(!m_feed->demand.isVisible);
        m_screen->show();
        QTRY_VERIFY(m_feed->demand.isVisible);
        QCOMPARE(m_feed->demand.every, 2000ms);
        QCOMPARE(m_feed->demand.width, qRound(640 * m_screen->devicePixelRatioF()));
        m_screen->hide();
        QVERIFY(!m_feed->demand.isVisible);
    }

    void aPictureOfAFormerFeedIsNeverShown()
    {
        showScaled();
        m_feed->sendColor(Qt::red); // is being decoded
        watch(u"b"_s);
        QVERIFY(m_screen->picture().isNull());
        QVERIFY(middle().red() < 240 || middle().blue() > 20);
        m_feed->sendColor(Qt::blue);
        QTRY_VERIFY(!m_screen->picture().isNull());
        QVERIFY(middle().blue() > 240 && middle().red() < 20);
        QCOMPARE(m_feed->acknowledged, QList<quint32>{1});
    }

    void whatIsNotLiveIsVeiledAndSaid_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("lost") << Kind::Lost << u"does not answer"_s;
        QTest::newRow("ended") << Kind::Ended << u"Ended"_s;
        QTest::newRow("crashed") << Kind::Crashed << u"crashed"_s;
        QTest::newRow("stuck") << Kind::Stuck << u"does not answer"_s;
        QTest::newRow("hidden") << Kind::Hidden << u"Another tab"_s;
        QTest::newRow("dialog") << Kind::Dialog << u"dialog"_s;
    }
    void whatIsNotLiveIsVeiledAndSaid()
    {
        QFETCH(Kind, kind);
        QFETCH(QString, word);
        showScaled();
        const QColor live = middle();
        m_feed->sendState(kind, {}, QDateTime::currentDateTimeUtc());
        QVERIFY2(m_screen->words().contains(word), qPrintable(m_screen->words()));
        QVERIFY(m_screen->accessibleDescription().contains(word));
        QVERIFY(middle() != live);
        m_feed->sendState(Kind::Live);
        QVERIFY(m_screen->words().isEmpty());
        QCOMPARE(middle(), live);
    }

    void inputIsSentInTheCoordinatesOfThePage()
    {
        showScaled();
        LiveInput input(*m_screen);
        QTest::mouseClick(m_screen.get(), Qt::LeftButton, {}, {100, 50});
        QVERIFY(m_feed->mice.isEmpty()); // not in control
        input.setActive(true);
        QTest::mouseMove(m_screen.get(), {60, 40});
        QTest::mouseClick(m_screen.get(), Qt::RightButton, Qt::ShiftModifier, {100, 50});
        QTRY_VERIFY(m_feed->mice.size() >= 2);
        const LiveMouse up = m_feed->mice.takeLast();
        const LiveMouse down = m_feed->mice.takeLast();
        QCOMPARE(down.kind, LiveMouse::Kind::Down);
        QCOMPARE(down.position, QPointF(200, 100));
        QCOMPARE(down.button, u"right"_s);
        QCOMPARE(down.buttons, 2);
        QCOMPARE(down.modifiers, 8);
        QCOMPARE(down.pageSize, QSize(1280, 720));
        QCOMPARE(up.kind, LiveMouse::Kind::Up);
    }

    void keysTextAndPasteAreSent()
    {
        showScaled();
        LiveInput input(*m_screen);
        input.setActive(true);
        QTest::keyClick(m_screen.get(), Qt::Key_A, Qt::ShiftModifier);
        QStringList sent;
        for (const LiveKey &key : std::as_const(m_feed->keys))
            sent.append(key.code + (key.isDown ? u" down"_s : u" up"_s));
        QCOMPARE(sent, (QStringList{u"ShiftLeft down"_s, u"KeyA down"_s, u"KeyA up"_s,
                                    u"ShiftLeft up"_s}));
        QCOMPARE(m_feed->keys.at(1).windowsKeyCode, 65);
        m_feed->keys.clear();
        QTest::keyClick(m_screen.get(), Qt::Key_Tab);
        QCOMPARE(m_feed->keys.first().key, u"Tab"_s);
        QTest::keyClick(m_screen.get(), Qt::Key_A, Qt::ControlModifier);
        const auto letter = std::ranges::find(m_feed->keys, u"KeyA"_s, &LiveKey::code);
        QVERIFY(letter != m_feed->keys.end());
        QCOMPARE(letter->key, u"a"_s);
        QVERIFY(letter->text.isEmpty()); // it is a command, no letter
        QGuiApplication::clipboard()->setText(u"日本語"_s);
        QTest::keyClick(m_screen.get(), Qt::Key_V, Qt::ControlModifier);
        QTest::keyClick(m_screen.get(), Qt::Key_C, Qt::ControlModifier);
        QInputMethodEvent composing(u"に"_s, {});
        QCoreApplication::sendEvent(m_screen.get(), &composing);
        QInputMethodEvent committed;
        committed.setCommitString(u"日"_s);
        QCoreApplication::sendEvent(m_screen.get(), &committed);
        QCOMPARE(m_feed->acts,
                 (QStringList{u"text 日本語"_s, u"copy"_s, u"compose に"_s, u"text 日"_s}));
    }

    void escapeGivesControlBackAndWithShiftGoesToThePage()
    {
        showScaled();
        LiveInput input(*m_screen);
        input.setActive(true);
        QSignalSpy givenBack(&input, &LiveInput::controlGivenBack);
        QTest::keyClick(m_screen.get(), Qt::Key_Escape, Qt::ShiftModifier);
        QVERIFY(std::ranges::any_of(
            m_feed->keys, [](const LiveKey &key) { return key.key == "Escape"_L1 && key.isDown; }));
        QCOMPARE(givenBack.size(), 0);
        m_feed->keys.clear();
        QTest::keyClick(m_screen.get(), Qt::Key_Escape);
        QCOMPARE(givenBack.size(), 1);
        QVERIFY(m_feed->keys.isEmpty());
    }

    void dialogsAreAnsweredInControlOnly()
    {
        showScaled();
        LiveQuestions questions(*m_screen);
        questions.follow();
        emit m_feed->dialogOpened(
            {u"1"_s, LiveDialog::Kind::Prompt, u"<b>Who?</b>"_s, u"me"_s, {}});
        QVERIFY(!questions.isHidden());
        const auto buttons = questions.findChildren<QPushButton *>();
        for (const QPushButton *button : buttons)
            QVERIFY(!button->isVisibleTo(&questions));
        questions.setInControl(true);
        questions.show();
        auto *value = questions.findChild<QLineEdit *>();
        QVERIFY(value->isVisibleTo(&questions));
        QCOMPARE(value->text(), u"me"_s);
        value->setText(u"you"_s);
        QTest::keyClick(value, Qt::Key_Return);
        QCOMPARE(m_feed->acts, QStringList{u"accept 1 you"_s});
        emit m_feed->dialogClosed(u"1"_s, u"you"_s);
        QVERIFY(questions.isHidden());
    }

    void escapeDismissesAQuestion()
    {
        showScaled();
        LiveQuestions questions(*m_screen);
        questions.follow();
        questions.setInControl(true);
        emit m_feed->dialogOpened({u"1"_s, LiveDialog::Kind::Confirm, u"Sure?"_s, {}, {}});
        QTest::keyClick(&questions, Qt::Key_Escape);
        QCOMPARE(m_feed->acts, QStringList{u"dismiss 1"_s});
    }

    void listsAndFieldsAreAnswered()
    {
        showScaled();
        LiveQuestions questions(*m_screen);
        questions.follow();
        questions.setInControl(true);
        LiveSelect select;
        select.id = u"7"_s;
        select.options = {{u"one"_s, {}, false}, {u"two & three"_s, u"More"_s, false}};
        emit m_feed->selectOpened(select);
        auto *menu = questions.findChild<QMenu *>(u"liveSelect"_s);
        QVERIFY(menu);
        QCOMPARE(menu->actions().last()->text(), u"two && three"_s);
        menu->actions().last()->trigger();
        select.id = u"9"_s;
        emit m_feed->selectOpened(select);
        questions.findChildren<QMenu *>(u"liveSelect"_s).last()->close();
        QTRY_COMPARE(m_feed->acts, (QStringList{u"select 7 1"_s, u"select 9 -1"_s}));
        m_feed->acts.removeLast();
        LiveField field;
        field.id = u"8"_s;
        field.kind = u"date"_s;
        emit m_feed->fieldOpened(field);
        auto *value = questions.findChild<QLineEdit *>();
        value->setText(u"2026-11-25"_s);
        QTest::keyClick(value, Qt::Key_Return);
        QCOMPARE(m_feed->acts, (QStringList{u"select 7 1"_s, u"field 8 2026-11-25"_s}));
        QVERIFY(questions.isHidden());
    }
};

QTEST_MAIN(TestLiveScreen)
#include "tst_livescreen.moc"
