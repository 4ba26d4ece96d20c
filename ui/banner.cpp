#include "ui/banner.h"

#include "ui/alert.h"
#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int bannerHeight = 38;
constexpr int edge = 12;
constexpr int gap = 8;
constexpr int iconSize = 16;

struct Tint
{
    QColor ground;
    QColor line;
    QColor icon;
};

Tint tintOf(BannerContent::Tone tone, const Theme &theme)
{
    switch (tone) {
    case BannerContent::Tone::Information:
        return {theme.blueGround, theme.blueLine, theme.blue};
    case BannerContent::Tone::Warning:
        return {theme.amberGround, theme.amberLine, theme.amber};
    case BannerContent::Tone::Problem:
        return {theme.redGround, theme.redLine, theme.red};
    }
    return {};
}

} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(u"banner"_s);
    markAsAlert(*this);
    const Metrics metrics;
    m_layout->setContentsMargins(0, 0, metrics.scaled(gap), 1);
    m_layout->setSpacing(metrics.scaled(gap));
    m_layout->addStretch();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Banner::setContent(const BannerContent &content)
{
    const bool news = content.headline != m_content.headline;
    if (content.actions != m_content.actions)
        setActions(content.actions);
    m_content = content;
    describe();
    update();
    if (news && isVisible())
        announceAlert(*this);
}

QSize Banner::sizeHint() const
{
    return {QWidget::sizeHint().width(), Metrics().scaled(bannerHeight)};
}

QSize Banner::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(), Metrics().scaled(bannerHeight)};
}

void Banner::setActions(const QStringList &actions)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const QString &words : actions) {
        auto *button = new QPushButton(words, this);
        setControlKind(*button, ControlKind::Small);
        const auto action = static_cast<int>(m_buttons.size());
        connect(button, &QPushButton::clicked, this,
                [this, action] { emit actionTriggered(action); });
        m_layout->addWidget(button);
        button->show(); // a layout shows it in the next turn of the loop only
        m_buttons.append(button);
    }
}

// The whole of it where the line is too short, and for screen readers.
void Banner::describe()
{
    const QString whole = m_content.headline + u' ' + m_content.text;
    setAccessibleName(whole);
    setToolTip("<qt>"_L1 + whole.toHtmlEscaped() + "</qt>"_L1);
}

void Banner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const Metrics metrics;
    const Tint tint = tintOf(m_content.tone, theme);
    QPainter painter(this);
    painter.fillRect(rect(), tint.ground);
    painter.fillRect(QRect(0, rect().bottom(), width(), 1), tint.line);

    // Laid out from left to right, turned round where the language reads the other way.
    const auto placed = [this](const QRect &place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    const int lineHeight = height() - 1;
    const int icon = metrics.scaled(iconSize);
    int x = metrics.scaled(edge);
    drawIcon(painter, placed({x, 0, icon, lineHeight}), m_content.icon, tint.icon, icon);
    x += icon + metrics.scaled(gap);

    const int end = width() - buttonsWidth() - metrics.scaled(edge);
    const auto leading =
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter;
    const QFont bold = metrics.font(13, QFont::DemiBold);
    const int headline = qMin(textWidth(bold, m_content.headline), qMax(0, end - x));
    drawElided(painter, placed({x, 0, headline, lineHeight}), leading, bold, theme.text,
               m_content.headline);
    x += headline + metrics.scaled(gap);
    drawElided(painter, placed({x, 0, end - x, lineHeight}), leading, metrics.font(13), theme.text,
               m_content.text);
}

// The room at the end of the line that the buttons take, with the margin.
int Banner::buttonsWidth() const
{
    if (m_buttons.isEmpty())
        return 0;
    const QRect first = m_buttons.constFirst()->geometry();
    return layoutDirection() == Qt::RightToLeft ? first.right() + 1 : width() - first.left();
}

} // namespace Anchorwatch
