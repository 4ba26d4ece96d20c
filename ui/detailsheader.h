#pragma once

#include "models/sessionrow.h"

#include <QWidget>

class QBoxLayout;
class QGridLayout;
class QPushButton;
class QToolButton;

namespace Anchorwatch {

class ConnectionMark;
class ElidedLabel;
class StateMark;
class VerticalLine;

// The head of the details: state, title, address of the page or why nothing can be opened, and what
// can be done. One line below the table, a small block beside it.
class DetailsHeader : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsHeader(QWidget *parent = nullptr);

    void setRow(const SessionRow &row);
    // Where the details are, as QSplitter says it: Vertical below the table, Horizontal beside it.
    void setOrientation(Qt::Orientation orientation);

signals:
    void liveViewClicked();
    void devToolsClicked();
    void terminateClicked();
    void shapeClicked();
    void closeClicked();

private:
    void buildActions();
    void buildCorner();
    void arrangeInLine();
    void arrangeInBlock();

    QGridLayout *m_grid;
    StateMark *m_state;
    ConnectionMark *m_connection;
    ElidedLabel *m_title;
    ElidedLabel *m_place;
    QWidget *m_actions;
    QPushButton *m_liveView;
    QPushButton *m_devTools;
    QPushButton *m_terminate;
    QWidget *m_corner;
    VerticalLine *m_line;
    QToolButton *m_shape;
};

} // namespace Anchorwatch
