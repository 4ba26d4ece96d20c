#include "ui/viewerwindow.h"

#include "models/agetext.h"
#include "models/session.h"
#include "models/urltext.h"
#include "ui/icons.h"
#include "ui/liveinput.h"
#include "ui/livequestions.h"
#include "ui/livescreen.h"
#include "ui/metrics.h"
#include "ui/sessioncommands.h"
#include "ui/textlabel.h"
#include "ui/viewerbar.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize firstSize(1000, 680);
constexpr auto saidFor = 6s;

} // namespace

ViewerWindow::ViewerWindow(const SessionKey &key, const SessionTableModel &model,
                           const Clock &clock, SessionCommands &commands,
                           const LiveFeedFactory &factory)
    : m_key(key)
    , m_model(model)
    , m_clock(clock)
    , m_commands(commands)
    , m_bar(new ViewerBar)
    , m_screen(new LiveScreen(clock))
    , m_input(new LiveInput(*m_screen, this))
    , m_line(new TextLabel({}, &Theme::text2))
    , m_freshness(new TextLabel({}, &Theme::text2))
{
    setWindowFlag(Qt::Window);
    setAttribute(Qt::WA_DeleteOnClose);
    m_questions = new LiveQuestions(*m_screen);
    buildLayout();
    buildMenu();
    connectBar();
    resize(firstSize);
    m_input->setActive(false);
    m_saidFor.setSingleShot(true);
    connect(&m_saidFor, &QTimer::timeout, this, [this] { say({}); });
    connect(&m_model, &SessionTableModel::rowChanged, this, [this](const SessionKey &changed) {
        if (changed == m_key)
            refresh();
    });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_isLive && !m_model.find(m_key))
            close(); // its connection is not watched any more
    });
    connect(m_input, &LiveInput::controlGivenBack, this, &ViewerWindow::toggleControl);
    connect(m_screen, &LiveScreen::stateChanged, this, [this] {
        // Who is in control is not known any more.
        const LiveState::Kind kind = m_screen->state().kind;
        if (kind == LiveState::Kind::Lost || kind == LiveState::Kind::Ended
            || kind == LiveState::Kind::Refused)
            setViewers({});
        updateLine();
    });
    connect(&m_ticker, &QTimer::timeout, this, &ViewerWindow::updateLine);
    m_ticker.start(500ms);

    const SessionRow *row = m_model.find(m_key);
    LiveFeed *feed = nullptr;
    if (row) {
        feed = factory(*row, LiveRole::Control, m_screen);
        if (!feed)
            feed = factory(*row, LiveRole::Watch, m_screen);
    }
    m_screen->watch(feed);
    followFeed();
    setViewers({});
    refresh();
    m_screen->setFocus();
}

void ViewerWindow::buildLayout()
{
    const Metrics metrics;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_questions);
    layout->addWidget(m_screen, 1);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(metrics.scaled(12), metrics.scaled(4), metrics.scaled(12),
                             metrics.scaled(4));
    m_line->setFont(metrics.font(12));
    m_freshness->setFont(metrics.font(12, QFont::DemiBold));
    line->addWidget(m_line, 1);
    line->addWidget(m_freshness);
    layout->addLayout(line);
}

void ViewerWindow::buildMenu()
{
    auto *menu = new QMenu(this);
    const auto add = [&](const QString &text, const QKeySequence &keys, auto slot) {
        QAction *action = menu->addAction(text);
        action->setShortcut(keys);
        // Of the window, so that the keys work while the menu is closed.
        addAction(action);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    QAction *actual =
        add(tr("Picture at 100 %"), QKeySequence(Qt::CTRL | Qt::Key_0), [this](bool on) {
            m_screen->setScale(on ? LiveScreen::Scale::Actual : LiveScreen::Scale::Fit);
        });
    actual->setCheckable(true);
    add(tr("Full screen"), QKeySequence(Qt::Key_F11),
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    menu->addSeparator();
    add(tr("Copy the picture"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        [this] { copyPicture(); });
    add(tr("Save the picture…"), QKeySequence(Qt::CTRL | Qt::Key_S), [this] { savePicture(); });
    menu->addSeparator();
    add(tr("Copy the session id"), {},
        [this] { m_commands.copy(SessionSnippet::Kind::Id, {m_key}); });
    add(tr("Terminate…"), QKeySequence(Qt::CTRL | Qt::Key_Delete),
        [this] { m_commands.terminateOver(this, {m_key}); });
    add(tr("Close"), QKeySequence(Qt::CTRL | Qt::Key_W), [this] { close(); });
    m_bar->menuButton().setMenu(menu);
}

void ViewerWindow::connectBar()
{
    connect(m_bar, &ViewerBar::controlToggled, this, &ViewerWindow::toggleControl);
    connect(m_bar, &ViewerBar::devToolsClicked, this, [this] { m_commands.openDevTools(m_key); });
    connect(m_bar, &ViewerBar::copyClicked, this,
            [this] { m_commands.copy(SessionSnippet::Kind::LiveViewUrl, {m_key}); });
    connect(m_bar, &ViewerBar::terminateClicked, this,
            [this] { m_commands.terminateOver(this, {m_key}); });
    connect(m_bar, &ViewerBar::pinToggled, this, &ViewerWindow::setKeepsOnTop);
    connect(&m_commands, &SessionCommands::announced, this, [this](const Announcement &what) {
        if (isActiveWindow())
            say(what.text);
    });
}

void ViewerWindow::followFeed()
{
    m_questions->follow();
    LiveFeed *feed = m_screen->feed();
    if (!feed)
        return;
    connect(feed, &LiveFeed::pageChanged, m_bar, &ViewerBar::setPage);
    connect(feed, &LiveFeed::tabsChanged, m_bar, &ViewerBar::setTabs);
    connect(feed, &LiveFeed::viewersChanged, this, &ViewerWindow::setViewers);
    connect(feed, &LiveFeed::refused, this, &ViewerWindow::say);
    connect(feed, &LiveFeed::copied, this, [this](const QString &text) {
        if (!text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
        say(text.isEmpty() ? tr("Nothing is selected in the page") : tr("Copied from the page"));
    });
    connect(feed, &LiveFeed::downloadChanged, this, [this](const LiveDownload &download) {
        const QString name = visibleText(download.name);
        if (download.state == "completed"_L1)
            say(tr("%1 was downloaded").arg(name));
        else if (download.state == "canceled"_L1)
            say(tr("The download of %1 was cancelled").arg(name));
        else if (download.total > 0)
            say(tr("%1: %2 %").arg(name).arg(100 * download.received / download.total));
    });
    connect(m_bar, &ViewerBar::navigated, feed, &LiveFeed::navigate);
    connect(m_bar, &ViewerBar::addressEntered, feed, [this, feed](const QString &url) {
        feed->goTo(url);
        m_screen->setFocus();
    });
    connect(m_bar, &ViewerBar::tabChosen, feed, [this, feed](int tab) {
        if (isInControl())
            feed->activateTab(tab);
        else
            feed->watchTab(tab);
    });
    connect(m_bar, &ViewerBar::tabClosed, feed, &LiveFeed::closeTab);
    connect(m_bar, &ViewerBar::tabWanted, feed, &LiveFeed::openTab);
}

void ViewerWindow::refresh()
{
    const SessionRow *row = m_model.find(m_key);
    if (!row)
        return;
    m_isLive = row->isLive();
    if (row->guard() == Connection::Guard::WatchOnly && isInControl())
        toggleControl();
    m_bar->setRow(*row);
    const QString title = row->pageTitle();
    setWindowTitle(tr("%1 (%2)").arg(title.isEmpty() ? tr("Session") : title,
                                     visibleText(shortId(m_key.sessionId))));
}

void ViewerWindow::toggleControl()
{
    LiveFeed *feed = m_screen->feed();
    if (!feed)
        return;
    if (isInControl())
        feed->giveControlBack();
    else
        feed->takeControl();
}

void ViewerWindow::setViewers(const LiveViewers &viewers)
{
    const bool was = m_viewers.isMine;
    m_viewers = viewers;
    const bool canTake = m_screen->feed() && m_screen->feed()->mayControl();
    m_bar->setControl(viewers, canTake);
    m_questions->setInControl(viewers.isMine);
    if (was != viewers.isMine)
        m_input->setActive(viewers.isMine);
    if (viewers.isMine && !was)
        say(tr("You are in control. Esc gives it back, Shift+Esc is Esc for the page."));
}

void ViewerWindow::setKeepsOnTop(bool on)
{
    if (on == keepsOnTop())
        return;
    const bool wasVisible = isVisible();
    setWindowFlag(Qt::WindowStaysOnTopHint, on);
    m_bar->pin().setChecked(on);
    if (wasVisible)
        show(); // a change of flags hides it
}

bool ViewerWindow::keepsOnTop() const
{
    return (windowFlags() & Qt::WindowStaysOnTopHint) != 0;
}

void ViewerWindow::copyPicture()
{
    if (m_screen->picture().isNull())
        return;
    QGuiApplication::clipboard()->setImage(m_screen->picture());
    say(tr("Picture copied"));
}

void ViewerWindow::savePicture()
{
    // As it is now, whatever is shown when the name has been chosen.
    const QImage picture = m_screen->picture();
    if (picture.isNull())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"png"_s);
    dialog->selectFile(m_key.sessionId.left(12) + ".png"_L1);
    connect(dialog, &QFileDialog::fileSelected, this, [this, picture](const QString &path) {
        say(picture.save(path) ? tr("Saved as %1").arg(path)
                               : tr("%1 cannot be written").arg(path));
    });
    dialog->open();
}

void ViewerWindow::say(const QString &words)
{
    m_said = visibleText(words);
    if (!words.isEmpty())
        m_saidFor.start(saidFor);
    updateLine();
}

void ViewerWindow::updateLine()
{
    const QSize page = m_screen->pageSize();
    QString measures;
    if (!page.isEmpty()) {
        const int percent = qRound(100 * m_screen->pictureRect().width() / page.width());
        measures = tr("Picture %1 × %2, shown at %3 %, %4 a second")
                       .arg(page.width())
                       .arg(page.height())
                       .arg(percent)
                       .arg(m_screen->rate());
    }
    m_line->setText(m_said.isEmpty() ? measures : m_said);
    QString freshness = m_screen->words();
    if (freshness.isEmpty() && m_screen->takenAt().isValid()) {
        const auto age = std::chrono::milliseconds(m_screen->takenAt().msecsTo(m_clock.nowUtc()));
        freshness = m_screen->state().kind == LiveState::Kind::Quiet
                        ? tr("The page is still")
                        : tr("Last frame %1 ago").arg(ageText(age));
    }
    m_freshness->setText(freshness);
}

void ViewerWindow::closeEvent(QCloseEvent *event)
{
    emit closing();
    QWidget::closeEvent(event);
}

} // namespace Anchorwatch
