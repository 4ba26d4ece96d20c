#include "ui/wall.h"

#include "models/agetext.h"
#include "models/watchingurl.h"
#include "ui/emptystate.h"
#include "ui/filterbox.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/sessioncommands.h"
#include "ui/toast.h"
#include "ui/wallbar.h"
#include "ui/wallline.h"
#include "ui/wallview.h"
#include "ui/watchingconsent.h"
#include "ui/windowactions.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QScreen>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize firstSize(1280, 800);

} // namespace

Wall::Wall(const SessionTableModel &model, SessionProxyModel &proxy, const Clock &clock,
           SessionCommands &commands, QLineEdit &filter, const LiveFeedFactory &factory)
    : m_model(model)
    , m_proxy(proxy)
    , m_clock(clock)
    , m_commands(commands)
    , m_stills(new WallStills(model, clock, {}, this))
    , m_view(new WallView(
          *new TileModel(proxy, *m_stills, this), *m_stills,
          [this](const SessionKey &key, TileButton button) { return refusal(key, button); }))
    , m_bar(new WallBar(filter))
    , m_line(new WallLine)
    , m_empty(new EmptyState(m_view->viewport()))
{
    setObjectName(u"wall"_s);
    setWindowTitle(tr("Wall"));
    setMinimumSize(Metrics().scaled(640), Metrics().scaled(360));
    resize(firstSize);
    m_stills->setConsent(m_commands.consent());
    m_stills->setFactory(factory);
    m_stills->setInterval(m_bar->interval());
    buildLayout();
    connectView();
    addKeys();
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        m_view->tick();
        updateLine();
    });
    updateCounts();
    m_view->setFocus();
}

Wall::~Wall() = default;

void Wall::buildLayout()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addSpacing(Metrics().scaled(6));
    layout->addWidget(m_view, 1);
    layout->addWidget(m_line);
    auto *overTiles = new QVBoxLayout(m_view->viewport());
    overTiles->setContentsMargins({});
    overTiles->addWidget(m_empty);
    m_toast = new Toast(*m_view);
}

void Wall::connectView()
{
    connect(m_view, &WallView::sightChanged, this, &Wall::updateSight);
    connect(m_view, &WallView::buttonPressed, this, &Wall::press);
    connect(m_view, &WallView::contextMenuRequested, this, &Wall::showContextMenu);
    connect(m_view, &WallView::copyRequested, this,
            [this](const SessionKey &key) { m_commands.copy(SessionSnippet::Kind::Id, {key}); });
    connect(m_stills, &WallStills::changed, this, &Wall::updateLine);
    connect(m_bar, &WallBar::columnsChosen, m_view, &WallView::setColumns);
    connect(m_bar, &WallBar::intervalChosen, m_stills, &WallStills::setInterval);
    connect(m_bar, &WallBar::pauseToggled, this, &Wall::updateWatching);
    connect(&m_bar->filterBox(), &FilterBox::escapeToTable, m_view,
            qOverload<>(&QWidget::setFocus));
    connect(m_empty, &EmptyState::actionTriggered, &m_bar->filterBox(), &QLineEdit::clear);
    connect(&m_model, &SessionTableModel::countsChanged, this, &Wall::updateCounts);
    connect(&m_proxy, &QAbstractItemModel::rowsInserted, this, &Wall::updateCounts);
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, &Wall::updateCounts);
    connect(&m_commands, &SessionCommands::announced, this, &Wall::announce);
    connect(m_toast, &Toast::actionTriggered, this, [this] {
        if (m_toastAction)
            m_toastAction();
    });
}

void Wall::addKeys()
{
    const auto on = [this](const QKeySequence &keys, auto slot) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    const auto find = [this] { m_bar->filterBox().takeFocus(); };
    on(QKeySequence::Find, find);
    on(Qt::Key_Slash, find);
    for (const QKeySequence &keys :
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), QKeySequence(Qt::CTRL | Qt::Key_W)})
        on(keys, [this] { close(); });
}

WallState Wall::state() const
{
    WallState state;
    state.geometry = normalGeometry();
    state.columns = m_bar->columns();
    state.every = m_bar->interval();
    return state;
}

void Wall::restore(const WallState &state)
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    const bool onScreen = std::any_of(screens.cbegin(), screens.cend(), [&](const QScreen *screen) {
        return screen->geometry().intersects(state.geometry);
    });
    if (onScreen)
        setGeometry(state.geometry);
    m_bar->setColumns(state.columns);
    m_bar->setInterval(state.every);
}

bool Wall::isWatched() const
{
    return isVisible() && !isMinimized();
}

QString Wall::refusal(const SessionKey &key, TileButton button) const
{
    switch (button) {
    case TileButton::Watch:
        return m_commands.watchRefusal({key});
    case TileButton::OpenDevTools:
        return m_commands.devToolsRefusal({key});
    case TileButton::Terminate:
        return m_commands.terminateRefusal({key});
    case TileButton::Show:
        break;
    }
    return {};
}

void Wall::press(const SessionKey &key, TileButton button)
{
    if (const QString why = refusal(key, button); !why.isEmpty()) {
        announce({u"warning"_s, why, {}, {}});
        return;
    }
    switch (button) {
    case TileButton::Watch:
        emit watchRequested(key);
        break;
    case TileButton::OpenDevTools:
        m_commands.openDevTools(key);
        break;
    case TileButton::Terminate:
        m_commands.terminateOver(this, {key});
        break;
    case TileButton::Show:
        m_commands.consent().show(key);
        break;
    }
}

// The menu is about the session it was opened on, wherever its tile goes meanwhile.
void Wall::showContextMenu(const SessionKey &key, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"wallMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](TileButton button, const QKeySequence &keys) {
        QAction *action =
            menu->addAction(themedIcon(tileButtonIcon(button)), tileButtonText(button));
        action->setShortcut(keys);
        setActionRefusal(*action, refusal(key, button));
        connect(action, &QAction::triggered, this, [this, key, button] { press(key, button); });
    };
    add(TileButton::Watch, Qt::Key_Return);
    add(TileButton::OpenDevTools, QKeySequence(Qt::CTRL | Qt::Key_Return));
    if (!m_stills->stillOf(key).cost.isEmpty())
        add(TileButton::Show, Qt::Key_Space);
    menu->addSeparator();
    addCopies(*menu, key);
    menu->addSeparator();
    add(TileButton::Terminate, QKeySequence::Delete);
    menu->popup(globalPosition);
}

void Wall::addCopies(QMenu &menu, const SessionKey &key)
{
    using Kind = SessionSnippet::Kind;
    const auto add = [&](Kind kind, const QString &text) {
        QAction *action = menu.addAction(text);
        setActionRefusal(*action, m_commands.copyRefusal(kind, {key}));
        connect(action, &QAction::triggered, &m_commands,
                [this, kind, key] { m_commands.copy(kind, {key}); });
        return action;
    };
    QAction *id = add(Kind::Id, tr("Copy the session id"));
    id->setIcon(themedIcon(u"copy"_s));
    id->setShortcut(QKeySequence::Copy);
    add(Kind::LiveViewUrl, tr("Copy the live view address"));
    add(Kind::CdpUrl, tr("Copy the CDP address"));
}

void Wall::announce(const Announcement &announcement)
{
    if (!isWatched())
        return;
    m_toastAction = announcement.action;
    m_toast->showContent({announcement.icon, announcement.text, announcement.actionText});
}

void Wall::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        updateWatching();
}

void Wall::closeEvent(QCloseEvent *event)
{
    emit closing();
    QWidget::closeEvent(event);
}

void Wall::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateWatching();
}

void Wall::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateWatching();
}

void Wall::updateWatching()
{
    using Watching = WallStills::Watching;
    const bool paused = m_bar->isPaused();
    if (paused != m_pausedAt.isValid())
        m_pausedAt = paused ? m_clock.nowUtc() : QDateTime();
    if (!isWatched()) {
        m_ticker.stop();
        m_stills->setWatching(Watching::Hidden);
    } else {
        m_ticker.start(1s);
        m_stills->setWatching(paused ? Watching::Paused : Watching::Yes);
    }
    updateLine();
    emit watchedChanged();
}

void Wall::updateSight()
{
    const QList<SessionKey> keys = m_view->keysOnScreen();
    m_stills->setOnScreen(keys, m_view->pictureWidth());
    updateLine();
    QList<SessionKey> wanted;
    for (const SessionKey &key : keys) {
        const SessionRow *row = m_model.find(key);
        const bool lacks = row && row->isLive() && row->canBeAskedFor()
                           && row->state() != RowState::Kind::Starting
                           && watchingUrl(*row).isEmpty();
        if (lacks)
            wanted.append(key);
    }
    if (!wanted.isEmpty())
        emit detailsWanted(wanted);
}

void Wall::updateCounts()
{
    const int all = m_model.rowCount();
    const int shown = m_proxy.rowCount();
    m_bar->setCounts(shown, all);
    if (shown == 0) {
        EmptyContent content;
        content.icon = u"wall"_s;
        content.heading = all == 0 ? tr("No sessions yet") : tr("No session matches");
        content.sentence = all == 0 ? tr("They appear here as soon as there are some.")
                                    : tr("All sessions are hidden by the filter.");
        content.action = all == 0 ? QString() : tr("Clear filter");
        m_empty->setContent(content);
    }
    m_empty->setVisible(shown == 0);
}

void Wall::updateLine()
{
    if (m_pausedAt.isValid()) {
        m_line->setFreshness(tr("Paused since %1").arg(secondText(m_pausedAt)),
                             WallLine::Tone::Warning);
        return;
    }
    if (const auto oldest = m_stills->oldestFresh()) {
        m_line->setFreshness(tr("Stills %1 old").arg(ageText(*oldest)), WallLine::Tone::Good);
        return;
    }
    const QList<SessionKey> &keys = m_stills->onScreen();
    const bool any = std::any_of(keys.cbegin(), keys.cend(), [this](const SessionKey &key) {
        return !m_stills->stillOf(key).picture.isNull();
    });
    m_line->setFreshness(any ? tr("All stills are old") : tr("No stills yet"),
                         any ? WallLine::Tone::Warning : WallLine::Tone::Waiting);
}

} // namespace Anchorwatch
