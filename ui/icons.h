#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace Anchorwatch {

// One of our icons (`:/icons/NAME.svg`) in one colour, `px` device-independent pixels wide and
// high, drawn for a screen of that device pixel ratio. Kept in QPixmapCache.
[[nodiscard]] QPixmap tintedPixmap(const QString &name, const QColor &color, int px, qreal dpr);

// The icon in `color` if it is one of ours, else as it is.
[[nodiscard]] QPixmap tintedPixmap(const QIcon &icon, const QColor &color, int px, qreal dpr);

// One of our icons for actions and buttons. It takes its colour from the program's palette each
// time it is painted, so it follows a change between light and dark by itself.
[[nodiscard]] QIcon themedIcon(const QString &name);

// The program's own icon, in its own colours, with the form that was drawn for 16 px.
[[nodiscard]] QIcon applicationIcon();

} // namespace Anchorwatch
