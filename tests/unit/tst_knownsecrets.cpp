#include "models/knownsecrets.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

#include <array>
#include <thread>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const auto canary = u"sk-canary/+0123=&\"ü"_s;

QString base64(const QString &text, QByteArray::Base64Options options = {})
{
    return QString::fromLatin1(text.toUtf8().toBase64(options));
}

QString percentEncoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

// As some encoders do, with letters of the other case in the digits.
QString lowerPercentEncoded(const QString &text)
{
    return percentEncoded(text).replace(u"%2F"_s, u"%2f"_s).replace(u"%2B"_s, u"%2b"_s);
}

} // namespace

class TestKnownSecrets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        hideSecret(canary);
        hideSecret(u"overlap-one-two"_s);
        hideSecret(u"two-and-three"_s);
        hideSecret(u"aaaaaaaa"_s);
        hideSecret(u"  with-line-end\n"_s);
        hideSecret({});
    }

    void everyFormIsHidden_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hidden");

        const auto row = [](const char *name, const QString &form) {
            QTest::newRow(name) << u"before "_s + form + u" after"_s << u"before •••• after"_s;
        };
        row("as it is", canary);
        row("percent-encoded", percentEncoded(canary));
        row("with small digits", lowerPercentEncoded(canary));
        row("only what had to be", u"sk-canary/+0123%3D%26%22%C3%BC"_s);
        row("every character", u"%73k-c%61nary/+0123=&\"ü"_s);
        row("twice encoded", percentEncoded(percentEncoded(canary)));
        row("three times encoded", percentEncoded(percentEncoded(percentEncoded(canary))));
        row("in quotes", u"sk-canary/+0123=&\\\"ü"_s);
        row("base64", base64(canary));
        row("Basic authentication", base64(u"u:"_s + canary));
        row("with a longer name", base64(u"us:"_s + canary));
        row("with a still longer one", base64(u"use:"_s + canary));
        row("in the middle of base64", base64(u"{\"key\":\""_s + canary + u"\",\"more\":1}"_s));
        row("base64 for URLs", base64(u"u:"_s + canary, QByteArray::Base64UrlEncoding));
        row("base64, percent-encoded", percentEncoded(base64(u"u:"_s + canary)));
        row("the line end is not part of it", u"with-line-end"_s);
        row("overlapping", u"overlap-one-two-and-three"_s);
        row("side by side", canary + u"overlap-one-two"_s + canary);
        row("overlapping itself", QString(11, u'a'));

        QTest::newRow("in a URL") << u"https://h/?key="_s + percentEncoded(canary) + u"&b=c"_s
                                  << u"https://h/?key=••••&b=c"_s;
        QTest::newRow("twice") << canary + u", "_s + canary << u"••••, ••••"_s;
        QTest::newRow("alone") << canary << u"••••"_s;
    }
    void everyFormIsHidden()
    {
        QFETCH(QString, text);
        QTEST(withoutSecrets(text), "hidden");
    }

    void othersStay_data()
    {
        QTest::addColumn<QString>("text");

        QTest::newRow("empty") << QString();
        QTest::newRow("words") << u"Connection refused by 127.0.0.1."_s;
        QTest::newRow("half of it") << canary.first(10);
        QTest::newRow("stray percent signs") << u"100% of 5%2, %zz, %"_s;
        QTest::newRow("other encoding") << u"a%20b%2Fc"_s;
        QTest::newRow("other base64") << base64(u"user:something else"_s);
        QTest::newRow("half a surrogate pair") << u"a"_s + QChar(0xD800) + u"bcdefghi"_s;
    }
    void othersStay()
    {
        QFETCH(QString, text);
        QCOMPARE(withoutSecrets(text), text);
    }

    void shortOnesAreNotHidden()
    {
        hideSecret(u"list"_s);
        hideSecret(u"12345"_s);
        hideSecret(u" 12345 "_s);
        QCOMPARE(withoutSecrets(u"the list of 12345"_s), u"the list of 12345"_s);
        hideSecret(u"123456"_s);
        QCOMPARE(withoutSecrets(u"the list of 123456"_s), u"the list of ••••"_s);
    }

    // Ten times the text takes ten times as long, not a hundred times. The worst there is: every
    // place begins a secret, an encoded character or a word of base64.
    void longTextsStayFast_data()
    {
        QTest::addColumn<QString>("piece");

        QTest::newRow("words") << u"Connection refused by the service. "_s;
        QTest::newRow("secrets") << canary;
        QTest::newRow("a secret that overlaps itself") << u"a"_s;
        QTest::newRow("percent signs") << u"%25"_s;
        QTest::newRow("one word of base64") << base64(u"use:"_s + canary + u"--"_s);
    }
    void longTextsStayFast()
    {
        QFETCH(QString, piece);
        constexpr qsizetype size = qsizetype(4) * 1024 * 1024;
        const QString text = piece.repeated(size / piece.size());
        QElapsedTimer taken;
        taken.start();
        QVERIFY(!withoutSecrets(text).contains(canary));
        QVERIFY2(taken.elapsed() < 20'000, qPrintable(QString::number(taken.elapsed())));
    }

    void threadsDoNotMeet()
    {
        std::array<std::thread, 4> threads;
        for (size_t i = 0; i < threads.size(); ++i) {
            threads[i] = std::thread([i] {
                for (int round = 0; round < 50; ++round) {
                    const QString secret = u"thread-%1-%2-canary"_s.arg(i).arg(round);
                    hideSecret(secret);
                    if (withoutSecrets(u"a "_s + secret) != u"a ••••"_s)
                        qFatal("a secret was not hidden");
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
    }
};

QTEST_GUILESS_MAIN(TestKnownSecrets)
#include "tst_knownsecrets.moc"
