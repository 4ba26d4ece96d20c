#include "models/connectionwords.h"
#include "tests/fakes/fakeclock.h"
#include "tests/window/namelesscontrols.h"
#include "tests/window/widgetfinder.h"
#include "ui/sidebar.h"
#include "ui/sidebarmodel.h"
#include "ui/sidebarview.h"
#include "ui/theme.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The sidebar over three connections, on screen: a, b, c below "All sessions".
class TestSidebar : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ConnectionListModel> m_model;
    std::unique_ptr<Sidebar> m_sidebar;
    SidebarView *m_view = nullptr;

    static Connection connection(const QString &id)
    {
        Connection connection;
        connection.id = id;
        connection.name = u"Service "_s + id;
        connection.badge = suggestedBadge(connection.name, Connection::Kind::Local);
        connection.kind = Connection::Kind::Service;
        connection.baseUrl = QUrl(u"http://127.0.0.1:1"_s);
        return connection;
    }
    static QList<Connection> connections(const QString &ids)
    {
        QList<Connection> list;
        for (const QChar id : ids)
            list.append(connection(QString(id)));
        return list;
    }
    [[nodiscard]] ConnectionHealth goodNow() const
    {
        ConnectionHealth health;
        health.lastGood = m_clock->nowUtc();
        health.lastGoodElapsed = m_clock->elapsed();
        return health;
    }

    [[nodiscard]] QModelIndex rowOf(const QString &id) const
    {
        return static_cast<SidebarModel *>(m_view->model())->indexOf(id);
    }
    [[nodiscard]] QPoint placeOf(const QString &id) const
    {
        return m_view->visualRect(rowOf(id)).center();
    }
    void click(const QString &id)
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(id));
    }
    void press(Qt::Key key) { QTest::keyClick(m_view, key); }
    [[nodiscard]] QString lineOf(const QString &id) const
    {
        const auto *delegate = static_cast<ConnectionDelegate *>(m_view->itemDelegate());
        return delegate->lineText(rowOf(id), m_view->visualRect(rowOf(id)).width());
    }
    [[nodiscard]] QColor groundOf(const QString &id) const
    {
        const QRect row = m_view->visualRect(rowOf(id));
        return m_view->viewport()->grab().toImage().pixelColor(row.left() + 14, row.top() + 6);
    }

    [[nodiscard]] QMenu *openMenu(const QString &id)
    {
        const QPoint place = placeOf(id);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                m_view->viewport()->mapToGlobal(place));
        QApplication::sendEvent(m_view->viewport(), &event);
        return m_sidebar->findChild<QMenu *>(u"connectionMenu"_s);
    }
    static QAction *actionOf(QMenu *menu, const QString &text)
    {
        const auto actions = menu ? menu->actions() : QList<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }

private slots:
    void init()
    {
        m_clock = std::make_unique<FakeClock>();
        m_model = std::make_unique<ConnectionListModel>();
        m_model->setConnections(connections(u"abc"_s));
        m_sidebar = std::make_unique<Sidebar>(*m_model, *m_clock);
        m_sidebar->resize(m_sidebar->width(), 500);
        m_view = m_sidebar->findChild<SidebarView *>();
        m_sidebar->show();
        QVERIFY(QTest::qWaitForWindowActive(m_sidebar.get()));
        m_view->setFocus(Qt::TabFocusReason);
    }
    void cleanup()
    {
        m_sidebar.reset();
        m_model.reset();
    }

    void allSessionsAreChosenFirst()
    {
        QCOMPARE(m_sidebar->current(), QString());
        QCOMPARE(m_view->currentIndex().data().toString(), u"All sessions"_s);
        QVERIFY(m_view->selectionModel()->isSelected(m_view->currentIndex()));
    }

    void clickChooses()
    {
        const QSignalSpy changed(m_sidebar.get(), &Sidebar::currentChanged);
        click(u"b"_s);
        QCOMPARE(m_sidebar->current(), u"b"_s);
        click(u"b"_s);
        click({});
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed.at(0).at(0).toString(), u"b"_s);
        QCOMPARE(changed.at(1).at(0).toString(), QString());
    }

    void nothingUnchooses()
    {
        click(u"b"_s);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, placeOf(u"b"_s));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {30, 480});
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                          m_view->visualRect(m_view->model()->index(1, 0)).center());
        QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, placeOf(u"c"_s));
        QCOMPARE(m_sidebar->current(), u"b"_s);
        QVERIFY(m_view->selectionModel()->isSelected(rowOf(u"b"_s)));
    }

    void arrowsHomeAndEndChoose()
    {
        press(Qt::Key_Down);
        QCOMPARE(m_sidebar->current(), u"a"_s); // the head is no stop
        press(Qt::Key_Down);
        QCOMPARE(m_sidebar->current(), u"b"_s);
        press(Qt::Key_End);
        QCOMPARE(m_sidebar->current(), u"c"_s);
        press(Qt::Key_Down);
        QCOMPARE(m_sidebar->current(), u"c"_s);
        press(Qt::Key_Home);
        QCOMPARE(m_sidebar->current(), QString());
        press(Qt::Key_Up);
        QCOMPARE(m_sidebar->current(), QString());
        press(Qt::Key_Down);
        press(Qt::Key_Up);
        QCOMPARE(m_sidebar->current(), QString());
    }

    void setCurrentChoosesWhatIsThere()
    {
        const QSignalSpy changed(m_sidebar.get(), &Sidebar::currentChanged);
        m_sidebar->setCurrent(u"c"_s);
        m_sidebar->setCurrent(u"nobody"_s);
        QCOMPARE(m_sidebar->current(), u"c"_s);
        QCOMPARE(changed.size(), 1);
    }

    void chosenConnectionThatGoesLeavesAll()
    {
        m_sidebar->setCurrent(u"b"_s);
        const QSignalSpy changed(m_sidebar.get(), &Sidebar::currentChanged);
        m_model->setConnections(connections(u"ac"_s));
        QCOMPARE(m_sidebar->current(), QString());
        QCOMPARE(changed.size(), 1);
    }

    void chosenConnectionStaysWhenOthersComeGoAndMove()
    {
        m_sidebar->setCurrent(u"b"_s);
        const QSignalSpy changed(m_sidebar.get(), &Sidebar::currentChanged);
        m_model->setConnections(connections(u"bcx"_s));
        m_model->setConnections(connections(u"xcb"_s));
        QCOMPARE(m_sidebar->current(), u"b"_s);
        QCOMPARE(m_view->currentIndex(), rowOf(u"b"_s));
        QVERIFY(m_view->selectionModel()->isSelected(rowOf(u"b"_s)));
        QCOMPARE(changed.size(), 0);
    }

    void modelKeepsTheRules()
    {
        SidebarModel model(*m_model);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_model->setConnections(connections(u"cxa"_s));
        m_model->setLiveCount(u"x"_s, 3);
        m_model->setConnections({});
        QCOMPARE(model.rowCount(), 2);
        m_model->setConnections(connections(u"ab"_s));
        QCOMPARE(model.rowCount(), 4);
    }

    void countsShowFromTheFirstListOn()
    {
        const auto countOf = [this](const QString &id) {
            return rowOf(id).data(SidebarModel::CountTextRole).toString();
        };
        m_sidebar->setTotal(7);
        m_model->setLiveCount(u"a"_s, 7);
        QCOMPARE(countOf({}), QString());
        QCOMPARE(countOf(u"a"_s), QString());
        m_model->setHealth(u"a"_s, goodNow());
        QCOMPARE(countOf({}), u"7"_s);
        QCOMPARE(countOf(u"a"_s), u"7"_s);
        QCOMPARE(countOf(u"b"_s), QString());
    }

    void agesGoOnWithTheTick()
    {
        m_model->setHealth(u"a"_s, goodNow());
        m_clock->advance(2s);
        m_sidebar->tick();
        QCOMPARE(lineOf(u"a"_s), u"Updated 2 s ago"_s);
        QCOMPARE(lineOf(u"b"_s), u"Connecting…"_s);
        QCOMPARE(lineOf({}), QString());
    }

    // Only the row whose words changed is painted again.
    void tickRepaintsWhatChanged()
    {
        m_model->setHealth(u"a"_s, goodNow());
        m_sidebar->tick();
        QCoreApplication::processEvents();
        QRegion painted;
        struct Watch : QObject
        {
            QRegion &region;
            explicit Watch(QRegion &where)
                : region(where)
            {
            }
            bool eventFilter(QObject *, QEvent *event) override
            {
                if (event->type() == QEvent::Paint)
                    region += static_cast<QPaintEvent *>(event)->region();
                return false;
            }
        } watch(painted);
        m_view->viewport()->installEventFilter(&watch);
        m_clock->advance(1s);
        m_sidebar->tick();
        QTRY_VERIFY(!painted.isEmpty());
        QVERIFY(m_view->visualRect(rowOf(u"a"_s)).contains(painted.boundingRect()));
    }

    void longLineGivesUpWhatTheIconSays()
    {
        QList<Connection> list = connections(u"a"_s);
        list[0].guard = Connection::Guard::Protected;
        m_model->setConnections(list);
        m_model->setHealth(u"a"_s, goodNow());
        const auto *delegate = static_cast<ConnectionDelegate *>(m_view->itemDelegate());
        QCOMPARE(delegate->lineText(rowOf(u"a"_s), 1000), u"Protected, updated 0 s ago"_s);
        QCOMPARE(delegate->lineText(rowOf(u"a"_s), 120), u"Updated 0 s ago"_s);
    }

    void addIsAskedFor()
    {
        const QSignalSpy added(m_sidebar.get(), &Sidebar::addRequested);
        QAbstractButton *add = buttonNamed(*m_sidebar, u"Add connection"_s);
        QTest::mouseClick(add, Qt::LeftButton);
        QTest::keyClick(m_view, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), add);
        QTest::keyClick(add, Qt::Key_Space);
        QCOMPARE(added.size(), 2);
    }

    void addStandsInTheHeadOfTheConnections()
    {
        const QAbstractButton *add = buttonNamed(*m_sidebar, u"Add connection"_s);
        const QPoint center = add->mapTo(m_view->viewport(), add->rect().center());
        QVERIFY(m_view->visualRect(m_view->model()->index(1, 0)).contains(center));
        QVERIFY(center.x() > m_view->viewport()->width() * 3 / 4);
    }

    void keysAndDoubleClickEdit()
    {
        const QSignalSpy edited(m_sidebar.get(), &Sidebar::editRequested);
        press(Qt::Key_F2);
        press(Qt::Key_Return); // all together are nothing to edit
        QCOMPARE(edited.size(), 0);
        m_sidebar->setCurrent(u"b"_s);
        press(Qt::Key_F2);
        press(Qt::Key_Return);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(u"c"_s));
        QCOMPARE(edited.size(), 3);
        QCOMPARE(edited.at(1).at(0).toString(), u"b"_s);
        QCOMPARE(edited.at(2).at(0).toString(), u"c"_s);
    }

    void menuActsOnTheConnectionItWasOpenedOn()
    {
        const QSignalSpy edited(m_sidebar.get(), &Sidebar::editRequested);
        const QSignalSpy duplicated(m_sidebar.get(), &Sidebar::duplicateRequested);
        const QSignalSpy refreshed(m_sidebar.get(), &Sidebar::refreshRequested);
        const QSignalSpy removed(m_sidebar.get(), &Sidebar::removeRequested);
        const QSignalSpy enabled(m_sidebar.get(), &Sidebar::enabledChanged);
        QMenu *menu = openMenu(u"b"_s);
        QVERIFY(menu);
        // What comes above it moves the rows, not the menu's meaning.
        m_model->setConnections(connections(u"xabc"_s));
        for (const auto &text :
             {u"Edit…"_s, u"Duplicate"_s, u"Refresh now"_s, u"Remove…"_s, u"Disable"_s}) {
            QVERIFY2(actionOf(menu, text), qPrintable(text));
            actionOf(menu, text)->trigger();
        }
        for (const QSignalSpy *spy : {&edited, &duplicated, &refreshed, &removed, &enabled}) {
            QCOMPARE(spy->size(), 1);
            QCOMPARE(spy->at(0).at(0).toString(), u"b"_s);
        }
        QCOMPARE(enabled.at(0).at(1).toBool(), false);
        QCOMPARE(m_sidebar->current(), QString());
        menu->close();
    }

    void disabledConnectionCanBeEnabledAndNotRefreshed()
    {
        QList<Connection> list = connections(u"abc"_s);
        list[1].enabled = false;
        m_model->setConnections(list);
        QCOMPARE(lineOf(u"b"_s), u"Off"_s);
        const QSignalSpy enabled(m_sidebar.get(), &Sidebar::enabledChanged);
        QMenu *menu = openMenu(u"b"_s);
        QVERIFY(!actionOf(menu, u"Refresh now"_s)->isEnabled());
        actionOf(menu, u"Enable"_s)->trigger();
        QCOMPARE(enabled.at(0).at(1).toBool(), true);
        menu->close();
    }

    void keyboardOpensTheMenuOfTheChosen()
    {
        m_sidebar->setCurrent(u"c"_s);
        QTest::keyClick(m_view, Qt::Key_F10, Qt::ShiftModifier);
        auto *menu = m_sidebar->findChild<QMenu *>(u"connectionMenu"_s);
        QVERIFY(menu && menu->isVisible());
        const QSignalSpy edited(m_sidebar.get(), &Sidebar::editRequested);
        actionOf(menu, u"Edit…"_s)->trigger();
        QCOMPARE(edited.at(0).at(0).toString(), u"c"_s);
        menu->close();
    }

    void menuOfAllOffersToAdd()
    {
        const QSignalSpy added(m_sidebar.get(), &Sidebar::addRequested);
        QMenu *menu = openMenu({});
        QCOMPARE(menu->actions().size(), 1);
        menu->actions().constFirst()->trigger();
        QCOMPARE(added.size(), 1);
        menu->close();
    }

    void railIsNarrowAndKeepsTheChoice()
    {
        const int wide = m_sidebar->width();
        m_sidebar->setCurrent(u"b"_s);
        m_sidebar->setRail(true);
        QVERIFY(m_sidebar->width() * 3 < wide);
        QVERIFY(!buttonNamed(*m_sidebar, u"Add connection"_s)->isVisible());
        QCOMPARE(m_sidebar->current(), u"b"_s);
        m_view->doItemsLayout();
        click(u"c"_s);
        QCOMPARE(m_sidebar->current(), u"c"_s);
        m_sidebar->setRail(false);
        QCOMPARE(m_sidebar->width(), wide);
        QVERIFY(buttonNamed(*m_sidebar, u"Add connection"_s)->isVisible());
    }

    void largerFontMakesItLarger()
    {
        const int width = m_sidebar->width();
        const int height = m_view->visualRect(rowOf(u"a"_s)).height();
        QFont font = m_sidebar->font();
        font.setPixelSize(2 * QFontInfo(font).pixelSize());
        m_sidebar->setFont(font);
        m_view->doItemsLayout();
        QVERIFY(m_sidebar->width() >= 2 * width - 2);
        const int larger = m_view->visualRect(rowOf(u"a"_s)).height();
        QVERIFY(qAbs(larger - 2 * height) <= 1); // each is rounded
    }

    void groundShowsWhatIsChosenAndPointedAt()
    {
        const Theme &theme = Theme::of(m_view->palette());
        m_sidebar->setCurrent(u"a"_s);
        QTest::mouseMove(m_view->viewport(), placeOf(u"b"_s));
        QTRY_COMPARE(groundOf(u"b"_s), theme.hoverWindow);
        QCOMPARE(groundOf(u"a"_s), theme.selection);
        QCOMPARE(groundOf(u"c"_s), m_view->palette().color(QPalette::Window));
    }

    void screenReaderHearsNameCountAndState()
    {
        m_model->setHealth(u"a"_s, goodNow());
        m_model->setLiveCount(u"a"_s, 5);
        m_sidebar->setTotal(5);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view);
        QVERIFY(list);
        QCOMPARE(list->text(QAccessible::Name), u"Connections"_s);
        QStringList read;
        for (int child = 0; child < list->childCount(); ++child)
            read.append(list->child(child)->text(QAccessible::Name));
        QCOMPARE(read, QStringList({u"All sessions, 5 sessions"_s, u"Connections"_s,
                                    u"Service a, 5 sessions, up to date"_s,
                                    u"Service b, Connecting…"_s, u"Service c, Connecting…"_s}));
    }

    void everyControlHasAName() { QCOMPARE(namelessControls(*m_sidebar), QStringList()); }
};

QTEST_MAIN(TestSidebar)
#include "tst_sidebar.moc"
