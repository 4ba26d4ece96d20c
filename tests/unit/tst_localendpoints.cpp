#include "network/devtools/localendpoints.h"
#include "tests/fakes/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QByteArray ours = "/devtools/browser/1d9d622c-6e33-467d-a4a8-beaddcad7d6a";
const QByteArray other = "/devtools/browser/00000000-6e33-467d-a4a8-beaddcad7d6a";

QByteArray versionOf(const QByteArray &path)
{
    return R"({"Browser":"Chrome/156","webSocketDebuggerUrl":"ws://127.0.0.1:1)" + path + "\"}";
}

} // namespace

class TestLocalEndpoints : public QObject
{
    Q_OBJECT

private slots:
    void oneThatAnswersIsFound()
    {
        ScriptedServer browser;
        browser.setDefault(ScriptedAnswer::of(200, versionOf(ours)));
        const QString folder = profile(u"one"_s, browser);
        QCOMPARE(found({folder, m_root.filePath(u"missing"_s)}),
                 (QList<LocalEndpoint>{{browser.url(), u"Chrome/156"_s, folder}}));
        QCOMPARE(browser.requests().size(), 1);
        QCOMPARE(browser.requests().constFirst().target, "/json/version");
    }

    void whoAnswersOtherwiseIsLeftOut_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("another browser has the port") << 200 << versionOf(other);
        QTest::newRow("another server") << 200 << QByteArray("<html>");
        QTest::newRow("404") << 404 << versionOf(ours);
        QTest::newRow("huge") << 200 << QByteArray(1024 * 1024, ' ') + versionOf(ours);
        QTest::newRow("elsewhere") << 302 << QByteArray();
    }
    void whoAnswersOtherwiseIsLeftOut()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        ScriptedServer browser;
        browser.setDefault(
            ScriptedAnswer::of(status, body, {"Location: http://evil.example/json/version"}));
        QCOMPARE(found({profile(u"two"_s, browser)}), QList<LocalEndpoint>());
    }

    void oneThatStaysSilentIsLeftOut()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        QDir(m_root.path()).mkpath(u"silent"_s);
        QFile file(m_root.filePath(u"silent/DevToolsActivePort"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::number(silent.serverPort()) + '\n' + ours);
        file.close();
        QCOMPARE(found({m_root.filePath(u"silent"_s)}), QList<LocalEndpoint>());
    }

    void oneThatIsGoneIsLeftOut()
    {
        QString folder;
        {
            const ScriptedServer browser;
            folder = profile(u"three"_s, browser);
        }
        QCOMPARE(found({folder}), QList<LocalEndpoint>());
    }

    void noFoldersIsNoBrowser()
    {
        QCOMPARE(found({}), QList<LocalEndpoint>());
        QVERIFY(!LocalEndpoints::usualFolders().isEmpty());
    }

private:
    [[nodiscard]] QString profile(const QString &name, const ScriptedServer &browser) const
    {
        QDir(m_root.path()).mkpath(name);
        QFile file(m_root.filePath(name + u"/DevToolsActivePort"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::number(browser.url().port()) + '\n' + ours);
        return m_root.filePath(name);
    }

    [[nodiscard]] static QList<LocalEndpoint> found(const QStringList &folders)
    {
        QNetworkAccessManager manager;
        LocalEndpoints endpoints(manager);
        EndpointsReply *reply = endpoints.find(folders);
        std::optional<QList<LocalEndpoint>> outcome;
        QObject::connect(reply, &ProviderReply::finished, reply,
                         [reply, &outcome] { outcome = reply->endpoints; });
        (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 30'000);
        return outcome.value();
    }

    QTemporaryDir m_root;
};

QTEST_GUILESS_MAIN(TestLocalEndpoints)
#include "tst_localendpoints.moc"
