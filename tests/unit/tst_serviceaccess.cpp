#include "network/gatewayprovider.h"
#include "network/liveclient.h"
#include "network/serviceaccess.h"
#include "tests/fakes/faultproxy.h"
#include "tests/fakes/replyoutcome.h"

#include <QDirIterator>
#include <QSslConfiguration>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto emptyList = "{\"sessions\":[]}";

// A service with a certificate, asked by a connection that trusts the one or none.
struct Service
{
    explicit Service(const QString &certificate)
    {
        plain.setDefault(ScriptedAnswer::of(200, emptyList));
        proxy.setCertificate(certificate);
    }

    ListOutcome listed(const QString &trusted)
    {
        ServiceAccess access(trusted);
        Connection connection;
        connection.kind = Connection::Kind::Service;
        connection.baseUrl = proxy.url();
        GatewayProvider provider(access, connection);
        provider.setBounds({10min});
        return finished(provider.list());
    }

    ScriptedServer plain;
    FaultProxy proxy{plain.url(), FaultProxy::Speech::Tls};
};

} // namespace

// Who is trusted over TLS, and who is not.
class TestServiceAccess : public QObject
{
    Q_OBJECT

private slots:
    void whatNobodyVouchesForIsRefused_data();
    void whatNobodyVouchesForIsRefused();
    void theTrustedCertificateIsAccepted_data();
    void theTrustedCertificateIsAccepted();
    void anotherCertificateIsRefused();
    void aCertificateThatChangesIsRefused();
    void whoTrustsOneTrustsNoAuthority();
    void aLiveViewTrustsTheSame();
    void errorsAreIgnoredNowhereElse();
};

void TestServiceAccess::whatNobodyVouchesForIsRefused_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("reason");
    QTest::newRow("self-signed") << u"own"_s << u"it is signed by itself"_s;
    QTest::newRow("expired") << u"expired"_s << u"expired on 2021-01-01"_s;
    QTest::newRow("of another name") << u"wrongname"_s << u"is for another name"_s;
}

// Fault matrix: W18
void TestServiceAccess::whatNobodyVouchesForIsRefused()
{
    QFETCH(QString, certificate);
    QFETCH(QString, reason);
    Service service(certificate);
    const ListOutcome outcome = service.listed({});
    QVERIFY(outcome.fault);
    QCOMPARE(outcome.fault->kind, Fault::Kind::Unreachable);
    QVERIFY2(outcome.fault->what.contains(reason), qPrintable(outcome.fault->what));
    QCOMPARE(outcome.fault->certificate, FaultProxy::fingerprint(certificate));
    QVERIFY2(outcome.fault->what.contains(FaultProxy::fingerprint(certificate)),
             qPrintable(outcome.fault->what));
    QVERIFY(service.proxy.requests().isEmpty()); // nothing was sent
}

void TestServiceAccess::theTrustedCertificateIsAccepted_data()
{
    QTest::addColumn<QString>("certificate");
    for (const char *name : {"own", "expired", "wrongname"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

// Fault matrix: W18
void TestServiceAccess::theTrustedCertificateIsAccepted()
{
    QFETCH(QString, certificate);
    Service service(certificate);
    const ListOutcome outcome = service.listed(FaultProxy::fingerprint(certificate));
    QVERIFY2(!outcome.fault, qPrintable(outcome.fault ? outcome.fault->what : QString()));
    QCOMPARE(service.proxy.requests().size(), 1);
}

// Fault matrix: W18
void TestServiceAccess::anotherCertificateIsRefused()
{
    Service service(u"other"_s);
    const ListOutcome outcome = service.listed(FaultProxy::fingerprint(u"own"_s));
    QVERIFY(outcome.fault);
    QVERIFY2(outcome.fault->what.contains(u"another certificate than the one you trust"),
             qPrintable(outcome.fault->what));
    QCOMPARE(outcome.fault->certificate, FaultProxy::fingerprint(u"other"_s));
    QVERIFY(service.proxy.requests().isEmpty());
}

// Fault matrix: W18
void TestServiceAccess::aCertificateThatChangesIsRefused()
{
    Service service(u"own"_s);
    ServiceAccess access(FaultProxy::fingerprint(u"own"_s));
    Connection connection;
    connection.kind = Connection::Kind::Service;
    connection.baseUrl = service.proxy.url();
    GatewayProvider provider(access, connection);
    provider.setBounds({10min});
    QVERIFY(!finished(provider.list()).fault);
    service.proxy.setCertificate(u"other"_s);
    const ListOutcome changed = finished(provider.list());
    QVERIFY(changed.fault);
    QCOMPARE(changed.fault->certificate, FaultProxy::fingerprint(u"other"_s));
    QVERIFY(finished(provider.terminate(u"a"_s)));
    QCOMPARE(service.proxy.requests().size(), 1);
    service.proxy.setCertificate(u"own"_s);
    QVERIFY(!finished(provider.list()).fault);
}

// Fault matrix: W18
void TestServiceAccess::whoTrustsOneTrustsNoAuthority()
{
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration vouching = before;
    QVERIFY(vouching.addCaCertificates(QStringLiteral(TLS_FOLDER "/other.pem")));
    QSslConfiguration::setDefaultConfiguration(vouching);
    Service service(u"other"_s);
    const ListOutcome byAuthority = service.listed({});
    const ListOutcome byFingerprint = service.listed(FaultProxy::fingerprint(u"own"_s));
    QSslConfiguration::setDefaultConfiguration(before);
    QVERIFY(!byAuthority.fault);
    QVERIFY(byFingerprint.fault);
}

// Fault matrix: W18
void TestServiceAccess::aLiveViewTrustsTheSame()
{
    Service service(u"own"_s);
    const QString link = service.proxy.url().toString() + u"/live/a/b"_s;
    const auto reaches = [&](const QString &trusted) {
        const auto before = service.proxy.requests().size();
        LiveClient client(link, LiveRole::Watch);
        bool isLost = false;
        connect(&client, &LiveFeed::stateChanged, this, [&isLost] { isLost = true; });
        if (!trusted.isEmpty())
            client.setTrustedCertificate(trusted);
        client.open();
        (void)QTest::qWaitFor([&] { return isLost || service.proxy.requests().size() > before; });
        return service.proxy.requests().size() > before;
    };
    QVERIFY(!reaches({}));
    QVERIFY(!reaches(FaultProxy::fingerprint(u"other"_s)));
    QVERIFY(reaches(FaultProxy::fingerprint(u"own"_s)));
}

// Fault matrix: W18
void TestServiceAccess::errorsAreIgnoredNowhereElse()
{
    QStringList found;
    for (const QString &folder : {u"app"_s, u"ui"_s, u"network"_s, u"models"_s}) {
        QDirIterator files(QStringLiteral(ANCHORWATCH_SOURCE_DIR "/") + folder, {u"*.cpp"_s},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            if (text.contains("ignoreSslErrors") || text.contains("VerifyNone"))
                found.append(files.fileName());
        }
    }
    found.sort();
    QCOMPARE(found, (QStringList{u"liveclient.cpp"_s, u"serviceaccess.cpp"_s}));
}

QTEST_GUILESS_MAIN(TestServiceAccess)
#include "tst_serviceaccess.moc"
