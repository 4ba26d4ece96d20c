#pragma once

#include "models/connection.h"
#include "models/termination.h"
#include "ui/metrics.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QRect>

class QPainter;
class QStyleOptionViewItem;

namespace Anchorwatch {

// The fonts of the session table, made once for the system's font.
struct CellFonts
{
    explicit CellFonts(const QFont &systemFont);

    Metrics metrics;
    QFont body;
    QFont title;
    QFont small;
    QFont button;
    QFont fixed;
    QFont badge;
};

// What stands over both URL cells: what is being done, the receipt, or why a session is still
// there.
struct CellNote
{
    QString text;
    Termination::Profile profile = Termination::Profile::None;
};

// Paints the contents of one cell of the session table. Lives for the time of one paint call; the
// option, the painter and the fonts must outlive it.
class CellPainter
{
public:
    CellPainter(QPainter &painter, const QStyleOptionViewItem &option, const CellFonts &fonts,
                RowState::Kind state);

    // How loud the row is: under the pointer or not, chosen or not.
    enum class Hover { No, Yes };

    // Ground and the line below.
    void ground(Hover hover);

    void status(const QString &word);
    // The badge, and the name where the cell has room for it.
    void connection(const Connection &connection);
    void session(const QString &id);
    // Title and, where it has room, the URL, in the room that the buttons leave; the note stands in
    // the URL's place when there is one.
    void page(const QString &title, const QString &url, const CellNote &note, const QRect &room);
    enum class Persists { No, Yes };
    void profile(const QString &name, Persists persists);
    void tags(const QString &words);
    // A number, its units quieter.
    void figure(const QString &text);
    // An address in the room that its buttons leave.
    void address(const QString &text, const QRect &room);
    // A note in its own room, which may reach over the neighbouring cell; only this cell's part is
    // painted.
    void note(const CellNote &note, const QRect &room);

    enum class ButtonLook { Resting, Pointed, Focused };
    void iconButton(const QRect &rect, const QString &icon, ButtonLook look, Hover hover);
    void wordButton(const QRect &rect, const QString &word, ButtonLook look);

private:
    // Old news and ended sessions have no colour.
    [[nodiscard]] bool isQuiet() const;
    [[nodiscard]] bool isSelected() const;
    [[nodiscard]] QColor quietText() const;
    [[nodiscard]] QColor loudText() const;
    [[nodiscard]] QColor noteColor(const CellNote &note) const;
    [[nodiscard]] QString noteIcon(const CellNote &note) const;
    [[nodiscard]] Qt::Alignment leading() const;
    // The cell without its padding.
    [[nodiscard]] QRect content() const;
    // Text from the leading edge of `rect`, which is given for left-to-right reading.
    void text(const QRect &rect, const QFont &font, const QColor &color, const QString &text);
    void icon(const QRect &rect, const QString &name, const QColor &color);

    QPainter &m_painter;
    const QStyleOptionViewItem &m_option;
    const CellFonts &m_fonts;
    const Theme &m_theme;
    RowState::Kind m_state;
};

} // namespace Anchorwatch
