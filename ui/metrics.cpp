#include "ui/metrics.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>

namespace Anchorwatch {

namespace {

constexpr qreal designPixelSize = 13;

} // namespace

Metrics::Metrics(const QFont &systemFont)
    : m_font(systemFont)
    , m_factor(QFontInfo(systemFont).pixelSize() / designPixelSize)
{
}

Metrics::Metrics()
    : Metrics(QApplication::font())
{
}

int Metrics::scaled(int px) const
{
    return qRound(px * m_factor);
}

QFont Metrics::font(int px, QFont::Weight weight) const
{
    QFont font = m_font;
    font.setPixelSize(scaled(px));
    font.setWeight(weight);
    return font;
}

QFont Metrics::fixedFont(int px) const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(scaled(px));
    return font;
}

} // namespace Anchorwatch
