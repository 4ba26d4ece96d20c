#include "ui/anchorwatchstyle.h"
#include "ui/emptystate.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

class TestEmptyState : public QObject
{
    Q_OBJECT

    std::unique_ptr<EmptyState> m_state;

    [[nodiscard]] QLabel *labelWith(const QString &text) const
    {
        const auto labels = m_state->findChildren<QLabel *>();
        for (QLabel *label : labels) {
            if (label->text() == text)
                return label;
        }
        return nullptr;
    }

private slots:
    void init();

    void itsButtonActs();
    void aLongSentenceIsSeenWhole();
    void serverTextIsNotRichText();
    void withoutAnActionThereIsNoButton();
    void standsALittleAboveTheMiddle();
};

void TestEmptyState::init()
{
    QApplication::setStyle(new AnchorwatchStyle);
    QApplication::setPalette(Theme::light().palette());
    m_state = std::make_unique<EmptyState>();
    m_state->resize(900, 600);
    m_state->setContent(
        {{},
         u"No sessions yet"_s,
         u"Start a browser on this machine, or point the program at the service where "
         u"yours already run, wherever that is."_s,
         u"Start a session"_s,
         u"session-new"_s,
         ControlKind::Primary});
    m_state->show();
}

void TestEmptyState::itsButtonActs()
{
    QSignalSpy spy(m_state.get(), &EmptyState::actionTriggered);
    auto *button = m_state->findChild<QPushButton *>();
    QCOMPARE(button->text(), u"Start a session"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
}

void TestEmptyState::aLongSentenceIsSeenWhole()
{
    const QLabel *sentence = labelWith(m_state->content().sentence);
    QVERIFY(sentence);
    QTRY_VERIFY(sentence->height() >= sentence->heightForWidth(sentence->width()));
    QVERIFY(sentence->height() > sentence->fontMetrics().height() * 3 / 2);
}

// Fault matrix: W14
void TestEmptyState::serverTextIsNotRichText()
{
    m_state->setContent({u"filter"_s, u"No session matches"_s, u"<b>0</b>"_s, {}, {}, {}});
    QCOMPARE(labelWith(u"<b>0</b>"_s)->textFormat(), Qt::PlainText);
}

void TestEmptyState::withoutAnActionThereIsNoButton()
{
    m_state->setContent({u"filter"_s, u"Nothing"_s, u"Nothing at all"_s, {}, {}, {}});
    QVERIFY(!m_state->findChild<QPushButton *>()->isVisible());
}

void TestEmptyState::standsALittleAboveTheMiddle()
{
    QRect contents;
    QTRY_VERIFY(labelWith(u"No sessions yet"_s)->y() > 0);
    const auto children = m_state->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (const QWidget *child : children)
        contents |= child->geometry();
    QVERIFY(contents.center().y() < m_state->height() / 2);
    QVERIFY(contents.center().y() > m_state->height() / 3);
}

QTEST_MAIN(TestEmptyState)
#include "tst_emptystate.moc"
