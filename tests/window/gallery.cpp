// Paints the session table and what stands around it into PNG files, one a state, to be looked at.
//   gallery FOLDER [--dark] [--scale N]

#include "tests/fakes/fakelivefeed.h"
#include "tests/window/samplepages.h"
#include "tests/window/samplerows.h"
#include "tests/window/widgetfinder.h"
#include "ui/anchorwatchstyle.h"
#include "ui/connectiondialog.h"
#include "ui/icons.h"
#include "ui/removeconnectiondialog.h"
#include "ui/sessioncommands.h"
#include "ui/sessionheader.h"
#include "ui/sessionpane.h"
#include "ui/sessionview.h"
#include "ui/sidebar.h"
#include "ui/theme.h"
#include "ui/toast.h"
#include "ui/viewerwindow.h"
#include "ui/wall.h"
#include "ui/wallview.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include <limits>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Sample
{
    QString id;
    SessionStatus status;
    QString title;
    QString url;
    QString profile;
    bool persist;
    std::chrono::seconds age;
};

const QList<Sample> &samples()
{
    using Kind = SessionStatus::Kind;
    static const QList<Sample> all{
        {u"3f9c0000-0000-a1d2"_s, Kind::Starting, {}, u"about:blank"_s, {}, false, 4s},
        {u"7d7b0000-0000-35c9"_s, Kind::Running, u"Checkout: payment"_s,
         u"https://shop.example.com/checkout/payment"_s, u"checkout-buyer"_s, true, 2min},
        {u"b04e0000-0000-91f7"_s, Kind::Running, u"Orders, open (124)"_s,
         u"https://admin.example.com/orders?status=open"_s, u"ops-desk"_s, false, 6min},
        {u"51c20000-0000-8ae0"_s,
         Kind::Running,
         u"Sign in"_s,
         u"https://accounts.example.org/login?next=/home"_s,
         {},
         false,
         9min},
        {u"e6a00000-0000-7b14"_s, Kind::Running, u"Quarterly report, draft 3"_s,
         u"https://docs.example.com/d/quarterly-report"_s, u"writer"_s, true, 11min},
        {u"c81f0000-0000-0e55"_s,
         Kind::Idle,
         u"Search: oak table"_s,
         u"https://shop.example.com/search?q=oak+table"_s,
         {},
         false,
         22min},
        {u"2aa90000-0000-d670"_s, Kind::Running, u"Fulfilment dashboard"_s,
         u"https://admin.example.com/fulfilment"_s, u"ops-desk"_s, false, 27min},
        {u"f17c0000-0000-4e03"_s, Kind::Running, u"Product: walnut desk, 140 cm"_s,
         u"https://shop.example.com/p/walnut-desk-140"_s, u"checkout-buyer"_s, true, 34min},
        {u"8b600000-0000-d21a"_s,
         Kind::Idle,
         u"Booking: choose dates"_s,
         u"https://travel.example.org/book?from=OSL"_s,
         {},
         false,
         41min},
        {u"4cd90000-0000-e8b2"_s, Kind::Error, {}, {}, {}, false, 52min},
        {u"d35b0000-0000-07aa"_s, Kind::Running, u"Refund 20418"_s,
         u"https://admin.example.com/refunds/20418"_s, u"ops-desk"_s, false, 66min},
        {u"0e770000-0000-18c4"_s, Kind::Stopped, u"Release notes"_s,
         u"https://docs.example.com/release-notes"_s, u"writer"_s, true, 140min},
        {u"a9f60000-0000-c37d"_s,
         Kind::Running,
         u"Map of stations"_s,
         u"https://map.example.org/stations"_s,
         {},
         false,
         192min},
    };
    return all;
}

Session sessionOf(const Sample &sample)
{
    Session session;
    session.id = sample.id;
    session.status = sample.status;
    session.title = sample.title;
    session.currentUrl = sample.url;
    session.profileName = sample.profile;
    session.persist = sample.persist;
    session.cdpUrl =
        u"ws://127.0.0.1:38211/devtools/browser/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"_s;
    session.liveViewUrl = u"http://127.0.0.1:41200/live/%1/3f2a9c7d5e1b4a8f6c0d"_s.arg(sample.id);
    if (sample.status.kind() == SessionStatus::Kind::Error)
        session.error = u"Browser did not start: no space left on device"_s;
    return session;
}

Connection connectionOf(const QString &id, const QString &name, const QString &badge,
                        Connection::Color color)
{
    Connection connection;
    connection.id = id;
    connection.name = name;
    connection.badge = badge;
    connection.color = color;
    return connection;
}

QList<Connection> fourConnections()
{
    using Color = Connection::Color;
    QList<Connection> all{
        connectionOf(u"local"_s, u"Local"_s, u"LO"_s, Color::Slate),
        connectionOf(u"staging"_s, u"Anchor staging"_s, u"ST"_s, Color::Teal),
        connectionOf(u"production"_s, u"Anchor production"_s, u"PR"_s, Color::Red),
        connectionOf(u"grid"_s, u"Selenium Grid"_s, u"SG"_s, Color::Violet)};
    all[2].guard = Connection::Guard::Protected;
    return all;
}

// The samples are dealt out to the connections.
SessionKey keyAt(int at)
{
    const QList<Connection> all = fourConnections();
    return {all.at(at % all.size()).id, samples().at(at).id};
}

void fill(SampleRows &rows)
{
    rows.model().setConnections(fourConnections());
    for (int at = 0; at < samples().size(); ++at) {
        Session session = sessionOf(samples().at(at));
        session.createdAt = rows.clock().nowUtc().addSecs(-samples().at(at).age.count());
        const bool isAnchor = at % 4 == 1 || at % 4 == 2;
        if (isAnchor) {
            session.tags = {u"ci"_s, u"checkout"_s};
            session.figures = {{SessionFigure::Kind::Duration, 60.0 * at},
                               {SessionFigure::Kind::TimeLimit, 1200},
                               {SessionFigure::Kind::IdleLimit,
                                at % 4 == 1 ? 300 : std::numeric_limits<double>::infinity()},
                               {SessionFigure::Kind::Steps, 7.0 * at},
                               {SessionFigure::Kind::Credits, 1.25 * at},
                               {SessionFigure::Kind::ProxyTraffic, 102400.0 * at * at}};
        }
        rows.model().updateSession(keyAt(at).connectionId, session);
    }
}

// The states that a table in trouble shows.
void trouble(SampleRows &rows)
{
    using Phase = Termination::Phase;
    using Profile = Termination::Profile;
    Termination termination;
    termination.phase = Phase::Terminating;
    rows.model().setTerminations({{keyAt(1), termination}});
    termination.phase = Phase::Gone;
    termination.took = 2100ms;
    termination.proofs = Termination::Proof::IdUnknown;
    rows.model().setTerminations({{keyAt(2), termination}});
    termination.took = 900ms;
    termination.profile = Profile::Saved;
    rows.model().setTerminations({{keyAt(4), termination}});
    termination.profile = Profile::NotSaved;
    rows.model().setTerminations({{keyAt(10), termination}});
    termination = {};
    termination.phase = Phase::StillRunning;
    termination.reason = u"still listed after 10 s"_s;
    rows.model().setTerminations({{keyAt(7), termination}});
    Session odd;
    odd.id = u"?1"_s;
    odd.malformed = u"Session without an id in the answer"_s;
    rows.add(odd, 200min);
    rows.model().setStaleSince(u"grid"_s, rows.clock().nowUtc());
}

class Gallery
{
public:
    explicit Gallery(const QString &folder, const QString &theme)
        : m_folder(folder)
        , m_theme(theme)
    {
    }

    void save(QWidget &widget, const QString &name) const
    {
        widget.show();
        QApplication::setActiveWindow(&widget);
        QTest::qWait(50);
        widget.grab().save(QDir(m_folder).filePath(u"%1-%2.png"_s.arg(name, m_theme)));
    }

private:
    QString m_folder;
    QString m_theme;
};

void paintTable(const Gallery &gallery, const QString &name, const QSize &size)
{
    SampleRows rows;
    fill(rows);
    auto *view = new SessionView(rows.proxy());
    SessionPane pane(view);
    pane.resize(size);
    view->selectRow(1);
    pane.show();
    QTest::mouseMove(view->viewport(), QPoint(300, 6 * 32 + 10));
    gallery.save(pane, name);
}

// With everything that the header's menu offers.
void paintAllColumns(const Gallery &gallery)
{
    SampleRows rows;
    fill(rows);
    SessionView view(rows.proxy());
    TableLayout layout = view.header().tableLayout();
    for (ColumnLayout &column : layout.columns)
        column.visible = true;
    view.header().setTableLayout(layout);
    view.resize(2200, 484);
    view.show();
    view.selectRow(1);
    gallery.save(view, u"all-columns"_s);
}

void paintViewer(const Gallery &gallery)
{
    SampleRows rows;
    fill(rows);
    FakeLiveFeeds feeds;
    QWidget owner;
    const ConnectionListModel list;
    SessionCommands commands(
        rows.model(), list, rows.clock(), [](const QUrl &) { return true; }, &owner);
    ViewerWindow viewer(keyAt(2), rows.model(), rows.clock(), commands, feeds.factory());
    viewer.resize(900, 640);
    viewer.show();
    if (FakeLiveFeed *feed = feeds.of(samples().at(2).id))
        feed->sendPicture(SamplePages::page(5));
    QTest::qWait(1200);
    gallery.save(viewer, u"viewer"_s);
}

void paintStates(const Gallery &gallery)
{
    SampleRows rows;
    fill(rows);
    trouble(rows);
    auto *view = new SessionView(rows.proxy());
    SessionPane pane(view);
    pane.resize(1064, 700);
    pane.setBanner(
        BannerContent{BannerContent::Tone::Warning,
                      u"warning"_s,
                      u"Selenium Grid cannot be reached since 14:02:09."_s,
                      u"Connection refused. Its 3 rows are from then. Next try in 8 s."_s,
                      {u"Try now"_s}});
    pane.show();
    QApplication::setActiveWindow(&pane);
    view->setFocus(Qt::TabFocusReason);
    const QModelIndex stuck = rows.proxy().indexOf(keyAt(7), SessionColumn::Age);
    view->setCurrentIndex(stuck);
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_Right);
    view->clearSelection();
    view->selectionModel()->select(rows.proxy().index(6, 0),
                                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
    Toast toast(pane);
    toast.showContent(
        {u"external"_s, u"Opened Fulfilment dashboard in your browser"_s, u"Copy link"_s});
    gallery.save(pane, u"states"_s);
}

void paintPlaceholders(const Gallery &gallery)
{
    SampleRows rows;
    auto *view = new SessionView(rows.proxy());
    SessionPane pane(view);
    pane.resize(1064, 700);
    pane.showSkeleton();
    gallery.save(pane, u"loading"_s);
    pane.showEmpty(
        {{},
         u"No sessions yet"_s,
         u"Start a browser on this machine, or add the service where yours already run."_s,
         u"Start a session"_s,
         u"session-new"_s,
         ControlKind::Primary});
    gallery.save(pane, u"empty"_s);
    pane.showNoMatch({u"filter"_s,
                      u"No session matches"_s,
                      u"80 sessions are hidden by the filter \"tag:nightly oak\"."_s,
                      u"Clear filter"_s,
                      {},
                      ControlKind::Plain});
    gallery.save(pane, u"no-match"_s);
}

void paintNotices(const Gallery &gallery)
{
    using Tone = BannerContent::Tone;
    const QList<BannerContent> banners{
        {Tone::Warning,
         u"warning"_s,
         u"Selenium Grid cannot be reached since 14:02:09."_s,
         u"Connection refused. Its 3 rows are from then. Next try in 8 s."_s,
         {u"Try now"_s}},
        {Tone::Problem,
         u"error"_s,
         u"The local service stopped."_s,
         u"Starting it again, next try in 4 s. Its browsers keep running."_s,
         {u"Show log"_s, u"Try now"_s}},
        {Tone::Information,
         u"info"_s,
         u"Watching counts as activity."_s,
         u"This session does not reach its 5 min idle limit while it is watched."_s,
         {u"Got it"_s}},
    };
    QWidget board;
    board.setPalette(Theme::of(board.palette()).palette());
    board.resize(1064, 300);
    int y = 16;
    for (const BannerContent &content : banners) {
        auto *banner = new Banner(&board);
        banner->setContent(content);
        banner->setGeometry(0, y, board.width(), 38);
        y += 52;
    }
    Toast toast(board);
    toast.showContent({u"copy"_s, u"CDP address copied, cleared in 60 s"_s, u"Clear now"_s});
    gallery.save(board, u"notices"_s);
}

// What the feeds that ask for pictures get: drawn pages, and each kind of trouble once.
void feed(const FakeLiveFeeds &feeds)
{
    int n = 0;
    for (const Sample &sample : samples()) {
        FakeLiveFeed *feed = feeds.of(sample.id);
        ++n;
        if (!feed || !feed->demand.isVisible || feed->lastSerial > 0)
            continue;
        if (n == 6) {
            feed->sendState(LiveState::Kind::Refused, u"Watching is not allowed on this host"_s);
            continue;
        }
        feed->sendPicture(SamplePages::page(n + 3));
        if (n == 4)
            feed->sendState(LiveState::Kind::Lost);
        if (n == 8)
            feed->sendState(LiveState::Kind::Crashed);
    }
}

void paintWall(const Gallery &gallery, const QString &name, int columns)
{
    SampleRows rows;
    fill(rows);
    Session without = sessionOf(samples().at(0));
    without.id = u"5d1e0000-0000-77aa"_s;
    without.title = u"A session of a service without live views"_s;
    without.status = SessionStatus::Kind::Running;
    without.liveViewUrl.clear();
    rows.add(without, 1min);
    FakeLiveFeeds feeds;
    QWidget owner;
    const ConnectionListModel list;
    SessionCommands commands(
        rows.model(), list, rows.clock(), [](const QUrl &) { return true; }, &owner);
    QLineEdit filter;
    Wall wall(rows.model(), rows.proxy(), rows.clock(), commands, filter, feeds.factory());
    wall.restore({{0, 0, 1280, 800}, columns, 5s});
    wall.show();
    QApplication::setActiveWindow(&wall);
    for (int i = 0; i < 20; ++i) {
        QTest::qWait(20);
        feed(feeds);
    }
    rows.clock().advance(3s);
    wall.view().setCurrentIndex(wall.view().model()->index(1, 0));
    QTest::keyClick(&wall.view(), Qt::Key_Right);
    QTest::keyClick(&wall.view(), Qt::Key_Left);
    const QRect tile = wall.view().visualRect(wall.view().model()->index(4, 0));
    QTest::mouseMove(wall.view().viewport(), tile.center());
    QTest::mouseMove(wall.view().viewport(),
                     wall.view().buttonRect(keyAt(4), TileButton::OpenDevTools).center());
    QTest::qWait(1200);
    gallery.save(wall, name);
}

void addForm(QWidget *page)
{
    auto *form = new QFormLayout(page);
    auto *where = new QComboBox;
    where->addItems({u"Local, this machine"_s, u"Elsewhere"_s});
    form->addRow(u"Where"_s, where);
    form->addRow(u"Start page"_s, new QLineEdit(u"shop.example.com"_s));
    auto *wrong = new QLineEdit(u"check out/2"_s);
    setFieldState(*wrong, FieldState::Wrong);
    form->addRow(u"Profile"_s, wrong);
    auto *readOnly = new QLineEdit(u"wss://connect.example/?key=••••"_s);
    readOnly->setReadOnly(true);
    form->addRow(u"CDP"_s, readOnly);
    auto *disabled = new QLineEdit(u"cannot be changed"_s);
    disabled->setEnabled(false);
    form->addRow(u"Disabled"_s, disabled);
    auto *search = new QLineEdit;
    search->setPlaceholderText(u"Filter: words, tag:ci, status:idle, age>30m"_s);
    search->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    search->setClearButtonEnabled(true);
    form->addRow(u"Filter"_s, search);
    auto *check = new QCheckBox(u"Save cookies and storage to this profile when it ends"_s);
    check->setChecked(true);
    form->addRow({}, check);
    form->addRow({}, new QCheckBox(u"Not checked"_s));
    auto *radio = new QRadioButton(u"One of several"_s);
    radio->setChecked(true);
    form->addRow({}, radio);
    auto *spin = new QSpinBox;
    spin->setSuffix(u" min"_s);
    spin->setValue(20);
    spin->setFixedWidth(92);
    form->addRow(u"Ends"_s, spin);
    auto *buttons = new QHBoxLayout;
    const auto addButton = [&](const QString &words, ControlKind kind, bool enabled) {
        auto *button = new QPushButton(words);
        setControlKind(*button, kind);
        button->setEnabled(enabled);
        buttons->addWidget(button);
        return button;
    };
    buttons->addStretch();
    addButton(u"Cancel"_s, ControlKind::Plain, true)->setDefault(true);
    addButton(u"Disabled"_s, ControlKind::Plain, false);
    addButton(u"Small"_s, ControlKind::Small, true);
    addButton(u"Flat"_s, ControlKind::Flat, true);
    addButton(u"New session"_s, ControlKind::Primary, true)->setIcon(themedIcon(u"session-new"_s));
    addButton(u"Start session"_s, ControlKind::Primary, false);
    addButton(u"Terminate 4 sessions"_s, ControlKind::Danger, true);
    form->addRow(buttons);
}

void paintControls(const Gallery &gallery)
{
    QMainWindow window;
    window.resize(900, 560);
    for (const auto &title : {u"Session"_s, u"View"_s, u"Tools"_s, u"Help"_s})
        window.menuBar()->addMenu(title);
    QToolBar *bar = window.addToolBar(u"Tools"_s);
    bar->setMovable(false);
    auto *create = new QToolButton;
    create->setText(u"New session"_s);
    create->setIcon(themedIcon(u"session-new"_s));
    create->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setControlKind(*create, ControlKind::Primary);
    bar->addWidget(create);
    bar->addAction(themedIcon(u"refresh"_s), u"Refresh"_s);
    bar->addSeparator();
    QAction *off = nullptr;
    for (const auto &[icon, text] :
         {std::pair(u"live-view"_s, u"Live view"_s), std::pair(u"devtools"_s, u"DevTools"_s),
          std::pair(u"terminate"_s, u"Terminate…"_s)}) {
        off = bar->addAction(themedIcon(icon), text);
        qobject_cast<QToolButton *>(bar->widgetForAction(off))
            ->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    off->setEnabled(false);
    QAction *details = bar->addAction(themedIcon(u"details-bottom"_s), u"Details"_s);
    details->setCheckable(true);
    details->setChecked(true);
    auto *page = new QWidget;
    addForm(page);
    window.setCentralWidget(page);
    gallery.save(window, u"controls"_s);
}

void paintMenu(const Gallery &gallery)
{
    QMenu menu;
    menu.addAction(themedIcon(u"live-view"_s), u"Open 3 live views"_s,
                   QKeySequence(Qt::Key_Return));
    menu.addAction(themedIcon(u"devtools"_s), u"Open DevTools (one session only)"_s,
                   QKeySequence(Qt::CTRL | Qt::Key_Return))
        ->setEnabled(false);
    menu.addSeparator();
    menu.addMenu(themedIcon(u"copy"_s), u"Copy"_s)->addAction(u"Session ID"_s);
    menu.addSeparator();
    QAction *terminate = menu.addAction(themedIcon(u"terminate"_s), u"Terminate 3 sessions…"_s,
                                        QKeySequence(QKeySequence::Delete));
    menu.addAction(themedIcon(u"info"_s), u"Show details"_s)->setCheckable(true);
    menu.popup({0, 0});
    menu.setActiveAction(terminate);
    gallery.save(menu, u"menu"_s);

    SampleRows rows;
    SessionView view(rows.proxy());
    QMenu columns;
    view.header().addColumnActions(columns);
    columns.popup({0, 0});
    gallery.save(columns, u"columns"_s);
}

// All states of a connection, and what a guard adds.
void fillConnections(ConnectionListModel &model, const FakeClock &clock)
{
    using Color = Connection::Color;
    using Guard = Connection::Guard;
    using Kind = Connection::Kind;
    QList<Connection> connections;
    const auto add = [&](const QString &name, const QString &badge, Kind kind, Color color,
                         Guard guard = Guard::Normal) {
        Connection connection;
        connection.id = QString::number(connections.size());
        connection.name = name;
        connection.badge = badge;
        connection.kind = kind;
        connection.baseUrl = QUrl(u"https://service.example"_s);
        connection.color = color;
        connection.guard = guard;
        connections.append(connection);
    };
    add(u"Local"_s, u"LO"_s, Kind::Local, Color::Slate);
    add(u"Anchor staging"_s, u"ST"_s, Kind::Anchor, Color::Teal);
    add(u"Anchor production"_s, u"PR"_s, Kind::Anchor, Color::Red, Guard::Protected);
    add(u"Selenium Grid"_s, u"SG"_s, Kind::Grid, Color::Violet);
    add(u"Team desk"_s, u"TD"_s, Kind::DevTools, Color::Amber, Guard::WatchOnly);
    add(u"Nightly grid"_s, u"NG"_s, Kind::Grid, Color::Pink);
    add(u"Anchor of the whole company"_s, u"CO"_s, Kind::Anchor, Color::Blue, Guard::Protected);
    add(u"Just added"_s, u"JA"_s, Kind::Service, Color::Green, Guard::Protected);
    add(u"Old one"_s, u"OO"_s, Kind::Service, Color::Blue);
    connections.last().enabled = false;
    model.setConnections(connections);
    const auto health = [&](int at, std::chrono::seconds age, int live) {
        ConnectionHealth good;
        good.lastGood = clock.nowUtc().addSecs(-age.count());
        good.lastGoodElapsed = clock.elapsed() - age;
        model.setHealth(QString::number(at), good);
        model.setLiveCount(QString::number(at), live);
        return good;
    };
    health(0, 1s, 5);
    health(1, 2s, 38);
    health(2, 2s, 34);
    health(3, 2s, 3);
    model.setNote(u"3"_s, u"3 of 8 slots, 0 waiting"_s);
    health(4, 1s, 1);
    ConnectionHealth bad = health(5, 90s, 7);
    bad.misses = 3;
    bad.fault = Fault{Fault::Kind::Unreachable, u"Connection refused."_s, {}, {}};
    model.setHealth(u"5"_s, bad);
    bad.fault->kind = Fault::Kind::Refused;
    model.setLiveCount(u"6"_s, 1204);
    model.setHealth(u"6"_s, bad);
}

void paintSidebar(const Gallery &gallery)
{
    FakeClock clock;
    clock.advance(1h);
    ConnectionListModel model;
    fillConnections(model, clock);
    Sidebar sidebar(model, clock);
    sidebar.setTotal(80);
    sidebar.resize(sidebar.width(), 520);
    sidebar.show();
    QWidget *rows = sidebar.findChild<QAbstractItemView *>()->viewport();
    QTest::mouseMove(rows, QPoint(100, 64 + 46 + 20));
    gallery.save(sidebar, u"sidebar"_s);
    sidebar.setCurrent(u"2"_s);
    QTest::keyClick(rows->parentWidget(), Qt::Key_Up);
    QTest::keyClick(rows->parentWidget(), Qt::Key_Down);
    gallery.save(sidebar, u"sidebar-focus"_s);
    sidebar.setRail(true);
    gallery.save(sidebar, u"sidebar-rail"_s);
}

void paintConnectionDialog(const Gallery &gallery, const QString &kind, const QString &name)
{
    ConnectionDialog dialog;
    buttonNamed(dialog, kind)->click();
    controlNamed<QLineEdit>(dialog, u"Name"_s)->setText(name);
    gallery.save(dialog, u"connection-"_s + kind.section(u' ', 0, 0).remove(u',').toLower());
}

void paintConnectionDialogs(const Gallery &gallery)
{
    for (const auto &[kind, name] : {std::pair(u"Local, browsers of this machine"_s, u"Local"_s),
                                     std::pair(u"Sessions service"_s, u"Team desk"_s),
                                     std::pair(u"Anchor API"_s, u"Anchor production"_s),
                                     std::pair(u"Selenium Grid"_s, u"Selenium Grid"_s),
                                     std::pair(u"DevTools endpoint of a browser"_s, u"Browser"_s)})
        paintConnectionDialog(gallery, kind, name);

    ConnectionDialog tested;
    buttonNamed(tested, u"Anchor API"_s)->click();
    controlNamed<QLineEdit>(tested, u"Name"_s)->setText(u"Anchor production"_s);
    controlNamed<QLineEdit>(tested, u"API key"_s)->setText(u"an API key of 24 letters"_s);
    buttonNamed(tested, u"Red"_s)->click();
    buttonNamed(tested, u"Protected"_s)->click();
    buttonNamed(tested, u"Test"_s)->click();
    gallery.save(tested, u"connection-testing"_s);
    tested.showTestResult(true, u"Reached in 142 ms"_s,
                          u"34 live sessions. The account key is part of every CDP address: it is "
                          "masked, and copying one asks first."_s);
    gallery.save(tested, u"connection-good"_s);
    buttonNamed(tested, u"Test again"_s)->click();
    tested.showTestResult(false, u"The key was refused"_s,
                          u"api.anchorbrowser.io answered 401. Check that the key is of this "
                          "account and has not been replaced."_s);
    gallery.save(tested, u"connection-bad"_s);

    ConnectionDialog without;
    without.setKeychainProblem(u"There is no D-Bus session."_s);
    buttonNamed(without, u"Selenium Grid"_s)->click();
    controlNamed<QLineEdit>(without, u"Name"_s)->setText(u"Nightly grid"_s);
    controlNamed<QLineEdit>(without, u"Address"_s)->setText(u"http://grid.example:4444"_s);
    controlNamed<QLineEdit>(without, u"User"_s)->setText(u"nightly"_s);
    controlNamed<QLineEdit>(without, u"Password"_s)->setText(u"a password"_s);
    gallery.save(without, u"connection-no-keychain"_s);
    auto *where = controlNamed<QComboBox>(without, u"Where it is kept"_s);
    where->setCurrentIndex(1);
    controlNamed<QLineEdit>(without, u"Environment variable"_s)->setText(u"1 NO NAME"_s);
    controlNamed<QLineEdit>(without, u"Address"_s)->setText(u"grid.example:4444"_s);
    buttonNamed(without, u"Add connection"_s)->click();
    gallery.save(without, u"connection-variable"_s);

    Connection edited;
    edited.id = u"1"_s;
    edited.name = u"Anchor staging"_s;
    edited.badge = u"ST"_s;
    edited.kind = Connection::Kind::Anchor;
    edited.baseUrl = QUrl(u"https://api.anchorbrowser.io"_s);
    edited.color = Connection::Color::Teal;
    edited.secret.store = SecretReference::Store::Keychain;
    ConnectionDialog edit(edited);
    gallery.save(edit, u"connection-edit"_s);
    RemoveConnectionDialog remove(edited, 38);
    gallery.save(remove, u"connection-remove"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (qstrcmp(argv[i], "--scale") == 0)
            qputenv("QT_SCALE_FACTOR", argv[i + 1]);
    }
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOption({u"dark"_s, u"The dark theme."_s});
    parser.addOption({u"scale"_s, u"Device pixels a pixel."_s, u"N"_s, u"1"_s});
    parser.addPositionalArgument(u"folder"_s, u"Where the pictures go."_s);
    parser.process(app);
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
    QApplication::setStyle(new AnchorwatchStyle);
    const bool dark = parser.isSet(u"dark"_s);
    QApplication::setPalette((dark ? Theme::dark() : Theme::light()).palette());

    const Gallery gallery(parser.positionalArguments().value(0, u"."_s),
                          dark ? u"dark"_s : u"light"_s);
    paintTable(gallery, u"main"_s, {1064, 484});
    paintTable(gallery, u"narrow"_s, {748, 400});
    paintTable(gallery, u"wide"_s, {1576, 600});
    paintAllColumns(gallery);
    paintStates(gallery);
    paintPlaceholders(gallery);
    paintNotices(gallery);
    paintWall(gallery, u"wall"_s, 3);
    paintWall(gallery, u"wall-5"_s, 5);
    paintViewer(gallery);
    paintControls(gallery);
    paintMenu(gallery);
    paintSidebar(gallery);
    paintConnectionDialogs(gallery);
    return 0;
}
