#pragma once

#include "ui/tiledelegate.h"
#include "ui/tilemodel.h"

#include <QHash>
#include <QListView>
#include <QTimer>

namespace Anchorwatch {

class TileAnchor;

// The tiles of the wall, so many beside each other. It only says what the user asked for and which
// tiles can be seen; acting is for others.
class WallView : public QListView
{
    Q_OBJECT

public:
    // Model and stills must outlive it.
    WallView(TileModel &model, const WallStills &stills, const TileDelegate::Refusal &refusal,
             QWidget *parent = nullptr);

    void setColumns(int columns);
    [[nodiscard]] int columns() const { return m_columns; }
    // How wide the pictures are, in device pixels.
    [[nodiscard]] int pictureWidth() const;
    // The sessions whose tiles can be seen, in reading order.
    [[nodiscard]] QList<SessionKey> keysOnScreen() const;
    // Where a button of a tile stands now, in the viewport.
    [[nodiscard]] QRect buttonRect(const SessionKey &key, TileButton button) const;
    [[nodiscard]] const TileDelegate &delegate() const { return *m_delegate; }

    // Repaints the tiles that say something else than at the last call.
    void tick();

    void keyboardSearch(const QString &search) override;

signals:
    void buttonPressed(const Anchorwatch::SessionKey &key, Anchorwatch::TileButton button);
    void copyRequested(const Anchorwatch::SessionKey &key);
    // The position is on the screen.
    void contextMenuRequested(const Anchorwatch::SessionKey &key, const QPoint &globalPosition);
    // Other tiles can be seen than before, or they have another size.
    void sightChanged();

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;
    bool viewportEvent(QEvent *event) override;

private:
    struct ButtonOfSession
    {
        SessionKey key;
        TileButton button = TileButton::Watch;

        bool operator==(const ButtonOfSession &) const = default;
    };
    enum class FocusBy { Pointer, Keyboard };

    // Whether the tile has a place to ask for its pictures.
    [[nodiscard]] bool asksFirst(const SessionKey &key) const;
    [[nodiscard]] std::optional<ButtonOfSession> buttonUnder(const QPoint &position) const;
    [[nodiscard]] bool handleKey(const QKeyEvent &event);
    void askForContextMenu();
    void setFocusBy(FocusBy by);
    void updateMarks();
    void updateTile(const std::optional<SessionKey> &key);
    void fit();
    void dress();

    TileModel &m_model;
    const WallStills &m_stills;
    TileDelegate *m_delegate;
    TileAnchor *m_anchor = nullptr;
    QTimer m_settle;                 // the flight of a fast scroll is over
    std::optional<QPoint> m_pointer; // in the viewport
    std::optional<ButtonOfSession> m_pressed;
    QHash<SessionKey, QString> m_said; // by the tiles on screen, at the last tick
    FocusBy m_focusBy = FocusBy::Pointer;
    int m_columns = 3;
};

} // namespace Anchorwatch
