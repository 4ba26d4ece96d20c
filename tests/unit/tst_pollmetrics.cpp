#include "app/pollmetrics.h"
#include "models/knownsecrets.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_PollMetrics : public QObject
{
    Q_OBJECT

private slots:
    void aPollIsOneLineWithEveryFigure();
    void aFailureNamesItsError();
    void noSecretIsWritten();
    void theLongestTurnIsAskedForOnceALine();
    void aFileThatCannotBeWrittenIsSaid();
};

namespace {

QList<QJsonObject> linesOf(const QString &fileName)
{
    QFile file(fileName);
    QList<QJsonObject> lines;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd())
            lines.append(QJsonDocument::fromJson(file.readLine()).object());
    }
    return lines;
}

} // namespace

void tst_PollMetrics::aPollIsOneLineWithEveryFigure()
{
    QTemporaryDir folder;
    const SystemClock clock;
    PollMetrics metrics(folder.filePath(u"m.jsonl"_s), clock, [] { return 0.0; });
    QVERIFY(metrics.open());
    PollResult result;
    result.sessions = 3;
    result.bytes = 120;
    result.delta.added.resize(2);
    result.delta.removed = {u"x"_s};
    metrics.record(u"Local"_s, result, 1.5);

    const QList<QJsonObject> lines = linesOf(folder.filePath(u"m.jsonl"_s));
    QCOMPARE(lines.size(), 1);
    for (const char *name :
         {"at_ms", "connection", "sessions", "added", "removed", "changed", "bytes", "fetch_ms",
          "decode_ms", "apply_ms", "ui_stall_ms", "rss_kib", "cpu_ms"})
        QVERIFY2(lines[0].contains(QLatin1StringView(name)), name);
    QCOMPARE(lines[0][u"sessions"_s].toInt(), 3);
    QCOMPARE(lines[0][u"added"_s].toInt(), 2);
    QCOMPARE(lines[0][u"removed"_s].toInt(), 1);
    QCOMPARE(lines[0][u"bytes"_s].toInt(), 120);
    QCOMPARE(lines[0][u"apply_ms"_s].toDouble(), 1.5);
    QVERIFY(lines[0][u"rss_kib"_s].toInt() > 1000);
    QVERIFY(!lines[0].contains(u"error"_s));
}

void tst_PollMetrics::aFailureNamesItsError()
{
    QTemporaryDir folder;
    const SystemClock clock;
    PollMetrics metrics(folder.filePath(u"m.jsonl"_s), clock, [] { return 0.0; });
    QVERIFY(metrics.open());
    PollFailure failure;
    failure.fault.what = u"Connection refused."_s;
    metrics.recordFailure(u"Local"_s, failure);

    const QList<QJsonObject> lines = linesOf(folder.filePath(u"m.jsonl"_s));
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines[0][u"error"_s].toString(), u"Connection refused."_s);
    QCOMPARE(lines[0][u"connection"_s].toString(), u"Local"_s);
}

void tst_PollMetrics::noSecretIsWritten()
{
    hideSecret(u"metrics-canary"_s);
    QTemporaryDir folder;
    const SystemClock clock;
    PollMetrics metrics(folder.filePath(u"m.jsonl"_s), clock, [] { return 0.0; });
    QVERIFY(metrics.open());
    PollFailure failure;
    failure.fault.what = u"https://h/?token=canary has no metrics-canary."_s;
    metrics.recordFailure(u"https://me:canary@h/"_s, failure);
    metrics.record(u"https://me:canary@h/"_s, {}, 0);

    QFile file(folder.filePath(u"m.jsonl"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray lines = file.readAll();
    QVERIFY2(!lines.contains("canary"), lines.constData());
    QCOMPARE(lines.count('\n'), 2);
}

void tst_PollMetrics::theLongestTurnIsAskedForOnceALine()
{
    QTemporaryDir folder;
    const SystemClock clock;
    double turn = 12.5;
    PollMetrics metrics(folder.filePath(u"m.jsonl"_s), clock,
                        [&turn] { return std::exchange(turn, 0); });
    QVERIFY(metrics.open());
    metrics.record(u"Local"_s, {}, 0);
    metrics.record(u"Local"_s, {}, 0);

    const QList<QJsonObject> lines = linesOf(folder.filePath(u"m.jsonl"_s));
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0][u"ui_stall_ms"_s].toDouble(), 12.5);
    QCOMPARE(lines[1][u"ui_stall_ms"_s].toDouble(), 0.0);
}

void tst_PollMetrics::aFileThatCannotBeWrittenIsSaid()
{
    QTemporaryDir folder;
    const SystemClock clock;
    PollMetrics metrics(folder.filePath(u"missing/m.jsonl"_s), clock, [] { return 0.0; });
    QVERIFY(!metrics.open());
    QVERIFY(!metrics.errorString().isEmpty());
}

QTEST_GUILESS_MAIN(tst_PollMetrics)
#include "tst_pollmetrics.moc"
