#include "ui/resultbox.h"

#include "ui/alert.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int edge = 12;
constexpr int textStart = 38;
constexpr int iconSize = 16;
constexpr int radius = 6;

struct Tint
{
    QColor ground;
    QColor line;
    QColor color;
    QString icon;
};

Tint tintOf(ResultBox::Tone tone, const Theme &theme)
{
    switch (tone) {
    case ResultBox::Tone::Waiting:
        return {theme.blueGround, theme.blueLine, theme.blue, u"status-starting"_s};
    case ResultBox::Tone::Good:
        return {theme.greenGround, theme.greenLine, theme.green, u"check"_s};
    case ResultBox::Tone::Bad:
        return {theme.redGround, theme.redLine, theme.red, u"error"_s};
    }
    return {};
}

} // namespace

ResultBox::ResultBox(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel)
    , m_text(new TextLabel({}, &Theme::text2))
{
    setObjectName(u"result"_s);
    markAsAlert(*this);
    const Metrics metrics;
    m_title->setFont(metrics.font(13, QFont::DemiBold));
    m_text->setFont(metrics.font(12));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.scaled(edge), metrics.scaled(9), metrics.scaled(edge),
                            metrics.scaled(9));
    row->setSpacing(0);
    row->addSpacing(metrics.scaled(textStart - edge)); // the icon's, on whichever side
    auto *column = new QVBoxLayout;
    column->setSpacing(metrics.scaled(2));
    row->addLayout(column, 1);
    for (TextLabel *label : {m_title, m_text}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    setVisible(false);
}

void ResultBox::showResult(Tone tone, const QString &title, const QString &text)
{
    m_tone = tone;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(text.isEmpty() ? title : title + u' ' + text);
    setVisible(true);
    announceAlert(*this);
    update();
}

void ResultBox::clear()
{
    setVisible(false);
}

void ResultBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Metrics metrics;
    const Tint tint = tintOf(m_tone, Theme::of(palette()));
    drawBox(painter, rect(), metrics.scaled(radius), tint.ground, tint.line);
    const int px = metrics.scaled(iconSize);
    const int line = m_title->fontMetrics().height();
    const QRect place(metrics.scaled(edge), m_title->y() + (line - px) / 2, px, px);
    drawIcon(painter, QStyle::visualRect(layoutDirection(), rect(), place), tint.icon, tint.color,
             px);
}

} // namespace Anchorwatch
