#pragma once

#include <QFont>

namespace Anchorwatch {

// Sizes that follow the desktop's font. Every length of the design is given for a font of 13 px; a
// larger font makes rows, columns and controls larger by the same factor.
class Metrics
{
public:
    explicit Metrics(const QFont &systemFont);
    // For the program's own font.
    Metrics();

    // A length of the design as device-independent pixels.
    [[nodiscard]] int scaled(int px) const;
    // The system's font in a size of the design.
    [[nodiscard]] QFont font(int px, QFont::Weight weight = QFont::Normal) const;
    // The system's monospaced font, for ids and addresses.
    [[nodiscard]] QFont fixedFont(int px) const;

private:
    QFont m_font;
    qreal m_factor;
};

} // namespace Anchorwatch
