#include "servicetest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The Anchor API over real Chromium, where its own SDK does not lead.
class TestAnchorRoutes : public ServiceTest
{
    Q_OBJECT

private:
    // POST /v1/sessions; what is under "data", empty when it was refused.
    QJsonObject create(const QJsonObject &request = {})
    {
        const ApiAnswer answer =
            driver().api().post(u"/v1/sessions"_s, QJsonDocument(request).toJson());
        if (answer.status != 200)
            qWarning() << answer.status << answer.body;
        return answer.json.value("data"_L1).toObject();
    }
    QString createId(const QJsonObject &request = {})
    {
        return create(request).value("id"_L1).toString();
    }
    ApiAnswer visit(const QString &id, const QString &url)
    {
        return driver().api().post(u"/v1/sessions/%1/goto"_s.arg(id),
                                   QJsonDocument(QJsonObject{{"url"_L1, url}}).toJson());
    }
    QJsonObject data(const QString &path)
    {
        return driver().api().get(path).json.value("data"_L1).toObject();
    }
    // The sessions with that tag.
    QStringList tagged(const QString &tag)
    {
        QStringList ids;
        for (const QJsonValue &item :
             data(u"/v1/sessions/all/status?tags="_s + tag).value("items"_L1).toArray())
            ids.append(item["session_id"_L1].toString());
        return ids;
    }
    QUrl cdpUrl(const QString &id)
    {
        QUrl url = service().url();
        url.setScheme(u"ws"_s);
        url.setPath(u"/"_s);
        url.setQuery(u"sessionId="_s + id);
        return url;
    }
    bool opens(CdpClient &client, const QString &id)
    {
        client.open(cdpUrl(id));
        return QTest::qWaitFor([&client] { return client.isOpen(); }, 10'000);
    }

private slots:
    void answersWhenTheBrowserIsUp()
    {
        QVERIFY(startService());
        const QJsonObject created =
            create({{"session"_L1, QJsonObject{{"initial_url"_L1, site().url(u"/page/hello"_s)}}}});
        const QString id = created.value("id"_L1).toString();
        QCOMPARE(created.value("cdp_url"_L1).toString(), cdpUrl(id).toString());
        const QJsonObject session = driver().session(id);
        QCOMPARE(session.value("status"_L1).toString(), u"running"_s);
        QCOMPARE(created.value("live_view_url"_L1), session.value("liveControlUrl"_L1));
        QVERIFY(driver().awaitField(id, u"title"_s, u"hello"_s));

        const QJsonObject pages = data(u"/v1/sessions/%1/pages"_s.arg(id));
        QCOMPARE(pages.value("count"_L1).toInt(), 1);
        const QJsonValue page = pages.value("items"_L1).toArray().at(0);
        QCOMPARE(page["title"_L1].toString(), u"hello"_s);
        QCOMPARE(page["url"_L1].toString(), site().url(u"/page/hello"_s));
        QCOMPARE(page["frontend_url"_L1].toString(),
                 created.value("live_view_url"_L1).toString() + "#tab=1"_L1);
        QVERIFY(!page["id"_L1].toString().isEmpty());
        QVERIFY(endsCleanly());
    }

    void aLiveViewThatOnlyWatches()
    {
        QVERIFY(startService());
        const QJsonObject liveView{{"read_only"_L1, true}};
        const QJsonObject created =
            create({{"session"_L1, QJsonObject{{"live_view"_L1, liveView}}}});
        QVERIFY(!created.value("live_view_url"_L1).toString().isEmpty());
        QCOMPARE(created.value("live_view_url"_L1),
                 driver().session(created.value("id"_L1).toString()).value("liveViewUrl"_L1));
        QVERIFY(endsCleanly());
    }

    void tagsSurviveARestart()
    {
        QVERIFY(startService());
        const QJsonObject session{{"tags"_L1, QJsonArray{u"nightly"_s, u"blue"_s}}};
        const QString id = createId({{"session"_L1, session}});
        const QString other = createId();
        QCOMPARE(tagged(u"nightly,blue"_s), QStringList{id});
        service().kill();
        QVERIFY(startService());
        QCOMPARE(tagged(u"nightly"_s), QStringList{id});
        QCOMPARE(tagged({}).size(), 2);
        QCOMPARE(data(u"/v1/sessions/"_s + id).value("tags"_L1).toArray(),
                 (QJsonArray{u"nightly"_s, u"blue"_s}));
        QCOMPARE(driver().session(id).value("tags"_L1).toArray().size(), 2);
        QVERIFY(!driver().session(other).contains("tags"_L1));
        QVERIFY(endsCleanly());
    }

    void aNewNameBeginsBlankAndIsKeptOnlyWhenItPersists()
    {
        QVERIFY(startService());
        const QJsonObject profile{{"name"_L1, u"new"_s}};
        const QString id = createId({{"browser"_L1, QJsonObject{{"profile"_L1, profile}}}});
        QVERIFY(!id.isEmpty());
        QCOMPARE(driver().api().remove(u"/v1/sessions/"_s + id).status, 200);
        QCOMPARE(data(u"/v1/profiles"_s).value("count"_L1).toInt(), 0);
        QVERIFY(endsCleanly());
    }

    void endingAllWaitsForThoseThatOthersEnd()
    {
        QVERIFY(startService());
        const QString id = createId();
        QVERIFY(!id.isEmpty());
        QVERIFY(!createId().isEmpty());
        driver().api().removeWithoutWaiting(u"/v1/sessions/"_s + id);
        QCOMPARE(driver().api().remove(u"/v1/sessions/all"_s).status, 200);
        QCOMPARE(tagged({}), QStringList());
        QVERIFY(endsCleanly());
    }

    void theConnectionEndsWithTheSession()
    {
        QVERIFY(startService());
        const QString id = createId();
        CdpClient client;
        QVERIFY(opens(client, id));
        QSignalSpy closed(&client, &CdpClient::closed);
        QCOMPARE(driver().terminate(id).status, 200);
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!opens(client, id));
        QVERIFY(endsCleanly());
    }

    void whoIsConnectedHoldsOffTheIdleLimit()
    {
        // A minute lasts a second here.
        QVERIFY(startService({u"--minute"_s, u"1"_s}));
        const QJsonObject timeout{{"idle_timeout"_L1, 1}, {"max_duration"_L1, -1}};
        const QString id = createId({{"session"_L1, QJsonObject{{"timeout"_L1, timeout}}}});
        CdpClient client;
        QVERIFY(opens(client, id));
        QTest::qWait(3000);
        QCOMPARE(driver().session(id).value("status"_L1).toString(), u"running"_s);
        QSignalSpy closed(&client, &CdpClient::closed);
        client.open(QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(driver().session(id).isEmpty(), 20'000);
        QCOMPARE(data(u"/v1/sessions/"_s + id).value("status"_L1).toString(), u"completed"_s);
        QVERIFY(endsCleanly());
    }

    void saysWhyAPageDoesNotOpen()
    {
        QVERIFY(startService());
        const QString id = createId();
        const ApiAnswer refused = visit(id, u"http://127.0.0.1:1/"_s);
        QCOMPARE(refused.status, 500);
        QVERIFY(refused.json.value("error"_L1)["message"_L1].toString().contains("ERR_"_L1));
        // Another place on the same page loads nothing.
        const QString there = site().url(u"/page/hello"_s);
        const ApiAnswer opened = visit(id, there);
        QVERIFY2(opened.status == 200, opened.body.constData());
        QCOMPARE(visit(id, there + "#below"_L1).status, 200);
        QVERIFY(driver().awaitField(id, u"currentUrl"_s, there + "#below"_L1));
        QVERIFY(endsCleanly());
    }

    void aBrowserThatWasLostHasCompleted()
    {
        QVERIFY(startService());
        const QString id = createId();
        driver().post(id, u"Browser.crash"_s);
        QVERIFY(driver().awaitField(id, u"status"_s, u"stopped"_s));
        QCOMPARE(data(u"/v1/sessions/"_s + id).value("status"_L1).toString(), u"completed"_s);
        QCOMPARE(driver().api().get(u"/v1/sessions/%1/screenshot"_s.arg(id)).status, 400);
        QVERIFY(endsCleanly());
    }

    // Fault matrix: W28
    void neitherKeyNorItsVariableReachesABrowser()
    {
        qputenv("ANCHORWATCH_API_KEY", "sk-canary");
        const bool started = startService();
        qunsetenv("ANCHORWATCH_API_KEY");
        QVERIFY(started);
        QCOMPARE(driver().api().get(u"/v1/sessions/all/status"_s).status, 401);
        driver().api().setCommonHeaders({{"anchor-api-key", "sk-canary"}});
        QVERIFY(!createId().isEmpty());
        int seen = 0;
        for (const QString &process : processesOf(service().root())) {
            const QString folder = u"/proc/"_s + process.section(u' ', 0, 0);
            if (folder == u"/proc/%1"_s.arg(service().pid()))
                continue;
            QFile environment(folder + "/environ"_L1);
            if (!environment.open(QIODevice::ReadOnly))
                continue;
            ++seen;
            QVERIFY(!environment.readAll().contains("sk-canary"));
        }
        QVERIFY(seen > 0);
        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains("sk-canary"));
    }
};

QTEST_GUILESS_MAIN(TestAnchorRoutes)
#include "tst_anchorroutes.moc"
