#pragma once

class QPainter;
class QRect;
class QSize;
class QStyleOption;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionSlider;
class QWidget;

// How AnchorwatchStyle paints menus, headers, scroll bars and splitters.
namespace Anchorwatch {

void paintMenuPanel(const QStyleOption &option, QPainter &painter);
void paintMenuItem(const QStyleOptionMenuItem &option, QPainter &painter, const QWidget *widget);
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &text);
void paintMenuBarItem(const QStyleOptionMenuItem &option, QPainter &painter, const QWidget *widget);

void paintHeader(const QStyleOptionHeader &option, QPainter &painter);
void paintHeaderRest(const QStyleOption &option, QPainter &painter);

void paintScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QRect &thumb);
void paintSplitter(const QStyleOption &option, QPainter &painter);
void paintToolSeparator(const QStyleOption &option, QPainter &painter);
void paintTip(const QStyleOption &option, QPainter &painter);

} // namespace Anchorwatch
