#include "app/redactedmessages.h"
#include "models/knownsecrets.h"

#include <QDebug>
#include <QLoggingCategory>
#include <QTest>
#include <QUrl>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

QStringList written; // in place of standard error

void keep(QtMsgType, const QMessageLogContext &, const QString &message)
{
    written.append(message);
}

} // namespace

class TestRedactedMessages : public QObject
{
    Q_OBJECT

private slots:
    // Fault matrix: W28
    void noMessageHoldsASecret()
    {
        hideSecret(u"message\"canary"_s);
        static const QLoggingCategory category("test");
        const QtMessageHandler before = qInstallMessageHandler(keep);
        redactMessages();
        qWarning("GET %s failed", "https://h/?token=canary");
        qCWarning(category) << QUrl(u"https://me:canary@h/"_s) << u"message\"canary"_s;
        qInfo() << "nothing to hide";
        qInstallMessageHandler(before);

        QCOMPARE(written.size(), 3);
        QCOMPARE(written[0], u"GET https://h/?token=•••• failed"_s);
        QCOMPARE(written[1], u"QUrl(\"https://••••@h/\") \"••••\""_s);
        QCOMPARE(written[2], u"nothing to hide"_s);
    }
};

QTEST_GUILESS_MAIN(TestRedactedMessages)
#include "tst_redactedmessages.moc"
