#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakelivefeed.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/widgetfinder.h"
#include "ui/livepreview.h"
#include "ui/livescreen.h"

#include <QSignalSpy>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLivePreview : public QObject
{
    Q_OBJECT

private:
    FakeClock m_clock;
    std::unique_ptr<FakeLiveFeeds> m_feeds;
    std::unique_ptr<QWidget> m_holder;
    LivePreview *m_preview = nullptr;

    static SessionRow row(const QString &id)
    {
        SessionRow made;
        made.key = {u"local"_s, id};
        made.session = sampleSession(id);
        return made;
    }

private slots:
    void init()
    {
        m_feeds = std::make_unique<FakeLiveFeeds>();
        m_holder = std::make_unique<QWidget>();
        m_preview = new LivePreview(m_clock, m_holder.get());
        m_preview->setFactory(m_feeds->factory());
        m_holder->show();
    }
    void cleanup() { m_holder.reset(); }

    void stillsThenMovingThenStills()
    {
        m_preview->setRow(row(u"a"_s));
        FakeLiveFeed *feed = m_feeds->of(u"a"_s);
        QVERIFY(feed->isOpen);
        QVERIFY(!feed->mayControl());
        QCOMPARE(feed->demand.every, 2000ms);
        QTest::mouseClick(&m_preview->screen(), Qt::LeftButton);
        QCOMPARE(feed->demand.every, 0ms);
        QTest::keyClick(&m_preview->screen(), Qt::Key_Space);
        QCOMPARE(feed->demand.every, 2000ms);
    }

    void anotherSessionShowsNothingOfTheFirst()
    {
        m_preview->setRow(row(u"a"_s));
        m_feeds->of(u"a"_s)->sendColor(Qt::red);
        QTRY_VERIFY(!m_preview->screen().picture().isNull());
        m_feeds->of(u"a"_s)->sendColor(Qt::red); // is being decoded
        m_preview->setRow(row(u"b"_s));
        QVERIFY(m_preview->screen().picture().isNull());
        QVERIFY(!m_feeds->of(u"a"_s));
        m_feeds->of(u"b"_s)->sendColor(Qt::blue);
        QTRY_VERIFY(!m_preview->screen().picture().isNull());
        QVERIFY(m_preview->screen().picture().pixelColor(20, 20).blue() > 240);
    }

    void theSameSessionGoesOn()
    {
        m_preview->setRow(row(u"a"_s));
        SessionRow changed = row(u"a"_s);
        changed.session.title = u"another page"_s;
        m_preview->setRow(changed);
        QCOMPARE(m_feeds->madeCount(), 1);
    }

    void takesNoRoomWithoutALiveView()
    {
        SessionRow without = row(u"a"_s);
        without.session.liveViewUrl.clear();
        m_preview->setRow(without);
        QVERIFY(!m_preview->isVisible());
        QCOMPARE(m_feeds->madeCount(), 0);
    }

    void asksForNothingWhileItIsNotSeen()
    {
        m_preview->setRow(row(u"a"_s));
        QTRY_VERIFY(m_feeds->of(u"a"_s)->demand.isVisible);
        m_holder->hide();
        QVERIFY(!m_feeds->of(u"a"_s)->demand.isVisible);
    }

    void whereItIsNotFreeItAsksFirst()
    {
        m_preview->setRow(row(u"a"_s), u"It costs credits."_s);
        QVERIFY(m_preview->isVisible());
        QVERIFY(!m_preview->screen().isVisible());
        QCOMPARE(m_feeds->madeCount(), 0);
        auto *show = buttonNamed(*m_preview, u"Show preview"_s);
        QVERIFY(show);
        QVERIFY(visibleTexts(*m_preview).contains(u"It costs credits."_s));
        QSignalSpy wanted(m_preview, &LivePreview::showRequested);
        QTest::mouseClick(show, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(m_feeds->madeCount(), 0); // whoever heard it decides
        m_preview->setRow(row(u"a"_s));
        QVERIFY(m_preview->screen().isVisible());
        QVERIFY(!show->isVisible());
        QVERIFY(m_feeds->of(u"a"_s)->isOpen);
    }

    void itDoesNotAskForOneThatHasEnded()
    {
        m_preview->setRow(row(u"a"_s), u"It costs credits."_s);
        SessionRow ended = row(u"a"_s);
        ended.session.status = SessionStatus::Kind::Stopped;
        m_preview->setRow(ended, u"It costs credits."_s);
        QVERIFY(!m_preview->isVisible());
    }

    void aDoubleClickWantsAWindow()
    {
        m_preview->setRow(row(u"a"_s));
        QSignalSpy wanted(m_preview, &LivePreview::watchRequested);
        QTest::mouseDClick(&m_preview->screen(), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().value<SessionKey>(), (SessionKey{u"local"_s, u"a"_s}));
    }
};

QTEST_MAIN(TestLivePreview)
#include "tst_livepreview.moc"
