#pragma once

class QWidget;

namespace Anchorwatch {

// Makes screen readers treat the widget as an alert. Its accessible name is what they say.
void markAsAlert(QWidget &widget);

// Has them read it, although it has not got the focus. On Linux Qt passes QAccessible::Alert on to
// nobody (6.4, atspiadaptor.cpp); an object with the role of an alert that comes to be shown is
// what readers listen to.
void announceAlert(QWidget &widget);

} // namespace Anchorwatch
