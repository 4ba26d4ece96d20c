#pragma once

class QPainter;
class QSize;
class QStyleOptionButton;
class QStyleOptionToolButton;
class QWidget;

// How AnchorwatchStyle paints and sizes what is pressed.
namespace Anchorwatch {

void paintButtonPanel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget);
void paintButtonLabel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget);
[[nodiscard]] QSize buttonSize(const QStyleOptionButton &option, const QWidget *widget);

void paintToolButton(const QStyleOptionToolButton &option, QPainter &painter,
                     const QWidget *widget);
[[nodiscard]] QSize toolButtonSize(const QStyleOptionToolButton &option, const QWidget *widget);

void paintCheckMark(const QStyleOptionButton &option, QPainter &painter);
void paintRadioMark(const QStyleOptionButton &option, QPainter &painter);

} // namespace Anchorwatch
