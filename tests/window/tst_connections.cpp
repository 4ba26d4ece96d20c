#include "app/connectionbook.h"
#include "app/endpointscout.h"
#include "models/knownsecrets.h"
#include "tests/fakes/faultproxy.h"
#include "tests/fakes/samplesession.h"
#include "tests/fakes/scriptedserver.h"
#include "tests/window/widgetfinder.h"
#include "tests/window/windowdriver.h"
#include "ui/banner.h"
#include "ui/certificatechoice.h"
#include "ui/connectioncommands.h"
#include "ui/resultbox.h"
#include "ui/sidebar.h"
#include "ui/toast.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const QByteArray key = "sk-canary-55d0aa";
// JSON without raw strings, which moc 6.4.2 stumbles over.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

const QByteArray anchorList =
    quoted("{'data':{'count':1,'items':[{'session_id':'session-1','status':'running'}]}}");

} // namespace

// Connections are added, tried, changed and removed in the real window, and kept in a real file.
class tst_Connections : public QObject
{
    Q_OBJECT

    void type(const QString &field, const QString &text)
    {
        auto *edit = controlNamed<QLineEdit>(*m_driver->dialog(), field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
    }
    void press(const QString &button)
    {
        QAbstractButton *found = buttonNamed(*m_driver->dialog(), button);
        QVERIFY2(found, qPrintable(button));
        m_driver->click(found);
    }
    void openDialog() { emit m_driver->window.findChild<Sidebar *>()->addRequested(); }
    void fillAnchor(const QUrl &url)
    {
        openDialog();
        press(u"Anchor API"_s);
        type(u"Name"_s, u"Anchor staging"_s);
        type(u"Address"_s, url.toString());
        auto *where = controlNamed<QComboBox>(*m_driver->dialog(), u"Where it is kept"_s);
        where->setCurrentIndex(
            where->findData(QVariant::fromValue(SecretReference::Store::ThisRun)));
        type(u"API key"_s, QString::fromLatin1(key));
    }
    [[nodiscard]] QByteArray savedFile() const
    {
        QFile file(m_folder->filePath(u"connections.json"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QList<Connection> saved() const
    {
        return ConnectionsFile(m_folder->filePath(u"connections.json"_s)).load();
    }
    [[nodiscard]] QString resultText()
    {
        return visibleTexts(*m_driver->dialog()->findChild<ResultBox *>()).join(u'\n');
    }

    // Added with its key for this run, and watched.
    [[nodiscard]] Connection addedAnchor()
    {
        fillAnchor(m_anchor->url());
        press(u"Add connection"_s);
        (void)QTest::qWaitFor([this] { return m_driver->model.rowCount() == 2; });
        return m_driver->connections.connections().constLast();
    }
    void move(Connection connection, const SecretReference &place)
    {
        connection.secret = place;
        emit m_driver->window.connectionCommands().saveRequested(connection, std::nullopt);
    }
    // What is kept where the connection says.
    [[nodiscard]] QString secretOf(const Connection &connection)
    {
        SecretReply *reply = m_secrets->read(connection);
        QString secret;
        const QSignalSpy finished(reply, &SecretReply::finished);
        connect(reply, &SecretReply::finished, this,
                [&secret, reply] { secret = reply->secret(); });
        (void)QTest::qWaitFor([&finished] { return !finished.isEmpty(); });
        return secret;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_anchor;
    std::unique_ptr<WindowDriver> m_driver;
    std::unique_ptr<ConnectionsFile> m_file;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<ConnectionBook> m_book;

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_anchor = std::make_unique<ScriptedServer>();
        m_anchor->setDefault(ScriptedAnswer::of(200, anchorList));
        m_driver = std::make_unique<WindowDriver>();
        m_driver->service.setSessions({sampleSession(u"alpha"_s)});
        m_file = std::make_unique<ConnectionsFile>(m_folder->filePath(u"connections.json"_s));
        m_secrets = std::make_unique<SecretStore>();
        m_book = std::make_unique<ConnectionBook>(m_file.get(), *m_secrets, m_driver->connections,
                                                  m_driver->monitor, m_driver->window);
        QVERIFY(m_driver->start());
    }
    void cleanup()
    {
        m_book.reset();
        m_driver.reset();
    }

    // Fault matrix: W28
    void oneThatIsAddedIsWatchedAndSavedWithoutItsKey()
    {
        fillAnchor(m_anchor->url());
        press(u"Add connection"_s);
        QTRY_COMPARE(m_driver->model.rowCount(), 2);
        QCOMPARE(m_driver->connections.connections().size(), 2);
        for (const auto &request : m_anchor->requests())
            QCOMPARE(request.header("anchor-api-key"), key);
        QCOMPARE(saved().size(), 2);
        QCOMPARE(saved().constLast().name, u"Anchor staging"_s);
        QVERIFY(!savedFile().contains(key));
    }

    void aTrySaysWhatItFoundAndSavesNothing()
    {
        m_anchor->setDefault(ScriptedAnswer::of(200, anchorList, {"Server: anchorwatchd/0.1.0"}));
        fillAnchor(m_anchor->url());
        press(u"Test"_s);
        QTRY_VERIFY2(resultText().contains(u"Reached in"_s), qPrintable(resultText()));
        QVERIFY(resultText().contains(u"anchorwatchd 0.1.0."_s));
        QVERIFY(resultText().contains(u"1 live session."_s));
        QVERIFY(resultText().contains(u"costs"_s)); // said before anything is watched
        QCOMPARE(m_driver->connections.connections().size(), 1);
        QVERIFY(savedFile().isEmpty());
    }

    // Fault matrix: W28
    void aTryThatFailsSaysWhyWithoutTheKey()
    {
        m_anchor->setDefault(ScriptedAnswer::of(
            401, quoted("{'error':{'code':401,'message':'Invalid API Key " + key + "'}}")));
        fillAnchor(m_anchor->url());
        press(u"Test"_s);
        QTRY_VERIFY2(resultText().contains(u"It refused us"_s), qPrintable(resultText()));
        QVERIFY(!resultText().contains(QString::fromLatin1(key)));
    }

    void anEditedNameIsSavedAndNothingIsAskedAnew()
    {
        fillAnchor(m_anchor->url());
        press(u"Add connection"_s);
        QTRY_COMPARE(m_driver->model.rowCount(), 2);
        const QString id = m_driver->connections.connections().constLast().id;
        m_driver->window.connectionCommands().edit(id);
        type(u"Name"_s, u"Anchor rehearsal"_s);
        press(u"Save"_s);
        QCOMPARE(m_driver->connections.find(id)->connection.name, u"Anchor rehearsal"_s);
        QCOMPARE(saved().constLast().name, u"Anchor rehearsal"_s);
        // The key is still there.
        const auto asked = m_anchor->requests().size();
        m_driver->action(u"refresh"_s).trigger();
        QTRY_VERIFY(m_anchor->requests().size() > asked);
        QCOMPARE(m_anchor->requests().constLast().header("anchor-api-key"), key);
    }

    void oneThatIsSwitchedOffKeepsItsPlace()
    {
        const QString id = m_driver->connection.id;
        m_driver->window.connectionCommands().setEnabled(id, false);
        QCOMPARE(m_driver->model.rowCount(), 0);
        QCOMPARE(saved().constFirst().enabled, false);
        m_driver->window.connectionCommands().setEnabled(id, true);
        QTRY_COMPARE(m_driver->model.rowCount(), 1);
    }

    // Fault matrix: W22
    void oneThatIsRemovedIsAskedAboutFirst()
    {
        const QString id = m_driver->connection.id;
        m_driver->window.connectionCommands().remove(id);
        press(u"Cancel"_s);
        QVERIFY(m_driver->connections.find(id));
        m_driver->window.connectionCommands().remove(id);
        press(u"Remove connection"_s);
        QVERIFY(!m_driver->connections.find(id));
        QCOMPARE(m_driver->model.rowCount(), 0);
        QVERIFY(m_driver->service.deletes().isEmpty()); // its sessions go on
    }

    void aPlaceThatHasNoSecretCostsNone()
    {
        const Connection kept = addedAnchor();
        move(kept, {SecretReference::Store::Environment, u"AW_NOT_SET"_s});
        const auto *toast = m_driver->window.findChild<Toast *>();
        QTRY_VERIFY(toast->content().text.contains(u"AW_NOT_SET"_s));
        const auto asked = m_anchor->requests().size();
        QTRY_VERIFY(m_anchor->requests().size() > asked);
        QCOMPARE(m_anchor->requests().constLast().header("anchor-api-key"), key);
        QCOMPARE(secretOf(kept), QString::fromLatin1(key));
    }

    void aPlaceThatIsProvenIsTheOnlyOne()
    {
        qputenv("AW_MOVED_KEY", "sk-moved-canary");
        const Connection kept = addedAnchor();
        move(kept, {SecretReference::Store::Environment, u"AW_MOVED_KEY"_s});
        QTRY_COMPARE(m_anchor->requests().constLast().header("anchor-api-key"), "sk-moved-canary");
        QCOMPARE(secretOf(kept), QString());
        QVERIFY(!qEnvironmentVariableIsSet("AW_MOVED_KEY"));
    }

    void anotherServiceIsNotGivenTheKeyOfTheFirst()
    {
        ScriptedServer other;
        Connection moved = addedAnchor();
        moved.baseUrl = other.url();
        move(moved, {SecretReference::Store::Environment, u"AW_NOT_SET"_s});
        QTRY_VERIFY(m_driver->connections.find(moved.id)->health.isStale());
        QVERIFY(other.requests().isEmpty());
    }

    void aRunThatSavesNothingSaysSo()
    {
        m_book.reset();
        m_book = std::make_unique<ConnectionBook>(nullptr, *m_secrets, m_driver->connections,
                                                  m_driver->monitor, m_driver->window);
        m_driver->window.connectionCommands().setEnabled(m_driver->connection.id, false);
        const auto *toast = m_driver->window.findChild<Toast *>();
        QTRY_VERIFY(toast->isVisible());
        QVERIFY(toast->content().text.startsWith(u"For this run only"_s));
        QVERIFY(savedFile().isEmpty());
    }

    void variablesOfAllConnectionsAreKeptFromOtherPrograms()
    {
        qputenv("AW_CLAIMED_KEY", "sk-claimed-canary");
        Connection off = m_driver->connection;
        off.id = u"off"_s;
        off.enabled = false;
        off.secret = {SecretReference::Store::Environment, u"AW_CLAIMED_KEY"_s};
        m_book->open({m_driver->connection, off});
        QVERIFY(!qEnvironmentVariableIsSet("AW_CLAIMED_KEY"));
        QCOMPARE(secretOf(off), u"sk-claimed-canary"_s);
    }

    void aVariableThatIsNotSetIsSaid()
    {
        Connection connection = m_driver->connection;
        connection.id = u"other"_s;
        connection.name = u"Anchor production"_s;
        connection.kind = Connection::Kind::Anchor;
        connection.baseUrl = m_anchor->url();
        connection.secret = {SecretReference::Store::Environment, u"AW_NOT_SET"_s};
        m_book->open({m_driver->connection, connection});
        const auto *toast = m_driver->window.findChild<Toast *>();
        QTRY_VERIFY(toast->isVisible());
        QVERIFY(toast->content().text.contains(u"Anchor production"_s));
        QVERIFY(toast->content().text.contains(u"AW_NOT_SET"_s));
        QTRY_VERIFY(m_driver->connections.find(u"other"_s)->health.isStale());
        QCOMPARE(m_anchor->requests().size(), 0); // nothing goes out without a key
        QTRY_COMPARE(m_driver->window.findChild<Banner *>()->content().headline,
                     u"Anchor production needs an API key."_s);
    }

    // Fault matrix: W18
    void aCertificateIsTrustedByAYesAndNoOtherWay()
    {
        FaultProxy proxy(m_driver->service.url(), FaultProxy::Speech::Tls);
        openDialog();
        press(u"Sessions service"_s);
        type(u"Name"_s, u"Behind TLS"_s);
        type(u"Address"_s, proxy.url().toString());
        press(u"Test"_s);
        QTRY_VERIFY2(resultText().contains(u"is not trusted"_s), qPrintable(resultText()));
        const QString own = FaultProxy::fingerprint(u"own"_s);
        QString shown =
            visibleTexts(*m_driver->dialog()->findChild<CertificateChoice *>()).join(u' ');
        QVERIFY2(shown.remove(u'\n').contains(own), qPrintable(shown));
        auto *trust = qobject_cast<QCheckBox *>(
            buttonNamed(*m_driver->dialog(), u"Trust this certificate"_s));
        QVERIFY(trust->isVisible());
        QVERIFY(!trust->isChecked());
        QCOMPARE(proxy.requests().size(), 0); // nothing was sent
        QTest::keyClick(trust, Qt::Key_Space);
        press(u"Test"_s);
        QTRY_VERIFY2(resultText().contains(u"Reached in"_s), qPrintable(resultText()));
        press(u"Add connection"_s);
        QTRY_COMPARE(m_driver->model.rowCount(), 2);
        QCOMPARE(saved().constLast().certificate, own);

        // Another one in mid-run: refused, said, and asked about before it is trusted.
        const QString id = saved().constLast().id;
        proxy.setCertificate(u"other"_s);
        const auto health = [&] { return m_driver->connections.find(id)->health; };
        QTRY_VERIFY(health().isStale());
        const auto asked = proxy.requests().size();
        QCOMPARE(health().fault->certificate, FaultProxy::fingerprint(u"other"_s));
        QCOMPARE(m_driver->model.rowCount(), 2); // what was known stays, as old news
        auto *edit = m_driver->button(m_driver->window, u"Edit connection…"_s);
        QVERIFY(edit);
        m_driver->click(edit);
        QTRY_VERIFY(m_driver->dialog());
        press(u"Test"_s);
        QTRY_VERIFY2(resultText().contains(u"another certificate"_s), qPrintable(resultText()));
        QVERIFY(!qobject_cast<QCheckBox *>(
                     buttonNamed(*m_driver->dialog(), u"Trust this certificate"_s))
                     ->isChecked());
        QCOMPARE(proxy.requests().size(), asked);
        press(u"Cancel"_s);
        QCOMPARE(saved().constLast().certificate, own);
        proxy.setCertificate(u"own"_s);
        m_driver->action(u"refresh"_s).trigger();
        QTRY_VERIFY(!health().isStale());
    }

    // Fault matrix: W18
    void aYesIsForThatAddressAlone()
    {
        FaultProxy proxy(m_driver->service.url(), FaultProxy::Speech::Tls);
        openDialog();
        press(u"Sessions service"_s);
        type(u"Name"_s, u"Behind TLS"_s);
        type(u"Address"_s, proxy.url().toString());
        press(u"Test"_s);
        QTRY_VERIFY(m_driver->dialog()->findChild<CertificateChoice *>()->isVisible());
        QTest::keyClick(buttonNamed(*m_driver->dialog(), u"Trust this certificate"_s),
                        Qt::Key_Space);
        type(u"Address"_s, u"https://127.0.0.1:9"_s);
        QVERIFY(!m_driver->dialog()->findChild<CertificateChoice *>()->isVisible());
        press(u"Add connection"_s);
        QCOMPARE(saved().constLast().certificate, QString());
    }

    void aBrowserWithADebuggingPortIsOffered()
    {
        const QByteArray path = "/devtools/browser/1d9d622c-6e33-467d-a4a8-beaddcad7d6a";
        ScriptedServer browser;
        browser.setDefault(ScriptedAnswer::of(
            200, quoted("{'Browser':'Chrome/156','webSocketDebuggerUrl':'ws://127.0.0.1:1" + path
                        + "'}")));
        QVERIFY(QDir(m_folder->path()).mkpath(u"profile"_s));
        QFile port(m_folder->filePath(u"profile/DevToolsActivePort"_s));
        QVERIFY(port.open(QIODevice::WriteOnly));
        port.write(QByteArray::number(browser.url().port()) + '\n' + path);
        port.close();

        EndpointScout scout(m_driver->connections, m_driver->window, m_driver->clock);
        scout.setFolders({m_folder->filePath(u"profile"_s)});
        scout.look();
        const auto *toast = m_driver->window.findChild<Toast *>();
        QTRY_VERIFY(toast->isVisible());
        QVERIFY2(toast->content().text.startsWith(u"Chrome/156 runs here"_s),
                 qPrintable(toast->content().text));
        m_driver->click(m_driver->button(m_driver->window, u"Add it"_s));
        auto *address = controlNamed<QLineEdit>(*m_driver->dialog(), u"Address"_s);
        QCOMPARE(QUrl(address->text()), browser.url());
        press(u"Add connection"_s);
        QCOMPARE(m_driver->connections.connections().constLast().kind, Connection::Kind::DevTools);
    }
};

QTEST_MAIN(tst_Connections)
#include "tst_connections.moc"
