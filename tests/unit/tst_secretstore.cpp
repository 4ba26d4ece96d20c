#include "models/knownsecrets.h"
#include "network/secretstore.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using Store = SecretReference::Store;

namespace {

Connection connectionWith(Store store, const QString &variable = {})
{
    Connection connection;
    connection.id = u"c1"_s;
    connection.name = u"Staging"_s;
    connection.secret = {store, variable};
    return connection;
}

} // namespace

// All of it without a session bus. The keychain itself is in tst_keychain.
class TestSecretStore : public QObject
{
    Q_OBJECT

    // What the reply said, with the secret at hand after it has gone.
    struct Answer
    {
        std::optional<SecretFault> fault;
        QString secret;
        bool isLate = false; // it came after the call had returned, as it should

        [[nodiscard]] QString what() const { return fault ? fault->what : QString(); }
        [[nodiscard]] SecretFault::Kind kind() const
        {
            return fault ? fault->kind : SecretFault::Kind::Failed;
        }
    };

    static Answer answerOf(SecretReply *reply)
    {
        Answer answer;
        bool isFinished = false;
        connect(reply, &SecretReply::finished, reply, [&answer, &isFinished, reply] {
            answer.fault = reply->fault();
            answer.secret = reply->secret();
            isFinished = true;
        });
        answer.isLate = !isFinished;
        const bool came = QTest::qWaitFor([&isFinished] { return isFinished; }, 10'000);
        if (!came)
            qFatal("no answer came");
        return answer;
    }

    QTemporaryDir m_home;

private slots:
    void initTestCase()
    {
        for (const char *variable : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
                                     "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
            qputenv(variable, QFile::encodeName(m_home.path()));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    }

    void aConnectionWithoutASecretHasAnEmptyOne()
    {
        SecretStore store;
        const Answer answer = answerOf(store.read(connectionWith(Store::None)));
        QVERIFY(answer.isLate);
        QVERIFY(!answer.fault);
        QCOMPARE(answer.secret, QString());
    }

    // Fault matrix: W28
    void theEnvironmentIsRead()
    {
        qputenv("ANCHOR_TEST_KEY", "environment-canary");
        SecretStore store;
        const Answer answer =
            answerOf(store.read(connectionWith(Store::Environment, u"ANCHOR_TEST_KEY"_s)));
        QVERIFY(!answer.fault);
        QCOMPARE(answer.secret, u"environment-canary"_s);
        // Nobody inherits it, and it is known all the same.
        QVERIFY(!qEnvironmentVariableIsSet("ANCHOR_TEST_KEY"));
        QCOMPARE(
            answerOf(store.read(connectionWith(Store::Environment, u"ANCHOR_TEST_KEY"_s))).secret,
            u"environment-canary"_s);
        QCOMPARE(withoutSecrets(u"key environment-canary"_s), u"key ••••"_s);
    }

    void aVariableIsKeptFromOtherPrograms()
    {
        qputenv("ANCHOR_TEST_KEY3", "claimed-canary");
        const Connection connection = connectionWith(Store::Environment, u"ANCHOR_TEST_KEY3"_s);
        SecretStore store;
        store.claimVariable(connectionWith(Store::ThisRun, u"ANCHOR_TEST_KEY3"_s));
        QVERIFY(qEnvironmentVariableIsSet("ANCHOR_TEST_KEY3"));
        store.claimVariable(connection);
        QProcess child;
        child.start(u"env"_s, QStringList());
        QVERIFY(child.waitForFinished(30'000));
        QVERIFY(!child.readAllStandardOutput().contains("claimed-canary"));
        QCOMPARE(withoutSecrets(u"key claimed-canary"_s), u"key ••••"_s);
        QCOMPARE(answerOf(store.read(connection)).secret, u"claimed-canary"_s);
    }

    void aVariableThatIsNotSetIsNamed_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("says");

        QTest::newRow("not set") << u"ANCHOR_NO_SUCH_KEY"_s
                                 << u"ANCHOR_NO_SUCH_KEY is not set in the environment of this "
                                    "program. Set it and start the program again."_s;
        QTest::newRow("empty") << u"ANCHOR_EMPTY_KEY"_s
                               << u"ANCHOR_EMPTY_KEY is not set in the environment of this "
                                  "program. Set it and start the program again."_s;
        QTest::newRow("none named")
            << QString() << u"No environment variable is named to take the secret from."_s;
    }
    void aVariableThatIsNotSetIsNamed()
    {
        QFETCH(QString, variable);
        qputenv("ANCHOR_EMPTY_KEY", "");
        SecretStore store;
        const Answer answer = answerOf(store.read(connectionWith(Store::Environment, variable)));
        QCOMPARE(answer.kind(), SecretFault::Kind::Missing);
        QTEST(answer.what(), "says");
    }

    void theEnvironmentIsNotWritten()
    {
        SecretStore store;
        const Connection connection = connectionWith(Store::Environment, u"ANCHOR_TEST_KEY2"_s);
        const Answer answer = answerOf(store.write(connection, u"written-canary"_s));
        QCOMPARE(answer.kind(), SecretFault::Kind::NotKept);
        QVERIFY2(answer.what().contains(u"ANCHOR_TEST_KEY2"_s), qPrintable(answer.what()));
        QVERIFY(!qEnvironmentVariableIsSet("ANCHOR_TEST_KEY2"));
        QVERIFY(!answerOf(store.remove(connection)).fault);
    }

    void thereIsNoPlaceForASecretOfNone()
    {
        SecretStore store;
        const Answer answer = answerOf(store.write(connectionWith(Store::None), u"x"_s));
        QCOMPARE(answer.kind(), SecretFault::Kind::NotKept);
        QVERIFY2(answer.what().contains(u"Staging"_s), qPrintable(answer.what()));
    }

    void thisRunRemembersUntilToldToForget()
    {
        const Connection connection = connectionWith(Store::ThisRun);
        SecretStore store;
        QVERIFY(!answerOf(store.write(connection, u"of-this-run-canary"_s)).fault);
        QCOMPARE(answerOf(store.read(connection)).secret, u"of-this-run-canary"_s);
        QCOMPARE(withoutSecrets(u"key of-this-run-canary"_s), u"key ••••"_s);
        Connection other = connection;
        other.id = u"c2"_s;
        QCOMPARE(answerOf(store.read(other)).kind(), SecretFault::Kind::Missing);

        QVERIFY(!answerOf(store.remove(connection)).fault);
        const Answer answer = answerOf(store.read(connection));
        QCOMPARE(answer.kind(), SecretFault::Kind::Missing);
        QCOMPARE(answer.what(),
                 u"The secret of Staging was kept for one run only. Enter it again."_s);
    }

    void theNextRunDoesNotKnow()
    {
        const Connection connection = connectionWith(Store::ThisRun);
        QVERIFY(!answerOf(SecretStore().read(connection)).secret.size());
    }

    void withoutABusThereIsNoKeychain_data()
    {
        QTest::addColumn<QByteArray>("address");

        QTest::newRow("it points nowhere") << QByteArray("unix:path=/nonexistent/bus");
        QTest::newRow("there is none") << QByteArray();
    }
    // Fault matrix: W26
    void withoutABusThereIsNoKeychain()
    {
        QFETCH(QByteArray, address);
        if (address.isEmpty())
            qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        else
            qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        QElapsedTimer taken;
        taken.start();
        SecretStore store;
        const Connection connection = connectionWith(Store::Keychain);
        const QList<SecretReply *> replies{store.findKeychain(), store.read(connection),
                                           store.write(connection, u"no-keychain-canary"_s),
                                           store.remove(connection)};
        for (SecretReply *reply : replies)
            QVERIFY(reply);
        QList<Answer> answers;
        for (SecretReply *reply : replies) {
            connect(reply, &SecretReply::finished, this, [&answers, reply] {
                answers.append({reply->fault(), reply->secret()});
            });
        }
        QTRY_COMPARE(answers.size(), 4);
        QVERIFY2(taken.elapsed() < 2000, qPrintable(QString::number(taken.elapsed())));
        for (const Answer &answer : answers) {
            QCOMPARE(answer.kind(), SecretFault::Kind::NoKeychain);
            QCOMPARE(answer.what(),
                     u"No D-Bus session can be reached, and so no keychain. Keep the secret in an "
                     "environment variable or for this run only."_s);
        }
    }

    // Last: of all that happened here nothing is on disk.
    // Fault matrix: W28
    void nothingIsWritten()
    {
        QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden | QDir::System,
                           QDirIterator::Subdirectories);
        QVERIFY2(!files.hasNext(), qPrintable(files.next()));
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
