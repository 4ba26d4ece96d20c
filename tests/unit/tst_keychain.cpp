#include "models/knownsecrets.h"
#include "network/secretstore.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMetaType>
#include <QDBusVirtualObject>
#include <QDirIterator>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto secretService = u"org.freedesktop.secrets"_s;

Connection connectionOf(const QString &id)
{
    Connection connection;
    connection.id = id;
    connection.name = u"Staging"_s;
    connection.secret.store = SecretReference::Store::Keychain;
    return connection;
}

struct Answer
{
    std::optional<SecretFault> fault;
    QString secret;

    [[nodiscard]] QString what() const { return fault ? fault->what : QString(); }
};

// A keychain that says that it is there, and never anything else.
class MuteKeychain final : public QDBusVirtualObject
{
public:
    [[nodiscard]] QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (message.member() == "ReadAlias"_L1)
            connection.send(message.createReply(QVariant::fromValue(QDBusObjectPath(u"/"_s))));
        return true;
    }
};

} // namespace

// GNOME's keyring on a bus of the test's own: run by dbus-run-session (tests/unit/network.cmake).
class TestKeychain : public QObject
{
    Q_OBJECT

    static Answer answerOf(SecretReply *reply)
    {
        Answer answer;
        bool isFinished = false;
        connect(reply, &SecretReply::finished, reply, [&answer, &isFinished, reply] {
            answer = {reply->fault(), reply->secret()};
            isFinished = true;
        });
        if (!QTest::qWaitFor([&isFinished] { return isFinished; }, 30'000))
            qFatal("no answer came");
        return answer;
    }

    static bool isServed()
    {
        return QDBusConnection::sessionBus().interface()->isServiceRegistered(secretService);
    }

    void startKeyring()
    {
        m_keyring.setProgram(u"gnome-keyring-daemon"_s);
        m_keyring.setArguments({u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s,
                                u"--control-directory"_s, m_home.filePath(u"control"_s)});
        m_keyring.start();
        m_keyring.write("test password");
        m_keyring.closeWriteChannel();
        QTRY_VERIFY_WITH_TIMEOUT(isServed(), 30'000);
    }

    static QDBusMessage callKeyring(const QString &method, const QVariant &argument)
    {
        QDBusMessage call =
            QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets"_s,
                                           u"org.freedesktop.Secret.Service"_s, method);
        call << argument;
        return QDBusConnection::sessionBus().call(call);
    }

    static void lockKeyring()
    {
        const QDBusMessage alias = callKeyring(u"ReadAlias"_s, u"default"_s);
        const auto collection = alias.arguments().value(0).value<QDBusObjectPath>();
        const QDBusMessage locked =
            callKeyring(u"Lock"_s, QVariant::fromValue(QList<QDBusObjectPath>{collection}));
        QCOMPARE(locked.type(), QDBusMessage::ReplyMessage);
    }

    QTemporaryDir m_home;
    QProcess m_keyring;

private slots:
    void initTestCase()
    {
        QVERIFY2(QDBusConnection::sessionBus().isConnected(), "run it with dbus-run-session --");
        qDBusRegisterMetaType<QMap<QString, QString>>();
        QMap<QString, QString> environment;
        for (const QString &name :
             {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_RUNTIME_DIR"_s}) {
            environment.insert(name, m_home.path());
            qputenv(name.toLatin1().constData(), QFile::encodeName(m_home.path()));
        }
        // Also for what the bus starts by itself.
        QDBusMessage call = QDBusMessage::createMethodCall(
            u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s,
            u"UpdateActivationEnvironment"_s);
        call << QVariant::fromValue(environment);
        QCOMPARE(QDBusConnection::sessionBus().call(call).type(), QDBusMessage::ReplyMessage);
        startKeyring();
    }
    void cleanupTestCase()
    {
        m_keyring.terminate();
        QTRY_COMPARE(m_keyring.state(), QProcess::NotRunning);
    }

    void theKeychainIsFound()
    {
        SecretStore store;
        QCOMPARE(answerOf(store.findKeychain()).what(), QString());
    }

    void aSecretIsKept()
    {
        const Connection connection = connectionOf(u"kept"_s);
        const QString secret = u"sk-canary \"ü\" \\ 🔑"_s;
        SecretStore store;
        QCOMPARE(answerOf(store.write(connection, secret)).what(), QString());
        SecretStore other;
        const Answer answer = answerOf(other.read(connection));
        QCOMPARE(answer.what(), QString());
        QCOMPARE(answer.secret, secret);
        QCOMPARE(withoutSecrets(secret), u"••••"_s);
    }

    void eachConnectionHasItsOwn()
    {
        SecretStore store;
        (void)answerOf(store.write(connectionOf(u"one"_s), u"first-canary"_s));
        (void)answerOf(store.write(connectionOf(u"two"_s), u"second-canary"_s));
        (void)answerOf(store.write(connectionOf(u"two"_s), u"third-canary"_s));
        QCOMPARE(answerOf(store.read(connectionOf(u"one"_s))).secret, u"first-canary"_s);
        QCOMPARE(answerOf(store.read(connectionOf(u"two"_s))).secret, u"third-canary"_s);
    }

    void whatIsRemovedIsGone()
    {
        const Connection connection = connectionOf(u"removed"_s);
        SecretStore store;
        QCOMPARE(answerOf(store.write(connection, u"removed-canary"_s)).what(), QString());
        QCOMPARE(answerOf(store.remove(connection)).what(), QString());
        QCOMPARE(answerOf(store.remove(connection)).what(), QString());
        const Answer answer = answerOf(store.read(connection));
        QVERIFY(answer.fault);
        QCOMPARE(answer.fault->kind, SecretFault::Kind::Missing);
        QCOMPARE(answer.what(),
                 u"The keychain holds no secret for this connection. Enter it again."_s);
    }

    // Fault matrix: W26
    void oneThatHangsIsGivenUp()
    {
        const auto keyring = static_cast<pid_t>(m_keyring.processId());
        SecretStore store(KeychainPace{200ms, 200ms});
        QVERIFY(::kill(keyring, SIGSTOP) == 0);
        const Answer answer = answerOf(store.read(connectionOf(u"hangs"_s)));
        QVERIFY(::kill(keyring, SIGCONT) == 0);
        QVERIFY(answer.fault);
        QCOMPARE(answer.fault->kind, SecretFault::Kind::NoKeychain);
        QVERIFY2(answer.what().startsWith(u"The keychain does not answer."_s),
                 qPrintable(answer.what()));
    }

    // Fault matrix: W28
    void aSecretIsNowhereInPlainText()
    {
        SecretStore store;
        (void)answerOf(store.write(connectionOf(u"plain"_s), u"plain-text-canary"_s));
        int files = 0;
        QDirIterator it(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            QVERIFY2(!file.readAll().contains("canary"), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files > 0); // the keyring itself
    }

    // Since there is nobody to unlock it again, only what needs none of it comes after this.
    // Fault matrix: W26
    void aLockedKeychainIsSaid()
    {
        const Connection connection = connectionOf(u"locked"_s);
        SecretStore store;
        QCOMPARE(answerOf(store.write(connection, u"locked-canary"_s)).what(), QString());
        lockKeyring();
        QCOMPARE(answerOf(store.findKeychain()).what(), QString());
        const Answer answer = answerOf(store.read(connection));
        QVERIFY(answer.fault);
        QCOMPARE(answer.what(), u"The keychain is locked. Unlock it and try again."_s);
        QCOMPARE(answer.fault->kind, SecretFault::Kind::Locked);
        const Answer written = answerOf(store.write(connection, u"locked-canary-2"_s));
        QVERIFY(written.fault);
        QCOMPARE(written.fault->kind, SecretFault::Kind::Denied);
        QCOMPARE(written.what(), u"The keychain is locked or refuses access. Unlock it, allow "
                                 "Anchorwatch to use it, and try again."_s);
        const Answer removed = answerOf(store.remove(connection));
        QVERIFY(removed.fault);
        QCOMPARE(removed.fault->kind, SecretFault::Kind::Locked);
    }

    // Fault matrix: W26
    void oneThatHangsLaterIsGivenUp()
    {
        m_keyring.terminate();
        QTRY_COMPARE(m_keyring.state(), QProcess::NotRunning);
        MuteKeychain mute;
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"mute"_s);
        QVERIFY(bus.registerVirtualObject(u"/"_s, &mute, QDBusConnection::SubPath));
        QTRY_VERIFY(bus.registerService(secretService));
        SecretStore store(KeychainPace{10s, 200ms});
        const Answer answer = answerOf(store.read(connectionOf(u"hangs later"_s)));
        QVERIFY(answer.fault);
        QCOMPARE(answer.fault->kind, SecretFault::Kind::Failed);
        QVERIFY2(answer.what().startsWith(u"The keychain did not answer within 0.2 s."_s),
                 qPrintable(answer.what()));
        bus.unregisterObject(u"/"_s, QDBusConnection::UnregisterTree);
        QVERIFY(bus.unregisterService(secretService));
        QDBusConnection::disconnectFromBus(u"mute"_s);
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
