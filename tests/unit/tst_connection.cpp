#include "models/connection.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestConnection : public QObject
{
    Q_OBJECT

private slots:
    void sessionsUrlStandsUnderTheBase_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("url");

        const QString local = u"http://127.0.0.1:4000/api/browser-automation/sessions"_s;
        QTest::newRow("bare") << u"http://127.0.0.1:4000"_s << local;
        QTest::newRow("slashes at the end") << u"http://127.0.0.1:4000//"_s << local;
        QTest::newRow("query and fragment go") << u"http://127.0.0.1:4000/?key=1#x"_s << local;
        QTest::newRow("below a path")
            << u"https://example.com/team/"_s
            << u"https://example.com/team/api/browser-automation/sessions"_s;
    }
    void sessionsUrlStandsUnderTheBase()
    {
        QFETCH(QString, base);
        Connection connection;
        connection.baseUrl = QUrl(base);
        QTEST(connection.sessionsUrl().toString(), "url");
    }

    void anIdIsOnePathSegment_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("segment");

        QTest::newRow("plain") << u"a-B_9"_s << "a-B_9"_ba;
        QTest::newRow("slash") << u"a/b"_s << "a%2Fb"_ba;
        QTest::newRow("encoded slash") << u"a%2Fb"_s << "a%252Fb"_ba;
        QTest::newRow("question mark") << u"a?b"_s << "a%3Fb"_ba;
        QTest::newRow("hash") << u"a#b"_s << "a%23b"_ba;
        QTest::newRow("new line") << u"a\nb"_s << "a%0Ab"_ba;
        QTest::newRow("umlaut") << u"ä"_s << "%C3%A4"_ba;
    }
    void anIdIsOnePathSegment()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, segment);
        Connection connection;
        connection.baseUrl = QUrl(u"http://127.0.0.1:4000"_s);
        QCOMPARE(connection.sessionUrl(id).toEncoded(),
                 "http://127.0.0.1:4000/api/browser-automation/sessions/" + segment);
    }
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
