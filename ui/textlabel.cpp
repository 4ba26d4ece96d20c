#include "ui/textlabel.h"

#include <QEvent>

namespace Anchorwatch {

TextLabel::TextLabel(const QString &text, QColor Theme::*color, QWidget *parent)
    : QLabel(parent)
    , m_color(color)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setForegroundRole(QPalette::WindowText); // on any ground
    applyColor();
}

void TextLabel::setColor(QColor Theme::*color)
{
    m_color = color;
    applyColor();
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColor();
}

void TextLabel::applyColor()
{
    const QColor color = Theme::of(palette()).*m_color;
    if (palette().color(QPalette::Active, QPalette::WindowText) == color)
        return;
    QPalette changed = palette();
    for (const auto group : {QPalette::Active, QPalette::Inactive})
        changed.setColor(group, QPalette::WindowText, color);
    setPalette(changed);
}

} // namespace Anchorwatch
