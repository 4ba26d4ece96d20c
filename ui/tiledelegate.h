#pragma once

#include "models/connection.h"
#include "ui/cellpainter.h"
#include "ui/tilebutton.h"

#include <QStyledItemDelegate>

#include <functional>
#include <optional>

namespace Anchorwatch {

class WallStills;
struct WallStill;

// What of the wall is under the pointer or has the keyboard. By session, so that a tile that moves
// takes nothing along that was meant for another.
struct TileMarks
{
    std::optional<SessionKey> hovered;
    std::optional<SessionKey> focused;
    std::optional<TileButton> pointed; // of the hovered tile

    bool operator==(const TileMarks &) const = default;
};

// Paints the tiles of the wall and says where things stand in them; painting and hit test share
// buttonRect().
class TileDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    // Why a button cannot be used now, or an empty string.
    using Refusal = std::function<QString(const SessionKey &, TileButton)>;

    // The stills must outlive it.
    TileDelegate(const WallStills &stills, const Refusal &refusal, QObject *parent = nullptr);

    void setSystemFont(const QFont &font);
    [[nodiscard]] const Metrics &metrics() const { return m_fonts.metrics; }
    void setMarks(const TileMarks &marks) { m_marks = marks; }
    [[nodiscard]] const TileMarks &marks() const { return m_marks; }

    // How high a cell of that width is, and how wide the picture in it.
    [[nodiscard]] int cellHeight(int cellWidth) const;
    [[nodiscard]] int pictureWidth(int cellWidth) const;
    // The tile within its cell; the rest is the gap to its neighbours.
    [[nodiscard]] QRect tileRect(const QRect &cell) const;
    [[nodiscard]] QRect pictureRect(const QRect &cell) const;
    [[nodiscard]] QRect buttonRect(const QRect &cell, TileButton button,
                                   Qt::LayoutDirection direction) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    struct Paint; // what one paint call needs everywhere

    [[nodiscard]] QRect showRect(const QRect &cell) const;
    [[nodiscard]] bool showsButtons(const SessionKey &key) const;
    void paintPicture(const Paint &paint, const WallStill &still) const;
    void paintWords(const Paint &paint, const WallStill &still) const;
    void paintShow(const Paint &paint, const SessionKey &key) const;
    void paintChip(const Paint &paint, const WallStill &still) const;
    void paintCaption(const Paint &paint, const QModelIndex &index) const;
    void paintState(const Paint &paint, const QModelIndex &index, const QRect &line) const;
    void paintButtons(const Paint &paint, const SessionKey &key) const;
    void paintFrame(const Paint &paint, const SessionKey &key) const;

    const WallStills &m_stills;
    Refusal m_refusal;
    CellFonts m_fonts;
    QFont m_chipFont;
    QFont m_idFont;
    TileMarks m_marks;
};

} // namespace Anchorwatch
