#include "tests/fakes/faultproxy.h"
#include "tests/fakes/samplesession.h"
#include "tests/window/windowdriver.h"
#include "ui/toast.h"

#include <QLabel>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Ending sessions from the window: the right ones, asked for, proven.
class tst_Termination : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void delAsksAndCancelIsDefault();
    void confirmedSessionIsGoneWithAReceipt();
    void theKeyboardAloneEndsOne();
    void severalAreNamedAndEndedTogether();
    void rowsThatMoveUnderTheDialogDoNotMatter();
    void aSessionThatEndsMeanwhileIsLeftOut();
    void stillRunningOffersRetry();
    void aProfileThatWasNotSavedIsSaid();
    void sessionsThatHadGoneAreNoFailure();
    void nothingIsGoneUnproven_data();
    void nothingIsGoneUnproven();
    void anIdThatCouldMeanAllIsRefused();
    void dontAskAgainIsOnlyForOne();

private:
    void add(const QString &id, const QString &profile = {});
    void confirm(const QString &button);
    [[nodiscard]] QStringList dialogTexts() const;

    std::unique_ptr<WindowDriver> m_driver;
};

void tst_Termination::init()
{
    m_driver = std::make_unique<WindowDriver>();
    for (const char *id : {"alpha", "beta", "gamma"})
        add(QLatin1StringView(id));
    QVERIFY(m_driver->start());
}

void tst_Termination::cleanup()
{
    m_driver.reset();
}

void tst_Termination::add(const QString &id, const QString &profile)
{
    Session session = sampleSession(id);
    session.profileName = profile;
    if (!profile.isEmpty())
        session.persist = true;
    m_driver->service.add(session);
}

void tst_Termination::confirm(const QString &text)
{
    QVERIFY(m_driver->dialog());
    auto *button = m_driver->button(*m_driver->dialog(), text);
    QVERIFY2(button, qPrintable(u"no button "_s + text));
    m_driver->click(button);
}

QStringList tst_Termination::dialogTexts() const
{
    QStringList texts;
    for (const auto *label : m_driver->dialog()->findChildren<QLabel *>())
        texts.append(label->text());
    return texts;
}

void tst_Termination::delAsksAndCancelIsDefault()
{
    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    QVERIFY(m_driver->dialog());
    QVERIFY2(dialogTexts().contains(u"Terminate session beta?"_s),
             qPrintable(dialogTexts().join(u'|')));
    QTRY_VERIFY(m_driver->button(*m_driver->dialog(), u"Cancel"_s)->hasFocus());
    QTest::keyClick(m_driver->button(*m_driver->dialog(), u"Cancel"_s), Qt::Key_Return);
    QTRY_VERIFY(!m_driver->dialog());
    QVERIFY(m_driver->service.deletes().isEmpty());
    QCOMPARE(m_driver->state(u"beta"_s), RowState::Kind::Running);
}

void tst_Termination::confirmedSessionIsGoneWithAReceipt()
{
    m_driver->clickRow(u"beta"_s);
    m_driver->action(u"terminate"_s).trigger();
    confirm(u"Terminate session"_s);
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);
    QCOMPARE(m_driver->service.deletes(), QStringList{u"beta"_s});
    QVERIFY2(m_driver->note(u"beta"_s).startsWith(u"gone after "_s),
             qPrintable(m_driver->note(u"beta"_s)));
    // Both proofs: its id is unknown, and the list that was asked for afterwards does not have it.
    QTRY_VERIFY(m_driver->model.find(m_driver->key(u"beta"_s))
                    ->termination.proofs.testFlag(Termination::Proof::LeftList));
    const QString receipt = m_driver->model.find(m_driver->key(u"beta"_s))->receipt();
    QVERIFY2(receipt.contains(u"no such session"_s), qPrintable(receipt));
    QVERIFY2(receipt.contains(u"left the list"_s), qPrintable(receipt));
    QCOMPARE(m_driver->state(u"alpha"_s), RowState::Kind::Running);
}

void tst_Termination::theKeyboardAloneEndsOne()
{
    m_driver->clickRow(u"gamma"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    QVERIFY(m_driver->dialog());
    auto *cancel = m_driver->button(*m_driver->dialog(), u"Cancel"_s);
    QTRY_VERIFY(cancel->hasFocus());
    QTest::keyClick(cancel, Qt::Key_Tab);
    QAbstractButton *terminate = m_driver->button(*m_driver->dialog(), u"Terminate session"_s);
    QTRY_VERIFY(terminate->hasFocus());
    QTest::keyClick(terminate, Qt::Key_Space);
    QTRY_COMPARE(m_driver->state(u"gamma"_s), RowState::Kind::Gone);
}

void tst_Termination::severalAreNamedAndEndedTogether()
{
    m_driver->clickRow(u"alpha"_s);
    m_driver->clickRow(u"gamma"_s, Qt::ControlModifier);
    m_driver->typeIntoTable(Qt::Key_Delete);
    QVERIFY(m_driver->dialog());
    QVERIFY(dialogTexts().contains(u"Terminate 2 sessions?"_s));
    confirm(u"Terminate 2 sessions"_s);
    QTRY_COMPARE(m_driver->state(u"alpha"_s), RowState::Kind::Gone);
    QTRY_COMPARE(m_driver->state(u"gamma"_s), RowState::Kind::Gone);
    QCOMPARE(m_driver->state(u"beta"_s), RowState::Kind::Running);
    QStringList deleted = m_driver->service.deletes();
    deleted.sort();
    QCOMPARE(deleted, (QStringList{u"alpha"_s, u"gamma"_s}));
    const auto *toast = m_driver->window.findChild<Toast *>();
    QTRY_VERIFY(toast->content().text.startsWith(u"2 sessions gone"_s));
}

// Fault matrix: W21
void tst_Termination::rowsThatMoveUnderTheDialogDoNotMatter()
{
    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    Session newest = sampleSession(u"newest"_s);
    newest.createdAt = QDateTime::currentDateTimeUtc();
    m_driver->service.add(newest);
    QTRY_VERIFY(m_driver->index(u"newest"_s).isValid());
    m_driver->view().setCurrentIndex(m_driver->index(u"newest"_s));
    confirm(u"Terminate session"_s);
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);
    QCOMPARE(m_driver->service.deletes(), QStringList{u"beta"_s});
}

// Fault matrix: W20
void tst_Termination::aSessionThatEndsMeanwhileIsLeftOut()
{
    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    auto *terminate = m_driver->button(*m_driver->dialog(), u"Terminate session"_s);
    m_driver->service.remove(u"beta"_s);
    QTRY_VERIFY(!terminate->isEnabled());
    QVERIFY(m_driver->service.deletes().isEmpty());
}

// Fault matrix: W19
void tst_Termination::stillRunningOffersRetry()
{
    m_driver->service.setEnding(u"beta"_s, FakeSessionsService::Ending::Fails);
    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    confirm(u"Terminate session"_s);
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::StillRunning);
    QVERIFY(!m_driver->note(u"beta"_s).isEmpty());

    m_driver->service.setEnding(u"beta"_s, FakeSessionsService::Ending::Works);
    // The cell at whose end the buttons of the note stand.
    QVERIFY(m_driver->clickCellButton(u"beta"_s, SessionColumn::LiveView, CellButton::Retry));
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);
    QCOMPARE(m_driver->service.deletes(), (QStringList{u"beta"_s, u"beta"_s}));
}

// Fault matrix: W19
void tst_Termination::aProfileThatWasNotSavedIsSaid()
{
    add(u"keeper"_s, u"writer"_s);
    QTRY_VERIFY(m_driver->index(u"keeper"_s).isValid());
    m_driver->service.setEnding(u"keeper"_s, FakeSessionsService::Ending::NotSaved);
    m_driver->clickRow(u"keeper"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    confirm(u"Terminate session"_s);
    QTRY_COMPARE(m_driver->state(u"keeper"_s), RowState::Kind::Gone);
    QVERIFY2(m_driver->note(u"keeper"_s).contains(u"not saved"_s),
             qPrintable(m_driver->note(u"keeper"_s)));
}

// Fault matrix: W19
void tst_Termination::sessionsThatHadGoneAreNoFailure()
{
    m_driver->service.setEnding(u"beta"_s, FakeSessionsService::Ending::AlreadyGone);
    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    confirm(u"Terminate session"_s);
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);
    QCOMPARE(m_driver->note(u"beta"_s), u"had already gone"_s);
}

void tst_Termination::nothingIsGoneUnproven_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<bool>("isEnded"); // whether the DELETE reached the service

    for (int i = 0; i < proxyFaults().size(); ++i) {
        const ProxyFault &fault = proxyFaults()[i];
        // The deadline of an ending is a minute: tst_sessionending has what does not end.
        if (fault.group == ProxyFault::Group::Endless || fault.name == "a flood")
            continue;
        if (fault.reach == ProxyFault::Reach::Service)
            QTest::addRow("ended, then %s", fault.name.constData()) << i << true;
        // Whether an answer that claims success is true is waited for, once for all of them.
        if (fault.group != ProxyFault::Group::Late
            && (fault.group != ProxyFault::Group::Foreign || fault.name == "a page"))
            QTest::addRow("not ended, and %s", fault.name.constData()) << i << false;
    }
}

// Fault matrix: W19
void tst_Termination::nothingIsGoneUnproven()
{
    QFETCH(int, fault);
    QFETCH(bool, isEnded);
    FaultProxy proxy(m_driver->service.url());
    Connection behind = m_driver->connection;
    behind.baseUrl = proxy.url();
    m_driver->monitor.setConnections({behind});
    QTRY_VERIFY(m_driver->index(u"beta"_s).isValid());
    ProxyFault spoiled = proxyFaults()[fault];
    if (!isEnded)
        spoiled.reach = ProxyFault::Reach::Nobody;
    proxy.setFault(spoiled, "DELETE");

    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    confirm(u"Terminate session"_s);
    if (isEnded) {
        QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);
        QVERIFY(!m_driver->service.contains(u"beta"_s));
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(m_driver->state(u"beta"_s), RowState::Kind::StillRunning, 20'000);
        QVERIFY(!m_driver->note(u"beta"_s).isEmpty()); // why
        QVERIFY(m_driver->service.deletes().isEmpty());
    }
    QVERIFY(proxy.count("DELETE") <= 4);
    QCOMPARE(m_driver->state(u"alpha"_s), RowState::Kind::Running);
}

// Fault matrix: W15
void tst_Termination::anIdThatCouldMeanAllIsRefused()
{
    add(u"all"_s);
    QTRY_VERIFY(m_driver->index(u"all"_s).isValid());
    m_driver->clickRow(u"all"_s);
    QVERIFY(!m_driver->action(u"terminate"_s).isEnabled());
    m_driver->typeIntoTable(Qt::Key_Delete);
    QVERIFY(!m_driver->dialog());
    emit m_driver->window.terminateRequested(m_driver->connection.id, {sampleSession(u"all"_s)});
    QTRY_COMPARE(m_driver->state(u"all"_s), RowState::Kind::StillRunning);
    QVERIFY(m_driver->service.deletes().isEmpty());
}

void tst_Termination::dontAskAgainIsOnlyForOne()
{
    m_driver->clickRow(u"alpha"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    auto *dontAsk = m_driver->button(*m_driver->dialog(), u"Don't ask again for one session"_s);
    QVERIFY(dontAsk);
    m_driver->click(dontAsk);
    confirm(u"Terminate session"_s);
    QTRY_COMPARE(m_driver->state(u"alpha"_s), RowState::Kind::Gone);

    m_driver->clickRow(u"beta"_s);
    m_driver->typeIntoTable(Qt::Key_Delete);
    QVERIFY(!m_driver->dialog());
    QTRY_COMPARE(m_driver->state(u"beta"_s), RowState::Kind::Gone);

    add(u"delta"_s);
    QTRY_VERIFY(m_driver->index(u"delta"_s).isValid());
    m_driver->clickRow(u"gamma"_s);
    m_driver->clickRow(u"delta"_s, Qt::ControlModifier);
    m_driver->typeIntoTable(Qt::Key_Delete);
    QVERIFY(m_driver->dialog());
}

QTEST_MAIN(tst_Termination)
#include "tst_termination.moc"
