#include "models/knownsecrets.h"
#include "network/httpfault.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString host = u"sessions.example"_s;

QByteArray httpDate(const QDateTime &utc)
{
    return QLocale::c().toString(utc, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

} // namespace

class TestHttpFault : public QObject
{
    Q_OBJECT

private slots:
    void statusHasItsKind_data();
    void statusHasItsKind();
    void transferErrorHasItsKind_data();
    void transferErrorHasItsKind();
    void retryAfterSeconds_data();
    void retryAfterSeconds();
    void retryAfterDate();
    void retryAfterDateFarAway();
    void retryAfterDateInEveryZone();
    void retryAfterNonsense_data();
    void retryAfterNonsense();
    void firstWordsAreShort();
    void firstWordsAreVisible();
    void firstWordsHoldNoSecret_data();
    void firstWordsHoldNoSecret();
    void badAnswersHoldNoSecret();
};

void TestHttpFault::statusHasItsKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::newRow("bad request") << 400 << Fault::Kind::BadRequest;
    QTest::newRow("no key") << 401 << Fault::Kind::Refused;
    QTest::newRow("forbidden") << 403 << Fault::Kind::Refused;
    QTest::newRow("not found") << 404 << Fault::Kind::NotFound;
    QTest::newRow("wrong method") << 405 << Fault::Kind::BadRequest;
    QTest::newRow("conflict") << 409 << Fault::Kind::BadRequest;
    QTest::newRow("gone") << 410 << Fault::Kind::NotFound;
    QTest::newRow("too many") << 429 << Fault::Kind::TooMany;
    QTest::newRow("server error") << 500 << Fault::Kind::ServiceError;
    QTest::newRow("bad gateway") << 502 << Fault::Kind::ServiceError;
    QTest::newRow("unavailable") << 503 << Fault::Kind::ServiceError;
    QTest::newRow("gateway timeout") << 504 << Fault::Kind::ServiceError;
    QTest::newRow("not a code of HTTP") << 777 << Fault::Kind::ServiceError;
}

void TestHttpFault::statusHasItsKind()
{
    QFETCH(int, status);
    QFETCH(Fault::Kind, kind);
    const Fault fault = faultOfStatus(status, host);
    QCOMPARE(fault.kind, kind);
    QVERIFY2(fault.what.contains(host), qPrintable(fault.what));
    QVERIFY2(fault.what.endsWith(u'.'), qPrintable(fault.what));
}

void TestHttpFault::transferErrorHasItsKind_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("refused") << QNetworkReply::ConnectionRefusedError << Fault::Kind::Unreachable
                             << u"refused"_s;
    QTest::newRow("no such name") << QNetworkReply::HostNotFoundError << Fault::Kind::Unreachable
                                  << u"name"_s;
    QTest::newRow("no network") << QNetworkReply::UnknownNetworkError << Fault::Kind::Unreachable
                                << u"broke"_s;
    QTest::newRow("late") << QNetworkReply::TimeoutError << Fault::Kind::TimedOut << u"in time"_s;
    QTest::newRow("cut") << QNetworkReply::RemoteHostClosedError << Fault::Kind::Unreachable
                         << u"broke"_s;
    QTest::newRow("handshake") << QNetworkReply::SslHandshakeFailedError << Fault::Kind::Unreachable
                               << u"encrypted"_s;
    QTest::newRow("proxy login") << QNetworkReply::ProxyAuthenticationRequiredError
                                 << Fault::Kind::Unreachable << u"proxy"_s;
    QTest::newRow("redirect loop")
        << QNetworkReply::TooManyRedirectsError << Fault::Kind::BadAnswer << u"elsewhere"_s;
    QTest::newRow("redirect to another place")
        << QNetworkReply::InsecureRedirectError << Fault::Kind::BadAnswer << u"elsewhere"_s;
    QTest::newRow("decompression bomb")
        << QNetworkReply::UnknownContentError << Fault::Kind::BadAnswer << u"unpacked"_s;
    QTest::newRow("not HTTP") << QNetworkReply::ProtocolFailure << Fault::Kind::BadAnswer
                              << u"HTTP"_s;
}

// Fault matrix: W1, W2
void TestHttpFault::transferErrorHasItsKind()
{
    QFETCH(QNetworkReply::NetworkError, error);
    QFETCH(Fault::Kind, kind);
    QFETCH(QString, words);
    const Fault fault = faultOfTransfer(error, host);
    QCOMPARE(fault.kind, kind);
    QVERIFY2(fault.what.contains(words), qPrintable(fault.what));
    QVERIFY2(fault.what.contains(host), qPrintable(fault.what));
}

void TestHttpFault::retryAfterSeconds_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("seconds") << QByteArray("120") << qint64(120);
    QTest::newRow("none") << QByteArray("0") << qint64(0);
    QTest::newRow("with spaces") << QByteArray(" 5 ") << qint64(5);
    QTest::newRow("a day at most") << QByteArray("99999999") << qint64(86'400);
}

// Fault matrix: W6, W7
void TestHttpFault::retryAfterSeconds()
{
    QFETCH(QByteArray, header);
    QFETCH(qint64, seconds);
    QCOMPARE(retryAfter(header), std::chrono::milliseconds(seconds * 1000));
}

// Fault matrix: W6, W7
void TestHttpFault::retryAfterDate()
{
    const auto span = retryAfter(httpDate(QDateTime::currentDateTimeUtc().addSecs(3600)));
    QVERIFY(span.has_value());
    QVERIFY2(*span > 3500s && *span <= 3600s, qPrintable(QString::number(span->count())));
}

void TestHttpFault::retryAfterDateFarAway()
{
    QCOMPARE(retryAfter("Fri, 31 Dec 2100 23:59:59 GMT"), 24h);
}

// Fault matrix: W6, W7
void TestHttpFault::retryAfterDateInEveryZone()
{
    // At 02:30 of that day the clocks of New York are put forward: there is no such local time.
    qputenv("TZ", "America/New_York");
    tzset();
    const auto span = retryAfter("Sun, 14 Mar 2100 02:30:00 GMT");
    qputenv("TZ", "UTC");
    tzset();
    QCOMPARE(span, 24h);
}

void TestHttpFault::retryAfterNonsense_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("negative") << QByteArray("-5");
    QTest::newRow("fraction") << QByteArray("1.5");
    QTest::newRow("overflowing") << QByteArray("99999999999999999999999");
    QTest::newRow("word") << QByteArray("soon");
    QTest::newRow("past date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT");
    QTest::newRow("date of another zone") << QByteArray("Fri, 31 Dec 2100 23:59:59 CET");
    QTest::newRow("no date") << QByteArray("Fri, 99 Dec 2100 23:59:59 GMT");
    QTest::newRow("zone alone") << QByteArray(" GMT");
}

void TestHttpFault::retryAfterNonsense()
{
    QFETCH(QByteArray, header);
    QCOMPARE(retryAfter(header), std::nullopt);
}

void TestHttpFault::firstWordsAreShort()
{
    QCOMPARE(firstWords("  <html>\r\n\t<b>Hello</b>\n"), u"<html> <b>Hello</b>"_s);
    const QString words = firstWords(QByteArray(100'000, 'x'));
    QCOMPARE(words.size(), 81);
    QVERIFY(words.endsWith(u'…'));
    QCOMPARE(firstWords({}), QString());
}

// Fault matrix: W10, W14
void TestHttpFault::firstWordsAreVisible()
{
    const QString words = firstWords("\x1b[31mred\x07 \xe2\x80\xaereversed \xff\xfe");
    for (const QChar c : words) {
        QVERIFY2(c.unicode() >= 0x20 && c.unicode() != 0x202E, qPrintable(words));
    }
    QVERIFY(words.contains(u"red"));
}

void TestHttpFault::firstWordsHoldNoSecret_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("query") << QByteArray(R"({"cdpUrl":"wss://c.example/?apiKey=canary"})");
    QTest::newRow("escaped slashes")
        << QByteArray(R"({"cdpUrl":"wss:\/\/c.example\/?apiKey=canary"})");
    QTest::newRow("capability cut in its middle")
        << QByteArray(50, ' ') + QByteArray(60, '-')
               + " http://a.b/canary0123456789canary0123456789";
    QTest::newRow("user info") << QByteArray("see https://me:canary@c.example/ please");
}

// Fault matrix: W28
void TestHttpFault::firstWordsHoldNoSecret()
{
    QFETCH(QByteArray, body);
    const QString words = firstWords(body);
    QVERIFY2(!words.contains(u"canary"), qPrintable(words));
    QVERIFY(!words.isEmpty());
}

// Fault matrix: W28
void TestHttpFault::badAnswersHoldNoSecret()
{
    hideSecret(u"answer-canary"_s);
    const Fault fault = badAnswer(u"answer-canary is not JSON."_s, "the key answer-canary");
    QCOMPARE(fault.what, u"•••• is not JSON."_s);
    QCOMPARE(fault.detail, u"the key ••••"_s);
}

QTEST_GUILESS_MAIN(TestHttpFault)
#include "tst_httpfault.moc"
