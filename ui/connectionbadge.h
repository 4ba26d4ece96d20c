#pragma once

#include "models/connection.h"
#include "ui/theme.h"

#include <QFont>
#include <QRect>
#include <QSize>

class QPainter;

namespace Anchorwatch {

enum class BadgeLook {
    Filled,
    Outlined // stale, ended or disabled: no colour
};

// Size of a badge at the design's font.
inline constexpr QSize badgeSize(24, 16);

// The two letters that stand for a connection, in the middle of the rectangle: in its colour on a
// tint of it, or, where it is protected, white on red. The font decides the badge's size: that of
// the design is 10 px.
void drawBadge(QPainter &painter, const QRect &rect, const Connection &connection, BadgeLook look,
               const Theme &theme, const QFont &font);

} // namespace Anchorwatch
