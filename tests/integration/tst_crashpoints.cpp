#include "servicetest.h"

#include <QFile>
#include <QJsonArray>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// The service is killed right before one step after the other (crashpoint.cpp) of making a session
// and of ending one that saves. The next service finds or ends the browser and finishes what was
// begun; the profile is the old one or the new one, whole.
class TestCrashPoints : public ServiceTest
{
    Q_OBJECT

private:
    static constexpr int never = 1'000'000;
    static constexpr int pointsOfEach = 15;

    [[nodiscard]] QString crashFile() const { return m_folder.filePath(u"crash"_s); }
    [[nodiscard]] QString stepsFile() const { return crashFile() + ".steps"_L1; }
    [[nodiscard]] static QJsonObject persisting()
    {
        return {{"profileName"_L1, u"work"_s}, {"persist"_L1, true}};
    }

    // From now on steps are counted, and the service dies at that one.
    [[nodiscard]] bool arm(int step)
    {
        QFile::remove(stepsFile());
        QFile whole(crashFile() + ".new"_L1);
        return whole.open(QIODevice::WriteOnly) && whole.write(QByteArray::number(step)) > 0
               && whole.flush() && whole.rename(crashFile());
    }
    [[nodiscard]] QByteArrayList steps() const
    {
        QFile file(stepsFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n')
                                              : QByteArrayList();
    }
    // The one before which the service died last.
    [[nodiscard]] QByteArray lastStep() const { return steps().value(steps().size() - 1); }
    // Evenly over all of them, the first and the last among them.
    [[nodiscard]] static QList<int> pointsIn(qsizetype count)
    {
        QList<int> points;
        for (int i = 0; i < pointsOfEach; ++i)
            points.append(static_cast<int>(1 + i * (count - 1) / (pointsOfEach - 1)));
        return points;
    }

    // Nothing is counted before arm().
    [[nodiscard]] bool startAnew()
    {
        service().kill();
        QFile::remove(crashFile());
        service().setVariable(u"LD_PRELOAD"_s, QStringLiteral(CRASHPOINT));
        service().setVariable(u"ANCHORWATCH_CRASH_FILE"_s, crashFile());
        // In a build with AddressSanitizer, which wants to be the first library.
        service().setVariable(u"ASAN_OPTIONS"_s, u"verify_asan_link_order=0"_s);
        return startService();
    }
    [[nodiscard]] QStringList ids()
    {
        QStringList found;
        const QJsonObject list = driver().api().get(sessionPath()).json;
        for (const QJsonValue &session : list.value("sessions"_L1).toArray())
            found.append(session["id"_L1].toString());
        return found;
    }
    [[nodiscard]] bool settles(const QString &id)
    {
        return QTest::qWaitFor(
            [&] { return driver().session(id).value("status"_L1).toString() != "starting"_L1; },
            60'000);
    }
    [[nodiscard]] bool isEnded(const QString &id)
    {
        return QTest::qWaitFor(
            [&] {
                return driver().terminate(id).status != 500
                       && driver().api().get(sessionPath(id)).status == 404;
            },
            60'000);
    }
    [[nodiscard]] bool setCookies(const QString &id, const QString &value)
    {
        return driver().visit(id, site().url(u"/set/"_s + value), u"set "_s + value);
    }
    [[nodiscard]] bool hasCookies(const QString &id, const QString &value)
    {
        return driver().visit(id, site().url(u"/cookies"_s),
                              u"lasting=%1; passing=%1"_s.arg(value));
    }
    [[nodiscard]] bool nothingIsLeft()
    {
        const QString data = service().dataFolder();
        return QTest::qWaitFor(
            [&] {
                return processesOf(data + "/work"_L1).isEmpty()
                       && entriesOf(data + "/work"_L1).isEmpty()
                       && entriesOf(data + "/sessions"_L1).isEmpty()
                       && entriesOf(data + "/kept"_L1).isEmpty()
                       && entriesOf(service().temporaryFolder()).isEmpty();
            },
            60'000);
    }

    // A session from its request to its browser's being up, with the service dying at that step.
    void createTo(int step)
    {
        QVERIFY(arm(step));
        const QString id = driver().create(persisting()).value("id"_L1).toString();
        QTRY_VERIFY_WITH_TIMEOUT(!service().isRunning()
                                     || driver().session(id).value("status"_L1).toString()
                                            == "running"_L1,
                                 60'000);
    }
    // The end of a session, likewise.
    void endTo(int step, const QString &id)
    {
        QVERIFY(arm(step));
        driver().api().removeWithoutWaiting(sessionPath(id));
        QTRY_VERIFY_WITH_TIMEOUT(
            !service().isRunning() || driver().api().get(sessionPath(id)).status == 404, 60'000);
    }

    QTemporaryDir m_folder;

private slots:
    // Fault matrix: D13
    void killedAtEveryStepOfCreate()
    {
        QVERIFY(startAnew());
        const QString first = driver().createRunning(persisting());
        QVERIFY(setCookies(first, u"old"_s));
        QCOMPARE(driver().terminate(first).status, 200);
        createTo(never);
        const qsizetype count = steps().size();
        QVERIFY2(count >= pointsOfEach, qPrintable(QString::number(count)));
        int deaths = 0;
        for (const int point : pointsIn(count)) {
            QVERIFY(startAnew());
            for (const QString &id : ids()) {
                QVERIFY(settles(id));
                QVERIFY2(isEnded(id), lastStep().constData());
            }
            QVERIFY2(nothingIsLeft(), lastStep().constData());
            createTo(point);
            deaths += service().isRunning() ? 0 : 1;
        }
        qInfo() << deaths << "deaths at" << count << "steps";
        QVERIFY(deaths >= pointsOfEach - 1);
        QVERIFY(startAnew());
        for (const QString &id : ids())
            QVERIFY(settles(id) && isEnded(id));
        const QString last = driver().createRunning(persisting());
        QVERIFY(hasCookies(last, u"old"_s));
        QVERIFY(endsCleanly());
    }

    // Fault matrix: D13
    void killedAtEveryStepOfAnEndThatSaves()
    {
        QVERIFY(startAnew());
        const QString first = driver().createRunning(persisting());
        QVERIFY(setCookies(first, u"v0"_s));
        endTo(never, first);
        const QByteArrayList all = steps();
        QVERIFY2(all.size() >= pointsOfEach, qPrintable(QString::number(all.size())));
        int deaths = 0;
        int round = 0;
        for (const int point : pointsIn(all.size())) {
            QVERIFY(startAnew());
            const QString id = driver().createRunning(persisting());
            QVERIFY2(hasCookies(id, u"v%1"_s.arg(round)), lastStep().constData());
            QVERIFY(setCookies(id, u"v%1"_s.arg(++round)));
            endTo(point, id);
            deaths += service().isRunning() ? 0 : 1;
            QVERIFY(startAnew());
            QVERIFY2(isEnded(id) && nothingIsLeft(), lastStep().constData());
        }
        qInfo() << deaths << "deaths at" << all.size() << "steps";
        QVERIFY(deaths >= pointsOfEach - 2);
        const QString last = driver().createRunning(persisting());
        QVERIFY(hasCookies(last, u"v%1"_s.arg(round)));
        QVERIFY(endsCleanly());
    }
};

QTEST_GUILESS_MAIN(TestCrashPoints)
#include "tst_crashpoints.moc"
