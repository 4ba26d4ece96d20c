#include "ui/viewerbar.h"

#include "models/sessioncells.h"
#include "models/urltext.h"
#include "ui/connectionmark.h"
#include "ui/controlkind.h"
#include "ui/elidedlabel.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/statemark.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

void setRefusal(QWidget &button, const QString &refusal)
{
    button.setEnabled(refusal.isEmpty());
    button.setToolTip(refusal.toHtmlEscaped());
    button.setAccessibleDescription(refusal);
}

QPushButton *flatButton(const QString &icon, const QString &text)
{
    auto *button = new QPushButton(themedIcon(icon), text);
    setControlKind(*button, ControlKind::Flat);
    return button;
}

QToolButton *tool(const QString &icon, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace

ViewerBar::ViewerBar(QWidget *parent)
    : QWidget(parent)
{
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    m_tabs = new QTabBar;
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setAccessibleName(tr("Tabs of the session"));
    m_newTab = tool(u"session-new"_s, tr("Open a tab"));
    m_tabLine = new QWidget;
    auto *tabLayout = new QHBoxLayout(m_tabLine);
    const int edge = Metrics().scaled(12);
    tabLayout->setContentsMargins(edge, 0, edge, 0);
    tabLayout->addWidget(m_tabs);
    tabLayout->addWidget(m_newTab);
    tabLayout->addStretch();
    layout->addWidget(m_tabLine);
    m_navigation = buildNavigation();
    layout->addWidget(m_navigation);
    connect(m_tabs, &QTabBar::currentChanged, this,
            [this](int index) { emit tabChosen(m_tabs->tabData(index).toInt()); });
    connect(m_tabs, &QTabBar::tabCloseRequested, this,
            [this](int index) { emit tabClosed(m_tabs->tabData(index).toInt()); });
    connect(m_newTab, &QToolButton::clicked, this, &ViewerBar::tabWanted);
    updateShown();
}

QWidget *ViewerBar::buildHead()
{
    const Metrics metrics;
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(metrics.scaled(12), metrics.scaled(6), metrics.scaled(8),
                               metrics.scaled(6));
    layout->setSpacing(metrics.scaled(10));
    m_state = new StateMark;
    m_title = new ElidedLabel({}, &Theme::text);
    m_title->setFont(metrics.font(13, QFont::DemiBold));
    m_place = new ElidedLabel({}, &Theme::text3);
    m_place->setFont(metrics.font(12));
    m_badge = new TextLabel({}, &Theme::text2);
    m_control = new QPushButton;
    setControlKind(*m_control, ControlKind::Small);
    m_devTools = flatButton(u"devtools"_s, tr("DevTools"));
    m_copy = flatButton(u"copy"_s, tr("Copy link"));
    m_terminate = flatButton(u"terminate"_s, tr("Terminate…"));
    m_pin = tool(u"pin"_s, tr("Keep on top"));
    m_pin->setCheckable(true);
    m_menu = tool(u"more"_s, tr("More"));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_connection = new ConnectionMark;
    layout->addWidget(m_state);
    layout->addWidget(m_connection);
    layout->addWidget(m_title);
    layout->addWidget(m_place, 1);
    for (QWidget *part : {static_cast<QWidget *>(m_badge), static_cast<QWidget *>(m_control),
                          static_cast<QWidget *>(m_devTools), static_cast<QWidget *>(m_copy),
                          static_cast<QWidget *>(m_terminate), static_cast<QWidget *>(m_menu),
                          static_cast<QWidget *>(m_pin)})
        layout->addWidget(part);
    connect(m_control, &QPushButton::clicked, this, &ViewerBar::controlToggled);
    connect(m_devTools, &QPushButton::clicked, this, &ViewerBar::devToolsClicked);
    connect(m_copy, &QPushButton::clicked, this, &ViewerBar::copyClicked);
    connect(m_terminate, &QPushButton::clicked, this, &ViewerBar::terminateClicked);
    connect(m_pin, &QToolButton::toggled, this, &ViewerBar::pinToggled);
    return head;
}

QWidget *ViewerBar::buildNavigation()
{
    const Metrics metrics;
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(metrics.scaled(12), 0, metrics.scaled(12), metrics.scaled(6));
    m_back = new QToolButton;
    m_back->setText(u"\u2190"_s);
    m_back->setAccessibleName(tr("Back"));
    m_forward = new QToolButton;
    m_forward->setText(u"\u2192"_s);
    m_forward->setAccessibleName(tr("Forward"));
    m_reload = tool(u"refresh"_s, tr("Reload"));
    for (QToolButton *button : {m_back, m_forward}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(button->accessibleName());
    }
    m_address = new QLineEdit;
    m_address->setAccessibleName(tr("Address of the page"));
    layout->addWidget(m_back);
    layout->addWidget(m_forward);
    layout->addWidget(m_reload);
    layout->addWidget(m_address, 1);
    connect(m_back, &QToolButton::clicked, this, [this] { emit navigated(LiveNavigation::Back); });
    connect(m_forward, &QToolButton::clicked, this,
            [this] { emit navigated(LiveNavigation::Forward); });
    connect(m_reload, &QToolButton::clicked, this, [this] {
        emit navigated(m_isLoading ? LiveNavigation::Stop : LiveNavigation::Reload);
    });
    connect(m_address, &QLineEdit::returnPressed, this,
            [this] { emit addressEntered(m_address->text()); });
    return line;
}

void ViewerBar::setRow(const SessionRow &row)
{
    m_state->setState(row.state(), row.stateText());
    m_connection->setRow(row);
    if (m_title->text().isEmpty())
        m_title->setText(row.pageTitle());
    setRefusal(*m_devTools, openRefusalOf(row, SessionColumn::Cdp));
    setRefusal(*m_copy, row.session.liveViewUrl.isEmpty() ? tr("There is no link.") : QString());
    setRefusal(*m_terminate, row.terminateRefusal());
}

void ViewerBar::setPage(const LivePage &page)
{
    const QString title = visibleText(page.title);
    m_title->setText(title.isEmpty() ? tr("Page without a title") : title);
    m_place->setText(visibleText(page.url));
    m_back->setEnabled(page.canGoBack);
    m_forward->setEnabled(page.canGoForward);
    m_isLoading = page.isLoading;
    m_reload->setIcon(themedIcon(m_isLoading ? u"clear"_s : u"refresh"_s));
    m_reload->setAccessibleName(m_isLoading ? tr("Stop") : tr("Reload"));
    m_reload->setToolTip(m_reload->accessibleName());
    if (!m_address->hasFocus())
        m_address->setText(page.url);
}

void ViewerBar::setTabs(const QList<SessionTab> &tabs, int watching)
{
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > tabs.size())
        m_tabs->removeTab(m_tabs->count() - 1);
    // In the order they were opened, so that they stay where they are.
    QList<SessionTab> ordered = tabs;
    std::ranges::sort(ordered, {}, &SessionTab::number);
    for (int i = 0; i < ordered.size(); ++i) {
        const SessionTab &tab = ordered.at(i);
        QString text = visibleText(tab.title.isEmpty() ? tab.url : tab.title);
        text.replace(u'&', u"&&"_s);
        if (i == m_tabs->count())
            m_tabs->addTab(text);
        m_tabs->setTabText(i, text);
        m_tabs->setTabToolTip(i, visibleText(tab.url).toHtmlEscaped());
        m_tabs->setTabData(i, tab.number);
        if (tab.number == watching)
            m_tabs->setCurrentIndex(i);
    }
    updateShown();
}

void ViewerBar::setControl(const LiveViewers &viewers, bool canTake)
{
    m_isInControl = viewers.isMine;
    QString badge = m_isInControl ? tr("In control") : tr("Watching only");
    if (viewers.watching > 1)
        badge += tr(" · %1 watching").arg(viewers.watching);
    if (viewers.inControl > 0 && !m_isInControl)
        badge += tr(", 1 in control");
    m_badge->setText(badge);
    m_control->setText(m_isInControl ? tr("Give control back (Esc)") : tr("Take control"));
    m_control->setVisible(canTake);
    updateShown();
}

void ViewerBar::updateShown()
{
    m_navigation->setVisible(m_isInControl);
    m_newTab->setVisible(m_isInControl);
    m_tabs->setTabsClosable(m_isInControl && m_tabs->count() > 1);
    m_tabLine->setVisible(m_isInControl || m_tabs->count() > 1);
}

} // namespace Anchorwatch
