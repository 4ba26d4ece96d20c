#include "tests/fakes/faultproxy.h"
#include "tests/window/windowdriver.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Starting a session from the window, by mouse and by keyboard.
class tst_NewSession : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void aClickStartsASessionAndSelectsIt();
    void theKeyboardAloneStartsOne();
    void whatTheServiceRefusesIsSaidAndNothingTypedIsLost();
    void aLostAnswerIsLookedForInTheList_data();
    void aLostAnswerIsLookedForInTheList();
    void cancelAsksForNothing();

private:
    [[nodiscard]] QLineEdit *field(const QString &name) const;

    std::unique_ptr<WindowDriver> m_driver;
};

void tst_NewSession::init()
{
    m_driver = std::make_unique<WindowDriver>();
    QVERIFY(m_driver->start());
}

void tst_NewSession::cleanup()
{
    m_driver.reset();
}

QLineEdit *tst_NewSession::field(const QString &name) const
{
    for (auto *field : m_driver->dialog()->findChildren<QLineEdit *>()) {
        if (field->accessibleName() == name)
            return field;
    }
    return nullptr;
}

void tst_NewSession::aClickStartsASessionAndSelectsIt()
{
    m_driver->click(m_driver->window.findChild<QWidget *>(u"newSessionTool"_s));
    QVERIFY(m_driver->dialog());
    QTest::keyClicks(field(u"Start page"_s), u"shop.example.com"_s);
    m_driver->click(m_driver->button(*m_driver->dialog(), u"Start session"_s));
    QTRY_VERIFY(!m_driver->dialog());

    QCOMPARE(m_driver->service.creates().size(), 1);
    QCOMPARE(m_driver->service.creates()[0].initialUrl, u"https://shop.example.com"_s);
    QCOMPARE(m_driver->service.sessions().size(), 1);
    const QString id = m_driver->service.sessions()[0].id;
    QCOMPARE(m_driver->view().selectedKeys(), QList<SessionKey>{m_driver->key(id)});
}

void tst_NewSession::theKeyboardAloneStartsOne()
{
    QTest::keyClick(&m_driver->window, Qt::Key_N, Qt::ControlModifier);
    QVERIFY(m_driver->dialog());
    QTRY_VERIFY(field(u"Start page"_s)->hasFocus());
    QTest::keyClicks(field(u"Start page"_s), u"about:blank"_s);
    QTest::keyClick(field(u"Start page"_s), Qt::Key_Return);
    QTRY_VERIFY(!m_driver->dialog());
    QCOMPARE(m_driver->service.sessions().size(), 1);
    QTRY_COMPARE(m_driver->window.focusWidget(), &m_driver->view());
}

void tst_NewSession::whatTheServiceRefusesIsSaidAndNothingTypedIsLost()
{
    m_driver->service.setCreation(FakeSessionsService::Creation::Fails);
    m_driver->action(u"newSession"_s).trigger();
    QTest::keyClicks(field(u"Start page"_s), u"shop.example.com"_s);
    m_driver->click(m_driver->button(*m_driver->dialog(), u"Start session"_s));
    const auto says = [this](const QString &words) {
        for (const auto *label : m_driver->dialog()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(words))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(says(u"Failed to create session"_s));
    QCOMPARE(field(u"Start page"_s)->text(), u"shop.example.com"_s);

    m_driver->service.setCreation(FakeSessionsService::Creation::Works);
    m_driver->click(m_driver->button(*m_driver->dialog(), u"Start session"_s));
    QTRY_VERIFY(!m_driver->dialog());
    QCOMPARE(m_driver->service.sessions().size(), 1);
}

void tst_NewSession::aLostAnswerIsLookedForInTheList_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QString>("says");

    // QNetworkAccessManager asks a second time by itself when not a byte came.
    QTest::newRow("no byte") << QByteArray("closes without a byte")
                             << u"what was not there before: created-1"_s;
    QTest::newRow("half") << QByteArray("closes in the body")
                          << u"what was not there before: created-1. "_s;
    QTest::newRow("a page") << QByteArray("a page") << u"what was not there before: created-1. "_s;
    QTest::newRow("a gateway's 502")
        << QByteArray("status 502") << u"what was not there before: created-1. "_s;
    QTest::newRow("lost before it")
        << QByteArray("is lost on the way there") << u"no session came of it so far"_s;
}

// Fault matrix: W5, W6, W10
void tst_NewSession::aLostAnswerIsLookedForInTheList()
{
    QFETCH(QByteArray, fault);
    QFETCH(QString, says);
    FaultProxy proxy(m_driver->service.url());
    Connection behind = m_driver->connection;
    behind.baseUrl = proxy.url();
    m_driver->monitor.setConnections({behind});
    QTRY_VERIFY(!m_driver->connections.find(behind.id)->health.isStale());
    for (const ProxyFault &one : proxyFaults()) {
        if (one.name == fault)
            proxy.setFault(one, "POST");
    }
    m_driver->action(u"newSession"_s).trigger();
    m_driver->click(m_driver->button(*m_driver->dialog(), u"Start session"_s));
    const auto said = [this] {
        QStringList texts;
        for (const auto *label : m_driver->dialog()->findChildren<QLabel *>())
            texts.append(label->isVisible() ? label->text() : QString());
        return texts.join(u' ');
    };
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(says), qPrintable(said()), 20'000);
    QVERIFY(proxy.count("POST") <= 4);
}

void tst_NewSession::cancelAsksForNothing()
{
    m_driver->action(u"newSession"_s).trigger();
    QTest::keyClick(m_driver->dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!m_driver->dialog());
    QVERIFY(m_driver->service.creates().isEmpty());
}

QTEST_MAIN(tst_NewSession)
#include "tst_newsession.moc"
