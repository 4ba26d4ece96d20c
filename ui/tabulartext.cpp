#include "ui/tabulartext.h"

#include <QFontMetrics>
#include <QPainter>

namespace Anchorwatch {

namespace {

int widestDigit(const QFontMetrics &metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = qMax(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

// Calls `digit` for each digit and `rest` for each run of other characters, in order.
template<typename Digit, typename Rest>
void forEachRun(const QString &text, Digit digit, Rest rest)
{
    qsizetype from = 0;
    while (from < text.size()) {
        if (text.at(from).isDigit()) {
            digit(text.mid(from++, 1));
            continue;
        }
        qsizetype to = from;
        while (to < text.size() && !text.at(to).isDigit())
            ++to;
        rest(text.mid(from, to - from));
        from = to;
    }
}

} // namespace

int tabularWidth(const QString &text, const QFontMetrics &metrics)
{
    const int cell = widestDigit(metrics);
    int width = 0;
    forEachRun(
        text, [&](const QString &) { width += cell; },
        [&](const QString &run) { width += metrics.horizontalAdvance(run); });
    return width;
}

void drawTabular(QPainter &painter, const QRect &rect, const QString &text, const QColor &digits,
                 const QColor &units)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int cell = widestDigit(metrics);
    const int baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
    int x = rect.right() + 1 - tabularWidth(text, metrics);
    forEachRun(
        text,
        [&](const QString &digit) {
            painter.setPen(digits);
            painter.drawText(x + (cell - metrics.horizontalAdvance(digit)) / 2, baseline, digit);
            x += cell;
        },
        [&](const QString &run) {
            painter.setPen(units);
            painter.drawText(x, baseline, run);
            x += metrics.horizontalAdvance(run);
        });
}

} // namespace Anchorwatch
