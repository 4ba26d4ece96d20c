#include "network/devtools/devtoolscodec.h"
#include "tests/fakes/captures.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QUrl base(u"http://127.0.0.1:9333"_s);

} // namespace

class TestDevToolsCodec : public QObject
{
    Q_OBJECT

private slots:
    void aRealVersionIsRead();
    void noVersion_data();
    void noVersion();
    void pagesAloneAreListed();
    void aNewPageIsRead();
    void aStrangeAnswerIsNoList_data();
    void aStrangeAnswerIsNoList();
    void oneBadPageCostsNoOther();
    void hugeFieldsAreDropped();
    void noNewPage_data();
    void noNewPage();
};

void TestDevToolsCodec::aRealVersionIsRead()
{
    const DecodedDevToolsVersion version =
        decodeDevToolsVersion(capture(u"chrome/json_version.json"_s));
    QCOMPARE(version.problem, QString());
    QCOMPARE(version.browser, u"Chrome/156.0.8078.79"_s);
    QCOMPARE(version.protocol, u"1.3"_s);
    QCOMPARE(version.path, u"/devtools/browser/1d9d622c-6e33-467d-a4a8-beaddcad7d6a"_s);
}

void TestDevToolsCodec::noVersion_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("list") << capture(u"chrome/json_list.json"_s);
    QTest::newRow("no browser") << QByteArray(R"({"webSocketDebuggerUrl":"ws://h/x"})");
    QTest::newRow("no address") << QByteArray(R"({"Browser":"Chrome/1"})");
    QTest::newRow("wrong types") << QByteArray(
        R"({"Browser":1,"webSocketDebuggerUrl":["ws://h/x"]})");
}

void TestDevToolsCodec::noVersion()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeDevToolsVersion(body).problem.isEmpty());
}

void TestDevToolsCodec::pagesAloneAreListed()
{
    const DecodedSessionList list = decodeDevToolsList(capture(u"chrome/json_list.json"_s), base);
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.sessions.size(), 1);
    const Session page = list.sessions.constFirst();
    QCOMPARE(page.id, u"253D3B5EA7C942A1C2814CC19DF9B517"_s);
    QCOMPARE(page.malformed, QString());
    QCOMPARE(page.status.kind(), SessionStatus::Kind::Running);
    QCOMPARE(page.title, u"Hello"_s);
    QCOMPARE(page.currentUrl, u"data:text/html,<title>Hello</title>x"_s);
    QCOMPARE(page.cdpUrl, u"ws://127.0.0.1:9333/devtools/page/253D3B5EA7C942A1C2814CC19DF9B517"_s);
    QCOMPARE(page.liveViewUrl, QString());
    QVERIFY(!page.createdAt.isValid()); // not known, and not "now"
}

void TestDevToolsCodec::aNewPageIsRead()
{
    const DecodedSession decoded = decodeDevToolsTarget(capture(u"chrome/json_new.json"_s), base);
    QCOMPARE(decoded.problem, QString());
    QCOMPARE(decoded.session.id, u"7B64BA94AFCDC37FC0AD3EC88AEE655D"_s);
    QCOMPARE(decoded.session.currentUrl, u"about:blank"_s);
}

void TestDevToolsCodec::aStrangeAnswerIsNoList_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("Unknown command: lst");
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("object") << QByteArray(R"({"type":"page","id":"A"})");
    QTest::newRow("cut") << capture(u"chrome/json_list.json"_s).first(300);
    QTest::newRow("depth") << QByteArray(128 * 1024, '[');
}

// Fault matrix: W10, W13
void TestDevToolsCodec::aStrangeAnswerIsNoList()
{
    QFETCH(QByteArray, body);
    const DecodedSessionList list = decodeDevToolsList(body, base);
    QVERIFY(!list.problem.isEmpty());
    QVERIFY(list.sessions.isEmpty());
}

// Fault matrix: W11
void TestDevToolsCodec::oneBadPageCostsNoOther()
{
    const DecodedSessionList list = decodeDevToolsList(
        R"([{"type":"page","id":"A","title":7},{"type":"page","id":"B"},{"type":"page"},
            {"type":7,"id":"C"},"page",null,{"type":"page","id":"B"}])",
        base);
    QCOMPARE(list.problem, QString());
    QCOMPARE(list.sessions.size(), 2);
    QCOMPARE(list.withoutId, 1);
    QVERIFY(!list.sessions.at(0).malformed.isEmpty());
    QCOMPARE(list.sessions.at(1).malformed, u"Its id was listed more than once."_s);
}

// Fault matrix: W13
void TestDevToolsCodec::hugeFieldsAreDropped()
{
    const DecodedSessionList list = decodeDevToolsList(
        R"([{"type":"page","id":"A","title":")" + QByteArray(128 * 1024, 'x') + "\"}]", base);
    QCOMPARE(list.sessions.constFirst().title, QString());
    QVERIFY(!list.sessions.constFirst().malformed.isEmpty());
}

void TestDevToolsCodec::noNewPage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("Could not create new page");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no id") << QByteArray(R"({"type":"page"})");
}

void TestDevToolsCodec::noNewPage()
{
    QFETCH(QByteArray, body);
    QVERIFY(!decodeDevToolsTarget(body, base).problem.isEmpty());
}

QTEST_GUILESS_MAIN(TestDevToolsCodec)
#include "tst_devtoolscodec.moc"
