#include "servicetest.h"
#include "watcher.h"

#include <QDir>
#include <QJsonArray>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 10'000;

} // namespace

// What a viewer in control does, arrives at the page; what one without control tries, does not.
class TestLiveInput : public ServiceTest
{
    Q_OBJECT

private:
    std::unique_ptr<Watcher> m_viewer;
    QString m_id;

    QString viewLink() { return driver().session(m_id).value("liveViewUrl"_L1).toString(); }
    QString controlLink() { return driver().session(m_id).value("liveControlUrl"_L1).toString(); }
    QString title() { return driver().session(m_id).value("title"_L1).toString(); }
    QString lastSeen() { return title().section(u"; "_s, -1); }

    // A session that shows the form, with a viewer in control of it.
    bool begin()
    {
        if (!startService())
            return false;
        m_id = driver().createRunning({{"initialUrl"_L1, site().url(u"/form"_s)}});
        if (!driver().awaitField(m_id, u"title"_s, u"form"_s))
            return false;
        m_viewer = std::make_unique<Watcher>(controlLink());
        m_viewer->look();
        const auto isReady = [this] {
            return m_viewer->pictureCount() > 0
                   && m_viewer->last(u"viewers"_s).value("you"_L1).toBool();
        };
        m_viewer->send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
        return QTest::qWaitFor(isReady, patience);
    }
    bool end()
    {
        m_viewer.reset();
        return endsCleanly();
    }
    void mouse(const QString &kind, int x, int y, const QString &button, int buttons, int mods = 0,
               int count = 1)
    {
        const QSize size = m_viewer->pageSize();
        m_viewer->send({{"t"_L1, u"mouse"_s},
                        {"k"_L1, kind},
                        {"x"_L1, x},
                        {"y"_L1, y},
                        {"button"_L1, button},
                        {"buttons"_L1, buttons},
                        {"n"_L1, count},
                        {"mods"_L1, mods},
                        {"w"_L1, size.width()},
                        {"h"_L1, size.height()}});
    }
    void click(int x, int y, const QString &button = u"left"_s, int buttons = 1, int mods = 0)
    {
        mouse(u"down"_s, x, y, button, buttons, mods);
        mouse(u"up"_s, x, y, button, 0, mods);
    }
    void key(const QString &name, const QString &code, int vk, const QString &text = {},
             int mods = 0)
    {
        QJsonObject message{{"t"_L1, u"key"_s}, {"k"_L1, u"down"_s}, {"key"_L1, name},
                            {"code"_L1, code},  {"vk"_L1, vk},       {"text"_L1, text},
                            {"mods"_L1, mods}};
        m_viewer->send(message);
        message.insert("k"_L1, u"up"_s);
        message.remove("text"_L1);
        m_viewer->send(message);
    }

private slots:
    void clicksArriveWithButtonsAndModifiers()
    {
        QVERIFY(begin());
        click(450, 100);
        QVERIFY(driver().awaitField(m_id, u"title"_s, u"mousedown 0; mouseup 0"_s));
        click(450, 100, u"right"_s, 2);
        QTRY_VERIFY_WITH_TIMEOUT(title().contains("mousedown 2; contextmenu 2"_L1), patience);
        click(450, 100, u"left"_s, 1, 8 | 2);
        QTRY_VERIFY_WITH_TIMEOUT(title().contains("mousedown 0 shift ctrl"_L1), patience);
        QVERIFY(end());
    }

    void dragAndWheelArrive()
    {
        QVERIFY(begin());
        mouse(u"down"_s, 450, 100, u"left"_s, 1);
        mouse(u"move"_s, 500, 150, u"left"_s, 1);
        mouse(u"move"_s, 560, 170, u"left"_s, 1);
        mouse(u"up"_s, 560, 170, u"left"_s, 0);
        QTRY_VERIFY_WITH_TIMEOUT(title().contains("drag 160,150; mouseup 0"_L1), patience);
        QVERIFY(title().contains("mousedown 0"_L1));
        m_viewer->send({{"t"_L1, u"mouse"_s},
                        {"k"_L1, u"wheel"_s},
                        {"x"_L1, 800},
                        {"y"_L1, 400},
                        {"dx"_L1, 0},
                        {"dy"_L1, 120},
                        {"button"_L1, u"none"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"wheel 120"_s, patience);
        QVERIFY(end());
    }

    void touchArrives()
    {
        QVERIFY(begin());
        const QJsonArray point{QJsonObject{{"id"_L1, 1}, {"x"_L1, 450}, {"y"_L1, 100}}};
        m_viewer->send({{"t"_L1, u"touch"_s}, {"k"_L1, u"start"_s}, {"points"_L1, point}});
        m_viewer->send({{"t"_L1, u"touch"_s}, {"k"_L1, u"end"_s}, {"points"_L1, QJsonArray()}});
        QTRY_VERIFY_WITH_TIMEOUT(title().contains("touchstart; touchend"_L1), patience);
        QVERIFY(end());
    }

    void typingPastingAndComposingArrive()
    {
        QVERIFY(begin());
        click(100, 35);
        key(u"a"_s, u"KeyA"_s, 65, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"typed a"_s, patience);
        m_viewer->send({{"t"_L1, u"text"_s}, {"text"_L1, u"日本語 ä 🚢"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"typed a日本語 ä 🚢"_s, patience);
        m_viewer->send(
            {{"t"_L1, u"compose"_s}, {"text"_L1, u"に"_s}, {"start"_L1, 1}, {"end"_L1, 1}});
        QTRY_VERIFY_WITH_TIMEOUT(title().contains("compositionstart"_L1), patience);
        m_viewer->send({{"t"_L1, u"text"_s}, {"text"_L1, u"日"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(title().contains(u"compositionend 日"_s), patience);
        // Ctrl+A, then what is selected, then a letter instead of it.
        key(u"a"_s, u"KeyA"_s, 65, {}, 2);
        m_viewer->send({{"t"_L1, u"copy"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"selection"_s).value("text"_L1).toString(),
                                  u"a日本語 ä 🚢日"_s, patience);
        m_viewer->send({{"t"_L1, u"copy"_s}, {"cut"_L1, true}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"typed"_s, patience);
        QVERIFY(end());
    }

    void aDropDownListIsShownAndChosenFrom()
    {
        QVERIFY(begin());
        click(100, 85);
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->last(u"select"_s).isEmpty(), patience);
        const QJsonObject list = m_viewer->last(u"select"_s);
        QCOMPARE(list.value("options"_L1).toArray().size(), 4);
        QCOMPARE(list.value("options"_L1)[2]["group"_L1].toString(), u"More"_s);
        QVERIFY(list.value("options"_L1)[3]["disabled"_L1].toBool());
        QCOMPARE(list.value("chosen"_L1).toArray(), QJsonArray{0});
        QCOMPARE(list.value("y"_L1).toInt(), 70);
        m_viewer->send(
            {{"t"_L1, u"select"_s}, {"id"_L1, list.value("id"_L1)}, {"chosen"_L1, QJsonArray{2}}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"list three"_s, patience);
        // By keyboard, where the focus is now.
        m_viewer->forget(u"select"_s);
        key(u" "_s, u"Space"_s, 32, u" "_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"select"_s).value("chosen"_L1).toArray(),
                                  QJsonArray{2}, patience);
        QVERIFY(end());
    }

    void aDropDownListOfABusyPageIsShownToo()
    {
        QVERIFY(begin());
        click(100, 585); // keeps the page busy for a second and a half
        click(100, 85);
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->last(u"select"_s).isEmpty(), patience);
        QVERIFY(end());
    }

    void colourAndDateFieldsAreAnswered()
    {
        QVERIFY(begin());
        click(100, 135);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"field"_s).value("kind"_L1).toString(), u"date"_s,
                                  patience);
        m_viewer->send({{"t"_L1, u"field"_s},
                        {"id"_L1, m_viewer->last(u"field"_s).value("id"_L1)},
                        {"value"_L1, u"2026-11-25"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"day 2026-11-25"_s, patience);
        click(100, 185);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"field"_s).value("kind"_L1).toString(),
                                  u"color"_s, patience);
        m_viewer->send({{"t"_L1, u"field"_s},
                        {"id"_L1, m_viewer->last(u"field"_s).value("id"_L1)},
                        {"value"_L1, u"#336699"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), u"paint #336699"_s, patience);
        QVERIFY(end());
    }

    void dialogsAreAnswered_data()
    {
        QTest::addColumn<int>("y");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("question");
        QTest::addColumn<bool>("accept");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("seen");
        QTest::newRow("alert") << 285 << u"alert"_s << u"Careful <b>now</b>"_s << true << QString()
                               << u"alerted"_s;
        QTest::newRow("confirm, yes")
            << 335 << u"confirm"_s << u"Sure?"_s << true << QString() << u"confirm true"_s;
        QTest::newRow("confirm, no")
            << 335 << u"confirm"_s << u"Sure?"_s << false << QString() << u"confirm false"_s;
        QTest::newRow("prompt") << 385 << u"prompt"_s << u"Who?"_s << true << u"日本"_s
                                << u"prompt 日本"_s;
        QTest::newRow("prompt, no")
            << 385 << u"prompt"_s << u"Who?"_s << false << QString() << u"prompt null"_s;
    }
    void dialogsAreAnswered()
    {
        QFETCH(int, y);
        QFETCH(QString, kind);
        QFETCH(QString, question);
        QFETCH(bool, accept);
        QFETCH(QString, text);
        QFETCH(QString, seen);
        QVERIFY(begin());
        Watcher other(viewLink());
        click(100, y);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"dialog"_s).value("kind"_L1).toString(), kind,
                                  patience);
        QCOMPARE(m_viewer->last(u"dialog"_s).value("text"_L1).toString(), question);
        QTRY_COMPARE(m_viewer->state(), u"dialog"_s);
        QTRY_COMPARE_WITH_TIMEOUT(other.last(u"dialog"_s).value("text"_L1).toString(), question,
                                  patience);
        m_viewer->send({{"t"_L1, u"dialog"_s},
                        {"id"_L1, m_viewer->last(u"dialog"_s).value("id"_L1)},
                        {"accept"_L1, accept},
                        {"text"_L1, text}});
        QTRY_COMPARE_WITH_TIMEOUT(lastSeen(), seen, patience);
        QCOMPARE(m_viewer->last(u"dialogClosed"_s).value("by"_L1).toString(), u"you"_s);
        QTRY_COMPARE(other.last(u"dialogClosed"_s).value("by"_L1).toString(), u"viewer"_s);
        QTRY_VERIFY(m_viewer->state() != "dialog"_L1);
        QVERIFY(end());
    }

    void aDialogOpenedBeforeAnybodyWatchedIsAnswered()
    {
        QVERIFY(startService());
        m_id = driver().createRunning({{"initialUrl"_L1, site().url(u"/asking"_s)}});
        QVERIFY(driver().awaitField(m_id, u"title"_s, u"asking"_s));
        // It only asks somebody who has been there.
        driver().post(m_id, u"Input.dispatchMouseEvent"_s,
                      {{"type"_L1, u"mousePressed"_s},
                       {"x"_L1, 10},
                       {"y"_L1, 10},
                       {"button"_L1, u"left"_s},
                       {"clickCount"_L1, 1}});
        driver().post(m_id, u"Input.dispatchMouseEvent"_s,
                      {{"type"_L1, u"mouseReleased"_s},
                       {"x"_L1, 10},
                       {"y"_L1, 10},
                       {"button"_L1, u"left"_s},
                       {"clickCount"_L1, 1}});
        QVERIFY(driver().command(m_id, u"Page.enable"_s).isEmpty());
        QVERIFY(driver().opensDialog(m_id, site().url(u"/page/next"_s)));

        m_viewer = std::make_unique<Watcher>(controlLink());
        m_viewer->look();
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"dialog"_s).value("kind"_L1).toString(),
                                  u"beforeunload"_s, patience);
        m_viewer->send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
        m_viewer->send({{"t"_L1, u"dialog"_s},
                        {"id"_L1, m_viewer->last(u"dialog"_s).value("id"_L1)},
                        {"accept"_L1, true}});
        QVERIFY(driver().awaitField(m_id, u"title"_s, u"next"_s));
        QVERIFY(end());
    }

    void filesAreHandedOver()
    {
        QVERIFY(begin());
        click(60, 235);
        QTRY_VERIFY_WITH_TIMEOUT(!m_viewer->last(u"chooser"_s).isEmpty(), patience);
        QVERIFY(m_viewer->last(u"chooser"_s).value("multiple"_L1).toBool());
        const auto file = [](const QString &name, const QByteArray &data) {
            return QJsonObject{{"name"_L1, name},
                               {"data"_L1, QString::fromLatin1(data.toBase64())}};
        };
        m_viewer->send(
            {{"t"_L1, u"chooser"_s},
             {"id"_L1, m_viewer->last(u"chooser"_s).value("id"_L1)},
             {"files"_L1, QJsonArray{file(u"a.txt"_s, "hello"), file(u"../../b.txt"_s, "there")}}});
        QTRY_VERIFY_WITH_TIMEOUT(title().contains("a.txt hello; b.txt there"_L1), patience);
        QVERIFY(end());
    }

    void aDownloadIsFollowed()
    {
        QVERIFY(begin());
        click(30, 485);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"download"_s).value("state"_L1).toString(),
                                  u"completed"_s, patience);
        QCOMPARE(m_viewer->last(u"download"_s).value("name"_L1).toString(), u"report.bin"_s);
        QCOMPARE(m_viewer->last(u"download"_s).value("received"_L1).toInt(), 200'000);
        // It is where the downloads of this user are.
        QDir downloads(service().root() + "/home/Downloads"_L1);
        QVERIFY(downloads.exists(u"report.bin"_s));
        QVERIFY(downloads.removeRecursively());
        QVERIFY(end());
    }

    void tabsOpenAreActivatedAndClosed()
    {
        QVERIFY(begin());
        const int first = m_viewer->tab();
        click(30, 435);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"page"_s).value("title"_L1).toString(),
                                  u"00aa00"_s, patience);
        const int second = m_viewer->last(u"page"_s).value("tab"_L1).toInt();
        QVERIFY(second != first);
        m_viewer->send({{"t"_L1, u"tab"_s}, {"op"_L1, u"activate"_s}, {"tab"_L1, first}});
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"page"_s).value("tab"_L1).toInt(), first,
                                  patience);
        m_viewer->send({{"t"_L1, u"tab"_s}, {"op"_L1, u"close"_s}, {"tab"_L1, second}});
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->last(u"tabs"_s).value("tabs"_L1).toArray().size(), 1,
                                  patience);
        m_viewer->send({{"t"_L1, u"tab"_s}, {"op"_L1, u"close"_s}, {"tab"_L1, first}});
        QTRY_VERIFY(
            m_viewer->last(u"refused"_s).value("reason"_L1).toString().contains("last tab"_L1));
        QCOMPARE(driver().session(m_id).value("status"_L1).toString(), u"running"_s);
        QVERIFY(end());
    }

    void addressesAreOpenedAndRefused()
    {
        QVERIFY(begin());
        for (const QString &url : {u"file:///etc/passwd"_s, u"chrome://crash"_s,
                                   u"javascript:alert(1)"_s, u"data:text/html,x"_s}) {
            m_viewer->forget(u"refused"_s);
            m_viewer->send({{"t"_L1, u"nav"_s}, {"op"_L1, u"go"_s}, {"url"_L1, url}});
            QTRY_VERIFY2(!m_viewer->last(u"refused"_s).isEmpty(), qPrintable(url));
        }
        QCOMPARE(title(), u"form"_s);
        m_viewer->send(
            {{"t"_L1, u"nav"_s}, {"op"_L1, u"go"_s}, {"url"_L1, site().url(u"/page/two"_s)}});
        QVERIFY(driver().awaitField(m_id, u"title"_s, u"two"_s));
        QTRY_VERIFY(m_viewer->last(u"page"_s).value("back"_L1).toBool());
        m_viewer->send({{"t"_L1, u"nav"_s}, {"op"_L1, u"back"_s}});
        QVERIFY(driver().awaitField(m_id, u"title"_s, u"form"_s));
        QTRY_VERIFY(m_viewer->last(u"page"_s).value("forward"_L1).toBool());
        QVERIFY(end());
    }

    void aPageThatDoesNotAnswerIsSaidToBeStuck()
    {
        QVERIFY(begin());
        click(100, 535);
        QTRY_COMPARE_WITH_TIMEOUT(m_viewer->state(), u"stuck"_s, 4 * patience);
        QVERIFY(end());
    }

    void aPressOnAnOldPictureIsRefused()
    {
        QVERIFY(begin());
        m_viewer->send({{"t"_L1, u"mouse"_s},
                        {"k"_L1, u"down"_s},
                        {"x"_L1, 450},
                        {"y"_L1, 100},
                        {"button"_L1, u"left"_s},
                        {"buttons"_L1, 1},
                        {"n"_L1, 1},
                        {"w"_L1, 99},
                        {"h"_L1, 99}});
        QTRY_VERIFY(m_viewer->last(u"refused"_s).value("reason"_L1).toString().contains("size"_L1));
        QCOMPARE(title(), u"form"_s);
        QVERIFY(end());
    }

    void oneIsInControlAtATime()
    {
        QVERIFY(begin());
        Watcher other(controlLink());
        QTRY_VERIFY(!other.last(u"viewers"_s).isEmpty());
        other.send({{"t"_L1, u"nav"_s}, {"op"_L1, u"reload"_s}});
        QTRY_VERIFY(!other.last(u"refused"_s).isEmpty()); // not without taking control
        other.send({{"t"_L1, u"control"_s}, {"take"_L1, true}});
        QTRY_VERIFY(other.last(u"viewers"_s).value("you"_L1).toBool());
        QTRY_VERIFY(!m_viewer->last(u"viewers"_s).value("you"_L1).toBool());
        QCOMPARE(m_viewer->last(u"viewers"_s).value("inControl"_L1).toInt(), 1);
        QVERIFY(m_viewer->last(u"refused"_s).value("reason"_L1).toString().contains("control"_L1));
        other.send({{"t"_L1, u"control"_s}, {"take"_L1, false}});
        QTRY_COMPARE(m_viewer->last(u"viewers"_s).value("inControl"_L1).toInt(), 0);
        QVERIFY(end());
    }

    void aLinkThatWatchesCannotAct_data()
    {
        QTest::addColumn<QString>("message");
        for (const char *message :
             {R"({"t":"control","take":true})",
              R"({"t":"mouse","k":"down","x":450,"y":100,"button":"left","buttons":1,"n":1})",
              R"({"t":"key","k":"down","key":"a","code":"KeyA","vk":65,"text":"a"})",
              R"({"t":"text","text":"a"})", R"({"t":"compose","text":"a","start":1,"end":1})",
              R"({"t":"copy"})", R"({"t":"nav","op":"go","url":"about:blank"})",
              R"({"t":"tab","op":"new"})", R"({"t":"dialog","id":"1","accept":true})",
              R"({"t":"select","id":"1","chosen":[1]})", R"({"t":"unheard of"})"})
            QTest::newRow(message) << QString::fromLatin1(message);
    }
    void aLinkThatWatchesCannotAct()
    {
        QFETCH(QString, message);
        QVERIFY(begin());
        Watcher watcher(viewLink());
        watcher.look();
        QTRY_VERIFY_WITH_TIMEOUT(watcher.pictureCount() > 0, patience);
        watcher.sendRaw(message);
        QTRY_VERIFY(!watcher.isOpen());
        QCOMPARE(watcher.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
        QCOMPARE(title(), u"form"_s);
        QVERIFY(m_viewer->isOpen());
        QVERIFY(end());
    }

    void nonsenseClosesTheSocket_data()
    {
        QTest::addColumn<QString>("message");
        QTest::newRow("not JSON") << u"{"_s;
        QTest::newRow("no kind") << u"{}"_s;
        QTest::newRow("an array") << u"[1,2]"_s;
        QTest::newRow("too long") << u"{\"t\":\"ack\",\"x\":\""_s + QString(20'000, u'x')
                                         + u"\"}"_s;
    }
    void nonsenseClosesTheSocket()
    {
        QFETCH(QString, message);
        QVERIFY(startService());
        m_id = driver().createRunning();
        Watcher watcher(viewLink());
        QTRY_VERIFY(watcher.isOpen());
        watcher.sendRaw(message);
        QTRY_VERIFY(!watcher.isOpen());
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestLiveInput)
#include "tst_liveinput.moc"
