#include "network/http/httpmessage.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestHttpMessage : public QObject
{
    Q_OBJECT

private slots:
    void headersAreFoundInAnyCase();
    void errorIsJsonInWords();
    void answerHasItsHeaders();
    void persistenceIsSaid_data();
    void persistenceIsSaid();
    void describedContentIsLeftOut();
    void noContentHasNoLength();
    void valueWithLineBreakIsLeftOut();
};

void TestHttpMessage::headersAreFoundInAnyCase()
{
    HttpRequest request;
    request.headers = {{"x-one", "1"}, {"X-Two", "2"}, {"X-ONE", "3"}};
    QCOMPARE(request.header("X-One"), "1");
    QCOMPARE(request.header("X-Three"), QByteArray());
    QCOMPARE(headerValues(request.headers, "x-one"), (QByteArrayList{"1", "3"}));
}

void TestHttpMessage::errorIsJsonInWords()
{
    const HttpResponse response = errorResponse(404, u"No \"such\" thing"_s);
    QCOMPARE(response.status, 404);
    QCOMPARE(response.contentType, "application/json");
    QCOMPARE(response.body, R"({"error":"No \"such\" thing"})");
}

void TestHttpMessage::answerHasItsHeaders()
{
    const HttpResponse response{.status = 429,
                                .contentType = "text/plain",
                                .body = "hello",
                                .headers = {{"Retry-After", "5"}}};
    const QByteArray bytes = serialized(response, HttpPersistence::KeepAlive, HttpContent::Sent);
    QVERIFY(bytes.startsWith("HTTP/1.1 429 Too Many Requests\r\nDate: "));
    for (const char *line :
         {"\r\nContent-Type: text/plain\r\n", "\r\nContent-Length: 5\r\n",
          "\r\nServer: anchorwatchd/" ANCHORWATCH_VERSION "\r\n", "\r\nCache-Control: no-store\r\n",
          "\r\nX-Content-Type-Options: nosniff\r\n", "\r\nRetry-After: 5\r\n"}) {
        QVERIFY2(bytes.contains(line), line);
    }
    QVERIFY(!bytes.contains("Access-Control"));
    QVERIFY(bytes.endsWith("\r\n\r\nhello"));
}

void TestHttpMessage::persistenceIsSaid_data()
{
    QTest::addColumn<HttpPersistence>("persistence");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("HTTP/1.1 keeps alive without a word")
        << HttpPersistence::KeepAlive << QByteArray();
    QTest::newRow("HTTP/1.0 hears it")
        << HttpPersistence::KeepAliveDeclared << QByteArray("\r\nConnection: keep-alive\r\n");
    QTest::newRow("close") << HttpPersistence::Close << QByteArray("\r\nConnection: close\r\n");
}

void TestHttpMessage::persistenceIsSaid()
{
    QFETCH(const HttpPersistence, persistence);
    QFETCH(const QByteArray, line);
    const QByteArray bytes = serialized({}, persistence, HttpContent::Sent);
    QCOMPARE(bytes.contains("Connection:"), !line.isEmpty());
    QVERIFY(bytes.contains(line));
}

void TestHttpMessage::describedContentIsLeftOut()
{
    const QByteArray bytes =
        serialized({.body = "hello"}, HttpPersistence::Close, HttpContent::Described);
    QVERIFY(bytes.contains("Content-Length: 5\r\n"));
    QVERIFY(bytes.endsWith("\r\n\r\n"));
}

void TestHttpMessage::noContentHasNoLength()
{
    const QByteArray bytes =
        serialized({.status = 204}, HttpPersistence::KeepAlive, HttpContent::Sent);
    QVERIFY(bytes.startsWith("HTTP/1.1 204 No Content\r\n"));
    QVERIFY(!bytes.contains("Content-Length"));
}

void TestHttpMessage::valueWithLineBreakIsLeftOut()
{
    const HttpResponse response{.headers = {{"X-Bad", "a\r\nSet-Cookie: b"}, {"X-Good", "c"}}};
    const QByteArray bytes = serialized(response, HttpPersistence::KeepAlive, HttpContent::Sent);
    QVERIFY(!bytes.contains("Set-Cookie"));
    QVERIFY(bytes.contains("X-Good: c\r\n"));
}

QTEST_GUILESS_MAIN(TestHttpMessage)
#include "tst_httpmessage.moc"
