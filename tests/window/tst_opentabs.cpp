#include "tests/fakes/samplesession.h"
#include "tests/window/windowdriver.h"
#include "ui/sessiondelegate.h"
#include "ui/tabspanel.h"

#include <QLabel>
#include <QSignalSpy>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

// Sessions that are opened to their tabs, in the real window over a service.
class TestOpenTabs : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowDriver> m_driver;

    static Session withTabs(const QString &id, int count)
    {
        Session session = sampleSession(id);
        for (int number = count; number > 0; --number) {
            session.tabs.append({number, u"<b>tab</b> %1 of %2"_s.arg(number).arg(id),
                                 u"https://example.com/%1"_s.arg(number)});
        }
        if (count == 1)
            session.tabs.clear();
        return session;
    }
    TabsPanel *panel() const
    {
        for (TabsPanel *panel : m_driver->view().viewport()->findChildren<TabsPanel *>()) {
            if (panel->isVisible())
                return panel;
        }
        return nullptr;
    }
    QList<QAbstractButton *> buttons(const QString &text) const
    {
        QList<QAbstractButton *> found;
        for (QWidget *control : panel()->controls()) {
            auto *button = qobject_cast<QAbstractButton *>(control);
            if (button && button->text() == text)
                found.append(button);
        }
        return found;
    }
    bool open(const QString &id)
    {
        return m_driver->clickCellButton(id, SessionColumn::Page, CellButton::ShowTabs)
               && panel() != nullptr;
    }
    // The panel stands in the row of that session, under its cells.
    bool isUnder(const QString &id) const
    {
        const int row = m_driver->index(id).row();
        return panel()->y()
                   == m_driver->view().rowViewportPosition(row)
                          + m_driver->view().delegate().rowHeight()
               && m_driver->view().rowHeight(row)
                      == m_driver->view().delegate().rowHeight() + panel()->height();
    }
    int tallRows() const
    {
        int tall = 0;
        for (int row = 0; row < m_driver->view().model()->rowCount(); ++row)
            tall += m_driver->view().rowHeight(row) > m_driver->view().delegate().rowHeight();
        return tall;
    }

private slots:
    void init()
    {
        m_driver = std::make_unique<WindowDriver>();
        m_driver->service.add(withTabs(u"alpha"_s, 3));
        m_driver->service.add(withTabs(u"beta"_s, 2));
        m_driver->service.add(withTabs(u"single"_s, 1));
        QVERIFY(m_driver->start());
    }
    void cleanup() { m_driver.reset(); }

    void opensToItsTabsByMouse()
    {
        QVERIFY(!m_driver->clickCellButton(u"single"_s, SessionColumn::Page, CellButton::ShowTabs));
        QVERIFY(open(u"alpha"_s));
        QVERIFY(isUnder(u"alpha"_s));
        QCOMPARE(tallRows(), 1);
        QStringList texts;
        for (const QLabel *label : panel()->findChildren<QLabel *>()) {
            texts.append(label->text());
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(texts.contains(u"<b>tab</b> 1 of alpha"_s));
        QVERIFY(texts.contains(u"example.com/3"_s));
        QCOMPARE(buttons(u"Close tab"_s).size(), 3);
        QVERIFY(m_driver->clickCellButton(u"alpha"_s, SessionColumn::Page, CellButton::ShowTabs));
        QVERIFY(!panel());
        QCOMPARE(tallRows(), 0);
    }

    void opensByKeyboardAndComesBack()
    {
        m_driver->clickRow(u"beta"_s);
        m_driver->view().setFocus(Qt::TabFocusReason);
        m_driver->view().setCurrentIndex(m_driver->index(u"beta"_s, SessionColumn::Session));
        m_driver->typeIntoTable(Qt::Key_Right);
        m_driver->typeIntoTable(Qt::Key_Space);
        QVERIFY(panel());
        QVERIFY(isUnder(u"beta"_s));
        QTest::keyClick(&m_driver->view(), Qt::Key_Tab);
        QTRY_VERIFY(panel()->controls().first()->hasFocus());
        QTest::keyClick(panel()->controls().first(), Qt::Key_Escape);
        QTRY_VERIFY(m_driver->view().hasFocus());
    }

    void opensTheLiveViewOfTheTab()
    {
        QVERIFY(open(u"alpha"_s));
        m_driver->click(buttons(u"Live view"_s).at(1)); // in the order of their numbers
        QCOMPARE(m_driver->opened,
                 QList<QUrl>{QUrl(withTabs(u"alpha"_s, 3).liveViewUrl + u"#tab=2"_s)});
    }

    void closesTheTabAndNotTheSession()
    {
        QVERIFY(open(u"alpha"_s));
        m_driver->click(buttons(u"Close tab"_s).at(2));
        QTRY_COMPARE(m_driver->service.closedTabs(), QStringList{u"alpha 3"_s});
        QTRY_COMPARE(buttons(u"Close tab"_s).size(), 2);
        QVERIFY(m_driver->service.deletes().isEmpty());
        // The one before the last takes the panel along: one tab is no tabs.
        m_driver->click(buttons(u"Close tab"_s).at(0));
        QTRY_COMPARE(m_driver->service.closedTabs(), (QStringList{u"alpha 3"_s, u"alpha 1"_s}));
        QTRY_VERIFY(!panel());
        QTRY_COMPARE(tallRows(), 0);
        QVERIFY(m_driver->service.contains(u"alpha"_s));
        QVERIFY(m_driver->service.deletes().isEmpty());
    }

    void staysWithItsSession()
    {
        QVERIFY(open(u"alpha"_s));
        m_driver->view().sortByColumn(static_cast<int>(SessionColumn::Session),
                                      Qt::DescendingOrder);
        QTRY_VERIFY(isUnder(u"alpha"_s));
        m_driver->view().sortByColumn(static_cast<int>(SessionColumn::Session), Qt::AscendingOrder);
        QTRY_VERIFY(isUnder(u"alpha"_s));
        m_driver->service.add(sampleSession(u"aaa"_s)); // above
        m_driver->action(u"refresh"_s).trigger();
        QTRY_VERIFY(m_driver->index(u"aaa"_s).isValid());
        QTRY_VERIFY(isUnder(u"alpha"_s));
        QCOMPARE(tallRows(), 1);
        m_driver->typeFilter(u"beta"_s);
        QTRY_VERIFY(!panel());
        QCOMPARE(tallRows(), 0);
        m_driver->typeFilter(u"alpha"_s);
        QTRY_VERIFY(panel());
        QTRY_VERIFY(isUnder(u"alpha"_s));
        QCOMPARE(tallRows(), 1);
    }

    void closesWithItsSession()
    {
        QVERIFY(open(u"alpha"_s));
        m_driver->service.remove(u"alpha"_s);
        m_driver->action(u"refresh"_s).trigger();
        QTRY_VERIFY(!panel());
        QTRY_COMPARE(tallRows(), 0);
    }
};

QTEST_MAIN(TestOpenTabs)
#include "tst_opentabs.moc"
