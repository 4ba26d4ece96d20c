#include "ui/noteline.h"

#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

namespace Anchorwatch {

namespace {

constexpr int iconSize = 16;
constexpr int textStart = 24;

} // namespace

NoteLine::NoteLine(QWidget *parent)
    : QWidget(parent)
    , m_text(new TextLabel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addSpacing(Metrics().scaled(textStart)); // the icon's, on whichever side
    layout->addWidget(m_text, 1);
    m_text->setWordWrap(true);
    setVisible(false);
}

void NoteLine::setNote(const Note &note)
{
    if (note == m_note)
        return;
    m_note = note;
    m_text->setColor(note.color);
    m_text->setText(note.text);
    setVisible(!note.text.isEmpty());
    update();
}

QString NoteLine::text() const
{
    return m_note.text;
}

void NoteLine::setTextFont(const QFont &font)
{
    m_text->setFont(font);
}

void NoteLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int px = Metrics().scaled(iconSize);
    const QRect area = contentsRect();
    const int firstLine = qMin(area.height(), m_text->fontMetrics().height());
    const QRect place(area.left(), area.top() + (firstLine - px) / 2, px, px);
    const auto color = m_note.iconColor ? m_note.iconColor : m_note.color;
    drawIcon(painter, QStyle::visualRect(layoutDirection(), area, place), m_note.icon,
             Theme::of(palette()).*color, px);
}

} // namespace Anchorwatch
