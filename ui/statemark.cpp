#include "ui/statemark.h"

#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

namespace Anchorwatch {

namespace {

constexpr int shapeSize = 14;
constexpr int wordStart = 20;

QFont wordFont()
{
    return Metrics().font(13, QFont::DemiBold);
}

} // namespace

StateMark::StateMark(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateMark::setState(RowState::Kind state, const QString &word)
{
    if (state == m_state && word == m_word)
        return;
    m_state = state;
    m_word = word;
    setAccessibleName(tr("State: %1").arg(word));
    updateGeometry();
    update();
}

QSize StateMark::sizeHint() const
{
    const Metrics metrics;
    return {metrics.scaled(wordStart) + QFontMetrics(wordFont()).horizontalAdvance(m_word) + 1,
            metrics.scaled(28)};
}

void StateMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Metrics metrics;
    const QColor color = Theme::of(palette()).stateColor(m_state);
    const int px = metrics.scaled(shapeSize);
    const auto placed = [this](const QRect &place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    drawIcon(painter, placed({0, 0, px, height()}), stateIcon(m_state), color, px);
    const int start = metrics.scaled(wordStart);
    drawElided(painter, placed({start, 0, width() - start, height()}),
               Qt::AlignVCenter | Qt::AlignLeft, wordFont(), color, m_word);
}

} // namespace Anchorwatch
