#include "network/http/httpparser.h"

#include <QTest>

using namespace Anchorwatch;

namespace {

// What a connection does: offers what has come and not been taken yet, up to the parser's window.
class Feeder
{
public:
    explicit Feeder(const HttpLimits &limits)
        : parser(limits)
    {
    }

    // Lets the bytes come in pieces of that size.
    void feed(const QByteArray &bytes, qsizetype piece)
    {
        for (qsizetype i = 0; i < bytes.size() && !isOver(); i += piece) {
            m_waiting += bytes.mid(i, piece);
            while (!isOver() && !m_waiting.isEmpty()) {
                const qsizetype taken = parser.feed(
                    QByteArrayView(m_waiting).first(qMin(m_waiting.size(), parser.window())));
                m_waiting.remove(0, taken);
                if (taken == 0)
                    break;
            }
        }
    }

    [[nodiscard]] bool isOver() const
    {
        return parser.stage() == HttpParser::Stage::Complete
               || parser.stage() == HttpParser::Stage::Failed;
    }

    HttpParser parser;

private:
    QByteArray m_waiting;
};

HttpLimits smallLimits()
{
    HttpLimits limits;
    limits.headBytes = 1024;
    limits.headerCount = 10;
    limits.bodyBytes = 4096;
    limits.chunkOverheadBytes = 512;
    return limits;
}

QByteArray post(const QByteArray &headers, const QByteArray &rest)
{
    return "POST /a HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + rest;
}

} // namespace

class TestHttpParser : public QObject
{
    Q_OBJECT

private slots:
    void readsBody_data();
    void readsBody();
    void refuses_data();
    void refuses();
    void headIsReadAsItCame();
    void endOfHeadComesBeforeBody();
    void persistenceIsRead_data();
    void persistenceIsRead();
    void trailerIsNoHeader();
};

void TestHttpParser::readsBody_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    QTest::newRow("none") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n\r\n") << QByteArray();
    QTest::newRow("length 0") << post("Content-Length: 0\r\n", "") << QByteArray();
    QTest::newRow("length") << post("Content-Length: 5\r\n", "hello") << QByteArray("hello");
    QTest::newRow("length, larger than the window")
        << post("Content-Length: 4096\r\n", QByteArray(4096, 'x')) << QByteArray(4096, 'x');
    QTest::newRow("length, next request behind it")
        << post("Content-Length: 5\r\n", "helloGET / HTTP/1.1\r\n\r\n") << QByteArray("hello");
    QTest::newRow("chunked, empty") << post(chunked, "0\r\n\r\n") << QByteArray();
    QTest::newRow("chunked") << post(chunked, "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
                             << QByteArray("hello");
    QTest::newRow("chunked, in capitals")
        << post("transfer-encoding: Chunked\r\n", "A\r\n0123456789\r\n0\r\n\r\n")
        << QByteArray("0123456789");
    QTest::newRow("chunked, extensions")
        << post(chunked, "3;a=b;c\r\nhel\r\n0;z\r\n\r\n") << QByteArray("hel");
    QTest::newRow("chunked, trailer")
        << post(chunked, "3\r\nhel\r\n0\r\nX-T: 1\r\n\r\n") << QByteArray("hel");
    QTest::newRow("chunked, larger than the window")
        << post(chunked, "1000\r\n" + QByteArray(4096, 'x') + "\r\n0\r\n\r\n")
        << QByteArray(4096, 'x');
}

void TestHttpParser::readsBody()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, body);
    const HttpLimits limits = smallLimits();
    for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(7)}) {
        Feeder feeder(limits);
        feeder.feed(bytes, piece);
        QCOMPARE(feeder.parser.stage(), HttpParser::Stage::Complete);
        QCOMPARE(feeder.parser.takeBody(), body);
    }
}

void TestHttpParser::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    const QByteArray length = "Content-Length: 5\r\n";
    const QByteArray line(2000, 'x');

    // Shapes that two servers may read in two ways.
    QTest::newRow("length and chunked") << post(length + chunked, "0\r\n\r\n") << 400;
    QTest::newRow("chunked and length") << post(chunked + length, "0\r\n\r\n") << 400;
    QTest::newRow("length and unknown coding")
        << post(length + "Transfer-Encoding: x\r\n", "hello") << 400;
    QTest::newRow("unknown coding and length")
        << post("Transfer-Encoding: x\r\n" + length, "hello") << 400;
    QTest::newRow("two lengths that differ")
        << post(length + "Content-Length: 6\r\n", "hello!") << 400;
    QTest::newRow("two lengths that agree") << post(length + length, "hello") << 400;
    QTest::newRow("list of lengths") << post("Content-Length: 5, 5\r\n", "hello") << 400;
    QTest::newRow("negative length") << post("Content-Length: -5\r\n", "hello") << 400;
    QTest::newRow("length with a sign") << post("Content-Length: +5\r\n", "hello") << 400;
    QTest::newRow("hexadecimal length") << post("Content-Length: 0x5\r\n", "hello") << 400;
    QTest::newRow("empty length") << post("Content-Length: \r\n", "") << 400;
    QTest::newRow("length past 64 bits")
        << post("Content-Length: 18446744073709551621\r\n", "hello") << 400;
    QTest::newRow("coding before chunked")
        << post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n") << 400;
    QTest::newRow("chunked before coding")
        << post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n") << 400;
    QTest::newRow("two codings") << post("Transfer-Encoding: identity\r\n" + chunked, "0\r\n\r\n")
                                 << 400;
    QTest::newRow("chunked twice") << post(chunked + chunked, "0\r\n\r\n") << 400;
    QTest::newRow("chunked in HTTP/1.0")
        << QByteArray("POST / HTTP/1.0\r\n" + chunked + "\r\n0\r\n\r\n") << 400;
    QTest::newRow("space before colon") << post("Content-Length : 5\r\n", "hello") << 400;
    QTest::newRow("folded header") << post("X-A: b\r\n c\r\n", "") << 400;
    QTest::newRow("folded header, tab") << post("X-A: b\r\n\tc\r\n", "") << 400;
    QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\nHost: h\n\n") << 400;
    QTest::newRow("bare LF in a header") << post("X-A: b\nX-B: c\r\n", "") << 400;
    QTest::newRow("bare CR in a header") << post("X-A: b\rX-B: c\r\n", "") << 400;
    QTest::newRow("NUL in a header") << post(QByteArray("X-A: b\0c\r\n", 10), "") << 400;
    QTest::newRow("header without name") << post(": b\r\n", "") << 400;
    QTest::newRow("header without colon") << post("X-A\r\n", "") << 400;
    QTest::newRow("leading space in first header")
        << QByteArray("GET / HTTP/1.1\r\n Host: h\r\n\r\n") << 400;

    QTest::newRow("not HTTP") << QByteArray("\x16\x03\x01\x02 hello\r\n\r\n") << 400;
    QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
    QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n\r\n") << 400;
    QTest::newRow("space in the target") << QByteArray("GET /a b HTTP/1.1\r\n\r\n") << 400;

    QTest::newRow("chunk size is no number") << post(chunked, "x\r\nhel\r\n") << 400;
    QTest::newRow("chunk size past 64 bits")
        << post(chunked, "10000000000000005\r\nhello\r\n0\r\n\r\n") << 400;
    QTest::newRow("chunk longer than it says") << post(chunked, "2\r\nhello\r\n0\r\n\r\n") << 400;
    QTest::newRow("chunk size line ends in LF") << post(chunked, "3\nhel\r\n0\r\n\r\n") << 400;
    QTest::newRow("chunk header without end") << post(chunked, "3;" + line) << 400;
    QTest::newRow("trailers without end") << post(chunked, "0\r\nX-T: " + line) << 400;
    QTest::newRow("too many trailers")
        << post(chunked, "0\r\n" + QByteArray("X-T: 1\r\n").repeated(20) + "\r\n") << 431;

    QTest::newRow("request line without end") << QByteArray("GET /" + line) << 414;
    QTest::newRow("header without end") << post("X-A: " + line, "") << 431;
    QTest::newRow("headers too large") << post("X-A: " + line + "\r\n", "") << 431;
    QTest::newRow("headers too many") << post(QByteArray("A: b\r\n").repeated(10), "") << 431;
    QTest::newRow("headers too large, each small")
        << post(("X-A: " + QByteArray(200, 'x') + "\r\n").repeated(6), "") << 431;
    QTest::newRow("chunk too large") << post(chunked, "1001\r\n") << 413;
    QTest::newRow("chunks too large together")
        << post(chunked, "1000\r\n" + QByteArray(4096, 'x') + "\r\n1\r\nx\r\n") << 413;
    QTest::newRow("too much chunking")
        << post(chunked, QByteArray("1\r\nx\r\n").repeated(200)) << 413;
}

// Fault matrix: D4
void TestHttpParser::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    const HttpLimits limits = smallLimits();
    for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(7), qsizetype(500)}) {
        Feeder feeder(limits);
        feeder.feed(bytes, piece);
        QCOMPARE(feeder.parser.stage(), HttpParser::Stage::Failed);
        QCOMPARE(feeder.parser.refusal().status, status);
        QVERIFY(feeder.parser.refusal().body.startsWith("{\"error\":\""));
    }
}

void TestHttpParser::headIsReadAsItCame()
{
    const HttpLimits limits;
    Feeder feeder(limits);
    feeder.feed("DELETE /a%2Fb/../c?q=%00 HTTP/1.1\r\nHost:  h \r\nx-Y: z\r\n\r\n", 1000);
    const HttpHead &head = feeder.parser.head();
    QCOMPARE(head.method, "DELETE");
    QCOMPARE(head.target, "/a%2Fb/../c?q=%00");
    QCOMPARE(head.path(), "/a%2Fb/../c");
    QCOMPARE(head.headers, (HttpHeaders{{"Host", "h"}, {"x-Y", "z"}}));
    QCOMPARE(head.framing, HttpHead::Framing::None);
}

void TestHttpParser::endOfHeadComesBeforeBody()
{
    const HttpLimits limits;
    HttpParser parser(limits);
    const QByteArray head = "PUT /a HTTP/1.1\r\nContent-Length: 5\r\n\r\n";
    QCOMPARE(parser.feed(head + "hello"), head.size());
    QCOMPARE(parser.stage(), HttpParser::Stage::Body);
    QCOMPARE(parser.head().framing, HttpHead::Framing::Length);
    QCOMPARE(parser.head().contentLength, quint64(5));
}

void TestHttpParser::persistenceIsRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<HttpPersistence>("persistence");
    QTest::newRow("HTTP/1.1") << QByteArray("GET / HTTP/1.1\r\n\r\n") << HttpPersistence::KeepAlive;
    QTest::newRow("HTTP/1.1, close")
        << QByteArray("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n") << HttpPersistence::Close;
    QTest::newRow("HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << HttpPersistence::Close;
    QTest::newRow("HTTP/1.0, keep-alive")
        << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        << HttpPersistence::KeepAliveDeclared;
}

void TestHttpParser::persistenceIsRead()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const HttpPersistence, persistence);
    const HttpLimits limits;
    Feeder feeder(limits);
    feeder.feed(bytes, bytes.size());
    QCOMPARE(feeder.parser.stage(), HttpParser::Stage::Complete);
    QCOMPARE(feeder.parser.head().persistence, persistence);
}

void TestHttpParser::trailerIsNoHeader()
{
    const HttpLimits limits;
    Feeder feeder(limits);
    feeder.feed(post("Transfer-Encoding: chunked\r\n", "0\r\nOrigin: http://evil\r\n\r\n"), 1000);
    QCOMPARE(feeder.parser.stage(), HttpParser::Stage::Complete);
    QVERIFY(headerValues(feeder.parser.head().headers, "Origin").isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_httpparser.moc"
