#include "ui/statusline.h"

#include "models/agetext.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QLabel *makeLabel(const QString &name, QFont::Weight weight = QFont::Normal)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setFont(Metrics().font(12, weight));
    return label;
}

} // namespace

StatusLine::StatusLine(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_place(makeLabel(u"place"_s))
    , m_selected(makeLabel(u"selectedCount"_s))
    , m_icon(new QLabel)
    , m_freshness(makeLabel(u"freshness"_s, QFont::DemiBold))
    , m_interval(makeLabel(u"interval"_s))
{
    const Metrics metrics;
    setFixedHeight(metrics.scaled(26));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.scaled(12), 0, metrics.scaled(12), 0);
    layout->setSpacing(metrics.scaled(8));
    layout->addWidget(m_place);
    layout->addStretch();
    layout->addWidget(m_selected);
    layout->addSpacing(metrics.scaled(12));
    layout->addWidget(m_icon);
    layout->addWidget(m_freshness);
    layout->addWidget(m_interval);
    showIcon();
    tick();
}

void StatusLine::setPlace(const QString &place)
{
    m_place->setText(place);
}

void StatusLine::setSelected(int count)
{
    m_selected->setText(count > 0 ? tr("%n selected", nullptr, count) : QString());
}

void StatusLine::setIntervals(std::chrono::milliseconds shortest, std::chrono::milliseconds longest)
{
    const auto seconds = [](std::chrono::milliseconds span) {
        return static_cast<double>(span.count()) / 1000.0;
    };
    if (longest.count() == 0)
        m_interval->clear();
    else if (shortest == longest)
        m_interval->setText(tr("every %1 s").arg(seconds(longest)));
    else
        m_interval->setText(tr("every %1 to %2 s").arg(seconds(shortest)).arg(seconds(longest)));
}

void StatusLine::setHealth(const QString &connectionName, const ConnectionHealth &health)
{
    const bool looksTheSame =
        m_health.isStale() == health.isStale()
        && m_health.lastGoodElapsed.has_value() == health.lastGoodElapsed.has_value()
        && m_icon->pixmap().devicePixelRatio() == devicePixelRatioF(); // on another screen
    m_connectionName = connectionName;
    m_health = health;
    if (!looksTheSame)
        showIcon();
    tick();
}

void StatusLine::tick()
{
    const QString text = freshnessText();
    if (m_freshness->text() != text)
        m_freshness->setText(text);
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void StatusLine::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, Theme::of(palette()).line2);
}

QString StatusLine::freshnessText() const
{
    if (!m_health.lastGoodElapsed)
        return m_health.isStale() ? tr("%1: no list yet").arg(m_connectionName)
                                  : tr("Waiting for the first list");
    const QString age = ageText(m_clock.elapsed() - *m_health.lastGoodElapsed);
    if (m_health.isStale())
        return tr("%1 stale, updated %2 ago").arg(m_connectionName, age);
    return tr("Updated %1 ago").arg(age);
}

void StatusLine::showIcon()
{
    const Theme &theme = Theme::of(palette());
    QString icon = u"check"_s;
    QColor color = theme.green;
    if (m_health.isStale()) {
        icon = u"warning"_s;
        color = theme.amber;
    } else if (!m_health.lastGoodElapsed) {
        icon = u"status-starting"_s;
        color = theme.blue;
    }
    const int size = Metrics().scaled(14);
    m_icon->setPixmap(tintedPixmap(icon, color, size, devicePixelRatioF()));
    const auto paint = [](QLabel *label, const QColor &text) {
        QPalette colors = label->palette();
        if (colors.color(QPalette::WindowText) == text)
            return;
        colors.setColor(QPalette::WindowText, text);
        label->setPalette(colors);
    };
    paint(m_freshness, m_health.isStale() ? theme.amber : theme.text2);
    for (QLabel *quiet : {m_place, m_selected, m_interval})
        paint(quiet, theme.text3);
}

} // namespace Anchorwatch
