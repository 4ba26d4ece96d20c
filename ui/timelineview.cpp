#include "ui/timelineview.h"

#include "models/agetext.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/tabulartext.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int lineHeight = 26;
constexpr int shapeSize = 12;
constexpr int wordStart = 22;
constexpr int smallestWidth = 160;

bool isOver(RowState::Kind state)
{
    return state == RowState::Kind::Gone || state == RowState::Kind::Stopped
           || state == RowState::Kind::Error;
}

} // namespace

TimelineView::TimelineView(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimelineView::setRow(const SessionRow &row)
{
    m_row = row;
    tick();
}

void TimelineView::tick()
{
    const QList<Line> now = linesNow();
    if (now == m_lines)
        return;
    const bool resized = now.size() != m_lines.size();
    m_lines = now;
    setAccessibleName(tr("Timeline, newest first: %1").arg(lines().join(u"; "_s)));
    if (resized)
        updateGeometry();
    update();
}

QStringList TimelineView::lines() const
{
    QStringList texts;
    for (const Line &line : m_lines) {
        QStringList parts{line.word, line.span, line.time};
        parts.removeAll(QString());
        texts.append(parts.join(u", "_s));
    }
    return texts;
}

QList<TimelineView::Line> TimelineView::linesNow() const
{
    QList<Line> lines;
    for (qsizetype moment = m_row.timeline.size() - 1; moment >= 0; --moment) {
        const StatusMoment &seen = m_row.timeline[moment];
        lines.append({seen.state, seen.text, spanOf(moment), secondText(seen.at)});
    }
    return lines;
}

QString TimelineView::spanOf(qsizetype moment) const
{
    const StatusMoment &seen = m_row.timeline[moment];
    if (moment + 1 < m_row.timeline.size())
        return ageText(std::chrono::milliseconds(seen.at.msecsTo(m_row.timeline[moment + 1].at)));
    if (seen.state == RowState::Kind::Gone && m_row.termination.phase == Termination::Phase::Gone)
        return tr("after %1").arg(tookText(m_row.termination.took));
    if (isOver(seen.state))
        return {};
    return tr("for %1").arg(ageText(std::chrono::milliseconds(seen.at.msecsTo(m_clock.nowUtc()))));
}

QSize TimelineView::sizeHint() const
{
    const Metrics metrics;
    return {metrics.scaled(smallestWidth),
            metrics.scaled(lineHeight) * static_cast<int>(m_lines.size())};
}

QSize TimelineView::minimumSizeHint() const
{
    return sizeHint();
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Metrics metrics;
    const Theme &theme = Theme::of(palette());
    const int step = metrics.scaled(lineHeight);
    const int middle = metrics.scaled(shapeSize) / 2;
    const int gap = metrics.scaled(9);
    for (int index = 0; index < m_lines.size(); ++index) {
        const QRect rect(0, index * step, width(), step);
        if (index > 0) // joins it to the state after it
            painter.fillRect(middle, rect.top() - step / 2 + gap, 1, step - 2 * gap, theme.control);
        paintLine(painter, rect, m_lines[index]);
    }
}

void TimelineView::paintLine(QPainter &painter, const QRect &rect, const Line &line) const
{
    const Metrics metrics;
    const Theme &theme = Theme::of(palette());
    const int px = metrics.scaled(shapeSize);
    drawIcon(painter, QRect(rect.left(), rect.top(), px, rect.height()), stateIcon(line.state),
             theme.stateColor(line.state), px);

    painter.setFont(metrics.font(13));
    drawTabular(painter, rect, line.time, theme.text2, theme.text2);
    const int timeWidth = tabularWidth(line.time, painter.fontMetrics());
    const QFont wordFont = metrics.font(13, QFont::Medium);
    QRect room = rect;
    room.setLeft(rect.left() + metrics.scaled(wordStart));
    room.setRight(rect.right() - timeWidth - metrics.scaled(8));
    drawElided(painter, room, Qt::AlignVCenter | Qt::AlignLeft, wordFont, theme.text, line.word);
    room.setLeft(room.left() + QFontMetrics(wordFont).horizontalAdvance(line.word)
                 + metrics.scaled(7));
    drawElided(painter, room, Qt::AlignVCenter | Qt::AlignLeft, metrics.font(13), theme.text3,
               line.span);
}

} // namespace Anchorwatch
