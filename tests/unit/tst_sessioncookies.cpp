#include "network/service/sessioncookies.h"

#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestSessionCookies : public QObject
{
    Q_OBJECT

private slots:
    void keepsOnlyThoseWithoutExpiry();
    void aCookieOfOneHostStaysOfThatHost();
    void aCookieOfADomainStaysOfThatDomain();
    void readsWhatItWrote();
    void readsNothingFromDamage();

private:
    static QJsonObject cookie(const QString &domain, bool isOfSession)
    {
        return {{"name"_L1, u"n"_s},        {"value"_L1, u"v"_s}, {"domain"_L1, domain},
                {"path"_L1, u"/app"_s},     {"secure"_L1, true},  {"httpOnly"_L1, true},
                {"sameSite"_L1, u"Lax"_s},  {"size"_L1, 2},       {"expires"_L1, -1},
                {"session"_L1, isOfSession}};
    }
};

void TestSessionCookies::keepsOnlyThoseWithoutExpiry()
{
    const QJsonArray kept =
        cookiesWithoutExpiry({cookie(u"a.example"_s, true), cookie(u"b.example"_s, false)});
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.first()["url"_L1].toString(), u"https://a.example/app"_s);
    QCOMPARE(kept.first()["httpOnly"_L1].toBool(), true);
    QCOMPARE(kept.first()["sameSite"_L1].toString(), u"Lax"_s);
    QVERIFY(!kept.first().toObject().contains("expires"_L1));
}

void TestSessionCookies::aCookieOfOneHostStaysOfThatHost()
{
    const QJsonValue kept = cookiesWithoutExpiry({cookie(u"a.example"_s, true)}).first();
    QVERIFY(kept["domain"_L1].isUndefined());
    QVERIFY(kept["url"_L1].isString());
}

void TestSessionCookies::aCookieOfADomainStaysOfThatDomain()
{
    const QJsonValue kept = cookiesWithoutExpiry({cookie(u".a.example"_s, true)}).first();
    QCOMPARE(kept["domain"_L1].toString(), u".a.example"_s);
    QVERIFY(kept["url"_L1].isUndefined());
}

void TestSessionCookies::readsWhatItWrote()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"cookies.json"_s);
    const QJsonArray cookies{cookie(u"a.example"_s, true)};
    QCOMPARE(writeCookieFile(file, cookies), QString());
    QCOMPARE(readCookieFile(file), cookies);
    QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestSessionCookies::readsNothingFromDamage()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"cookies.json"_s);
    QVERIFY(readCookieFile(file).isEmpty());
    QFile damaged(file);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("[{\"name\":");
    damaged.close();
    QVERIFY(readCookieFile(file).isEmpty());
}

QTEST_GUILESS_MAIN(TestSessionCookies)
#include "tst_sessioncookies.moc"
