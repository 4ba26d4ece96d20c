#include "ui/windowtoolbar.h"

#include "ui/controlkind.h"
#include "ui/filterbox.h"
#include "ui/metrics.h"
#include "ui/theme.h"
#include "ui/verticalline.h"
#include "ui/windowactions.h"

#include <QHBoxLayout>
#include <QPainter>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowBelow = 900;

// A tool may say less than the menu: "Live view" for "Open live view". The action's text and icon
// stay its own.
class ToolButton : public QToolButton
{
public:
    ToolButton(QAction *action, const QString &text)
        : m_text(text)
    {
        setDefaultAction(action);
        setFocusPolicy(Qt::NoFocus);
        showText();
        connect(action, &QAction::changed, this, &ToolButton::showText);
    }

    void setShownText(const QString &text)
    {
        m_text = text;
        showText();
    }

private:
    void showText()
    {
        setText(m_text);
        setAccessibleName(QString(defaultAction()->text()).remove(u'&'));
    }

    QString m_text;
};

} // namespace

WindowToolBar::WindowToolBar(const WindowActions &actions, FilterBox *filterBox, QWidget *parent)
    : QWidget(parent)
    , m_filterBox(filterBox)
{
    const Metrics metrics;
    setObjectName(u"toolBar"_s);
    setFixedHeight(metrics.scaled(44));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.scaled(12), 0, metrics.scaled(10), 0);
    layout->setSpacing(metrics.scaled(4));

    addTool(actions.showSidebar, {}, Qt::ToolButtonIconOnly);
    layout->addSpacing(metrics.scaled(4));
    m_new = addTool(actions.newSession, tr("New session"), Qt::ToolButtonTextBesideIcon);
    setControlKind(*m_new, ControlKind::Primary);
    layout->addSpacing(metrics.scaled(4));
    addTool(actions.refresh, {}, Qt::ToolButtonIconOnly);
    auto *line = new VerticalLine;
    line->setFixedHeight(metrics.scaled(20));
    layout->addSpacing(metrics.scaled(4));
    layout->addWidget(line);
    layout->addSpacing(metrics.scaled(4));
    m_tools.append(addTool(actions.openLiveView, tr("Live view"), Qt::ToolButtonTextBesideIcon));
    m_tools.append(addTool(actions.openDevTools, tr("DevTools"), Qt::ToolButtonTextBesideIcon));
    auto *copy = addTool(actions.copyMenu->menuAction(), tr("Copy"), Qt::ToolButtonTextBesideIcon);
    copy->setPopupMode(QToolButton::InstantPopup);
    m_tools.append(copy);
    m_tools.append(addTool(actions.terminate, tr("Terminate…"), Qt::ToolButtonTextBesideIcon));
    layout->addStretch();
    m_filterBox->setMaximumWidth(metrics.scaled(320));
    m_filterBox->setMinimumWidth(metrics.scaled(180));
    layout->addWidget(m_filterBox, 1);
    layout->addSpacing(metrics.scaled(4));
    addTool(actions.showWall, {}, Qt::ToolButtonIconOnly);
    addTool(actions.showDetails, {}, Qt::ToolButtonIconOnly);
}

QToolButton *WindowToolBar::addTool(QAction *action, const QString &text, Qt::ToolButtonStyle style)
{
    auto *tool = new ToolButton(action, text);
    tool->setObjectName(action->objectName() + "Tool"_L1);
    tool->setToolButtonStyle(style);
    tool->setAutoRaise(true);
    layout()->addWidget(tool);
    return tool;
}

void WindowToolBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < Metrics().scaled(narrowBelow);
    for (QToolButton *tool : std::as_const(m_tools))
        tool->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    static_cast<ToolButton *>(m_new)->setShownText(narrow ? tr("New") : tr("New session"));
}

void WindowToolBar::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, Theme::of(palette()).line2);
}

} // namespace Anchorwatch
