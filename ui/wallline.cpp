#include "ui/wallline.h"

#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/theme.h"
#include "ui/wallstills.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

WallLine::WallLine(QWidget *parent)
    : QWidget(parent)
    , m_rule(new QLabel(
          tr("Only tiles on screen are fetched, %1 at a time").arg(WallStills::maxAwaiting)))
    , m_icon(new QLabel)
    , m_freshness(new QLabel)
{
    const Metrics metrics;
    setFixedHeight(metrics.scaled(26));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.scaled(12), 0, metrics.scaled(12), 0);
    layout->setSpacing(metrics.scaled(8));
    m_rule->setFont(metrics.font(12));
    m_freshness->setObjectName(u"wallFreshness"_s);
    m_freshness->setTextFormat(Qt::PlainText);
    m_freshness->setFont(metrics.font(12, QFont::DemiBold));
    layout->addWidget(m_rule);
    layout->addStretch();
    layout->addWidget(m_icon);
    layout->addWidget(m_freshness);
    dress();
}

void WallLine::setFreshness(const QString &text, Tone tone)
{
    if (m_freshness->text() != text)
        m_freshness->setText(text);
    if (tone == m_tone)
        return;
    m_tone = tone;
    dress();
}

void WallLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void WallLine::dress()
{
    const Theme &theme = Theme::of(palette());
    const int px = Metrics().scaled(14);
    const auto show = [&](const QString &icon, const QColor &color) {
        m_icon->setPixmap(tintedPixmap(icon, color, px, devicePixelRatioF()));
    };
    switch (m_tone) {
    case Tone::Good:
        show(u"check"_s, theme.green);
        break;
    case Tone::Waiting:
        show(u"status-starting"_s, theme.blue);
        break;
    case Tone::Warning:
        show(u"warning"_s, theme.amber);
        break;
    }
    const auto paint = [](QLabel *label, const QColor &color) {
        QPalette colors = label->palette();
        if (colors.color(QPalette::WindowText) == color)
            return;
        colors.setColor(QPalette::WindowText, color);
        label->setPalette(colors);
    };
    paint(m_rule, theme.text3);
    paint(m_freshness, m_tone == Tone::Warning ? theme.amber : theme.text2);
}

void WallLine::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, Theme::of(palette()).line2);
}

} // namespace Anchorwatch
