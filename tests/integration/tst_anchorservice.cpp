#include "cdpwatcher.h"
#include "network/anchor/anchorprovider.h"
#include "pageserver.h"
#include "servicetest.h"
#include "tests/fakes/replyoutcome.h"
#include "watcher.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QScopeGuard>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QByteArray apiKey = "sk-canary-7e21d0";

} // namespace

// AnchorProvider, and anchorwatchd --backend anchor, over a service that speaks the Anchor API with
// a key: another anchorwatchd with real Chromium.
class TestAnchorService : public ServiceTest
{
    Q_OBJECT

private:
    bool startAccount()
    {
        QFile key(m_folder.filePath(u"key"_s));
        if (!key.open(QIODevice::WriteOnly))
            return false;
        key.write(apiKey);
        key.close();
        return m_account.start({u"--api-key-file"_s, key.fileName()});
    }
    bool startOverAccount(const QByteArray &key = apiKey)
    {
        qputenv("ANCHOR_API_KEY", key);
        const auto forget = qScopeGuard([] { qunsetenv("ANCHOR_API_KEY"); });
        return startService(
            {u"--backend"_s, u"anchor"_s, u"--anchor-url"_s, m_account.url().toString()});
    }
    std::unique_ptr<AnchorProvider> providerWith(const QByteArray &key)
    {
        Connection connection;
        connection.id = u"anchor"_s;
        connection.kind = Connection::Kind::Anchor;
        connection.baseUrl = m_account.url();
        auto provider = std::make_unique<AnchorProvider>(m_manager, connection);
        provider->setKey(QString::fromLatin1(key));
        return provider;
    }
    QTemporaryDir m_folder;
    ServiceProcess m_account;
    QNetworkAccessManager m_manager;

private slots:
    void initTestCase() { QVERIFY2(startAccount(), m_account.log().constData()); }
    void cleanupTestCase()
    {
        QCOMPARE(m_account.terminate(), 0);
        QCOMPARE(m_account.leftovers(), QStringList());
        QVERIFY(!m_account.log().contains(apiKey));
    }

    void aSessionFromItsCreationToItsEnd()
    {
        const auto provider = providerWith(apiKey);
        SessionRequest request;
        request.initialUrl = u"about:blank"_s;
        request.profileName = u"buyer"_s;
        request.createNewProfile = true;
        request.maxDurationMinutes = 7;
        const SessionOutcome created = finished(provider->create(request));
        QVERIFY2(!created.fault, qPrintable(created.fault.value_or(Fault()).what));
        const QString id = created.session.id;

        const ListOutcome list = finished(provider->list());
        QCOMPARE(list.sessions.size(), 1);
        QCOMPARE(list.sessions.constFirst().id, id);
        QCOMPARE(list.sessions.constFirst().status.kind(), SessionStatus::Kind::Running);
        QVERIFY(!list.sessions.constFirst().cdpUrl.isEmpty());

        // The page is known a moment later than the session, as at Anchor.
        Session details;
        QTRY_VERIFY((details = finished(provider->get(id)).session, !details.currentUrl.isEmpty()));
        QCOMPARE(details.profileName, u"buyer"_s);
        QCOMPARE(details.persist, std::optional(true));
        QCOMPARE(details.currentUrl, u"about:blank"_s);

        QVERIFY(!finished(provider->terminate(id)));
        QCOMPARE(finished(provider->terminate(id)).value().kind, Fault::Kind::NotFound);
        QVERIFY(finished(provider->get(id)).session.status.isOver());
    }

    void aSessionIsWatchedAndActedOn()
    {
        const PageServer site;
        const auto provider = providerWith(apiKey);
        SessionRequest request;
        request.initialUrl = site.url(u"/paint"_s);
        const SessionOutcome created = finished(provider->create(request));
        QVERIFY2(!created.fault, qPrintable(created.fault.value_or(Fault()).what));
        {
            const QUrl address(created.session.cdpUrl);
            CdpWatcher watcher(provider->cdpRequest(address), LiveRole::Control);
            QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#cc2222"_s)), 30'000);
            watcher.feed().takeControl();
            QTRY_VERIFY(watcher.isInControl());
            watcher.click({200, 200});
            QTRY_VERIFY_WITH_TIMEOUT(isNear(watcher.middle(), QColor(u"#2244cc"_s)), 30'000);
        }
        const Session after = finished(provider->get(created.session.id)).session;
        QCOMPARE(after.status.kind(), SessionStatus::Kind::Running);
        QCOMPARE(after.title, u"paint"_s);
        CdpWatcher late(provider->cdpRequest(QUrl(after.cdpUrl)), LiveRole::Watch);
        QTRY_VERIFY_WITH_TIMEOUT(isNear(late.middle(), QColor(u"#2244cc"_s)), 30'000);
        QVERIFY(!finished(provider->terminate(created.session.id)));
        QTRY_VERIFY(late.state().kind == LiveState::Kind::Lost
                    || late.state().kind == LiveState::Kind::Refused);
    }

    void aWrongKeyIsRefused()
    {
        const auto provider = providerWith("sk-wrong-000000");
        QCOMPARE(finished(provider->list()).fault.value().kind, Fault::Kind::Refused);
    }

    void theContractIsServedOverIt()
    {
        QVERIFY(startOverAccount());
        const QJsonObject created = driver().create({{"initialUrl"_L1, u"about:blank"_s}});
        const QString id = created.value("id"_L1).toString();
        QVERIFY(!id.isEmpty());
        const QJsonObject list = driver().api().get(sessionPath()).json;
        QCOMPARE(list.value("count"_L1).toInt(), 1);
        // Its CDP address works for who gets it.
        const QJsonArray targets =
            driver().command(id, u"Target.getTargets"_s).value("targetInfos"_L1).toArray();
        QVERIFY(!targets.isEmpty());
        QVERIFY(!QJsonDocument(driver().session(id)).toJson().contains(apiKey));
        QCOMPARE(driver().terminate(id).status, 200);
        QCOMPARE(driver().terminate(id).status, 404);
        QVERIFY(endsCleanly());
        QVERIFY(!service().log().contains(apiKey));
    }
};

QTEST_GUILESS_MAIN(TestAnchorService)
#include "tst_anchorservice.moc"
