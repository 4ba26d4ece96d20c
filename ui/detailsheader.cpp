#include "ui/detailsheader.h"

#include "models/sessioncells.h"
#include "models/urltext.h"
#include "ui/connectionmark.h"
#include "ui/controlkind.h"
#include "ui/elidedlabel.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/statemark.h"
#include "ui/verticalline.h"

#include <QGridLayout>
#include <QPushButton>
#include <QToolButton>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

void setRefusal(QWidget &button, const QString &refusal)
{
    button.setEnabled(refusal.isEmpty());
    button.setToolTip(plainToolTip(refusal));
    button.setAccessibleDescription(refusal);
}

} // namespace

DetailsHeader::DetailsHeader(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_state(new StateMark(this))
    , m_connection(new ConnectionMark(this))
    , m_title(new ElidedLabel({}, &Theme::text, this))
    , m_place(new ElidedLabel({}, &Theme::text3, this))
{
    const Metrics metrics;
    m_title->setFont(metrics.font(14, QFont::DemiBold));
    m_place->setFont(metrics.font(12));
    buildActions();
    buildCorner();
    setOrientation(Qt::Vertical);
}

void DetailsHeader::buildActions()
{
    m_actions = new QWidget(this);
    auto *layout = new QHBoxLayout(m_actions);
    layout->setContentsMargins({});
    const auto add = [&](const QString &icon, const QString &text) {
        auto *button = new QPushButton(themedIcon(icon), text);
        layout->addWidget(button);
        return button;
    };
    m_liveView = add(u"live-view"_s, tr("Live view"));
    m_devTools = add(u"devtools"_s, tr("DevTools"));
    m_terminate = add(u"terminate"_s, tr("Terminate…"));
    connect(m_liveView, &QPushButton::clicked, this, &DetailsHeader::liveViewClicked);
    connect(m_devTools, &QPushButton::clicked, this, &DetailsHeader::devToolsClicked);
    connect(m_terminate, &QPushButton::clicked, this, &DetailsHeader::terminateClicked);
}

void DetailsHeader::buildCorner()
{
    const Metrics metrics;
    m_corner = new QWidget(this);
    auto *layout = new QHBoxLayout(m_corner);
    layout->setContentsMargins({});
    layout->setSpacing(metrics.scaled(6));
    m_line = new VerticalLine;
    m_line->setFixedHeight(metrics.scaled(12));
    m_shape = new QToolButton;
    auto *close = new QToolButton;
    close->setIcon(themedIcon(u"clear"_s));
    close->setAccessibleName(tr("Close the details"));
    close->setToolTip(tr("Close the details"));
    layout->addWidget(m_line);
    layout->addSpacing(metrics.scaled(4));
    for (QToolButton *button : {m_shape, close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    connect(m_shape, &QToolButton::clicked, this, &DetailsHeader::shapeClicked);
    connect(close, &QToolButton::clicked, this, &DetailsHeader::closeClicked);
}

void DetailsHeader::setRow(const SessionRow &row)
{
    const QString title = row.pageTitle();
    const QString refusal = row.openRefusal();
    m_state->setState(row.state(), row.stateText());
    m_connection->setRow(row);
    m_title->setText(title.isEmpty() ? tr("Page unknown") : title);
    m_place->setText(refusal.isEmpty() ? visibleText(row.session.currentUrl) : refusal);
    m_place->setColor(refusal.isEmpty() ? &Theme::text3 : &Theme::text2);
    setRefusal(*m_liveView, openRefusalOf(row, SessionColumn::LiveView));
    setRefusal(*m_devTools, openRefusalOf(row, SessionColumn::Cdp));
    setRefusal(*m_terminate, row.terminateRefusal());
}

void DetailsHeader::setOrientation(Qt::Orientation orientation)
{
    const bool below = orientation == Qt::Vertical;
    for (QWidget *part :
         {static_cast<QWidget *>(m_state), static_cast<QWidget *>(m_connection),
          static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_place), m_actions, m_corner})
        m_grid->removeWidget(part);
    if (below)
        arrangeInLine();
    else
        arrangeInBlock();
    setControlKind(*m_liveView, below ? ControlKind::Flat : ControlKind::Primary);
    setControlKind(*m_devTools, below ? ControlKind::Flat : ControlKind::Plain);
    setControlKind(*m_terminate, below ? ControlKind::Flat : ControlKind::Plain);
    m_line->setVisible(below);
    m_shape->setIcon(themedIcon(below ? u"details-right"_s : u"details-bottom"_s));
    const QString name = below ? tr("Show the details on the right") : tr("Show the details below");
    m_shape->setAccessibleName(name);
    m_shape->setToolTip(name);
}

void DetailsHeader::arrangeInLine()
{
    const Metrics metrics;
    m_grid->setContentsMargins(metrics.scaled(16), metrics.scaled(7), metrics.scaled(10),
                               metrics.scaled(3));
    m_grid->setHorizontalSpacing(metrics.scaled(11));
    m_grid->setVerticalSpacing(0);
    m_actions->layout()->setSpacing(0);
    m_actions->setContentsMargins({});
    m_grid->addWidget(m_state, 0, 0);
    m_grid->addWidget(m_connection, 0, 1);
    m_grid->addWidget(m_title, 0, 2);
    m_grid->addWidget(m_place, 0, 3);
    m_grid->addWidget(m_actions, 0, 4);
    m_grid->addWidget(m_corner, 0, 5);
    m_grid->setColumnStretch(1, 0);
    m_grid->setColumnStretch(2, 0);
    m_grid->setColumnStretch(3, 1);
}

void DetailsHeader::arrangeInBlock()
{
    const Metrics metrics;
    m_grid->setContentsMargins(metrics.scaled(18), metrics.scaled(6), metrics.scaled(10),
                               metrics.scaled(4));
    m_grid->setVerticalSpacing(metrics.scaled(3));
    m_actions->layout()->setSpacing(metrics.scaled(6));
    m_actions->setContentsMargins(0, metrics.scaled(8), 0, metrics.scaled(4));
    m_grid->addWidget(m_state, 0, 0);
    m_grid->addWidget(m_connection, 0, 1);
    m_grid->addWidget(m_corner, 0, 2, Qt::AlignRight);
    m_grid->addWidget(m_title, 1, 0, 1, 3);
    m_grid->addWidget(m_place, 2, 0, 1, 3);
    m_grid->addWidget(m_actions, 3, 0, 1, 3, Qt::AlignLeft);
    m_grid->setColumnStretch(1, 0);
    m_grid->setColumnStretch(2, 1);
    m_grid->setColumnStretch(3, 0);
}

} // namespace Anchorwatch
