#pragma once

#include "ui/windowstate.h"

#include <QSplitter>

namespace Anchorwatch {

class DetailsPane;

// The table and, below or beside it, the details. Where they are follows the width, unless the user
// decided; in a narrow window they give way to the table.
class DetailsSplitter : public QSplitter
{
    Q_OBJECT

public:
    // Takes both over.
    DetailsSplitter(QWidget *table, DetailsPane *details, QWidget *parent = nullptr);

    void setPlace(WindowState::DetailsPlace place);
    [[nodiscard]] WindowState::DetailsPlace place() const { return m_place; }
    void setDetailsWanted(bool wanted);
    // What the user wants where there is room.
    [[nodiscard]] bool areDetailsWanted() const;
    // Where the details are, or would be: Vertical below the table, Horizontal beside it.
    [[nodiscard]] Qt::Orientation placedOrientation() const;

signals:
    void placedAt(Qt::Orientation orientation);
    // They gave way, or came back, by themselves.
    void detailsWantedChanged(bool wanted);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    DetailsPane *m_details;
    WindowState::DetailsPlace m_place = WindowState::DetailsPlace::Automatic;
    bool m_areWanted = true;
    bool m_areWantedInRoom = true; // kept while the window is narrow
    bool m_isNarrow = false;
};

} // namespace Anchorwatch
