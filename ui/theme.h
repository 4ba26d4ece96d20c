#pragma once

#include "models/sessionrow.h"

#include <QColor>
#include <QPalette>
#include <QString>

namespace Anchorwatch {

// All colours of the program, in a light and a dark set. Whoever paints asks for the set that
// belongs to the palette it paints with, so there is no state to keep in step.
struct Theme
{
    // Grounds.
    QColor window;      // menu bar, toolbar, status bar, dialogs
    QColor base;        // table, details, fields
    QColor raised;      // buttons, menus
    QColor hover;       // the row under the pointer
    QColor hoverWindow; // a tool under the pointer
    QColor press;       // a pressed or checked tool
    QColor stage;       // behind the picture of a page
    // Lines.
    QColor line;    // between rows; decorates only
    QColor line2;   // edges of panes, outlines of buttons; decorates only
    QColor control; // outlines of fields, resting icons in cells
    // Text, from loud to quiet.
    QColor text;
    QColor text2;
    QColor text3;
    // What acts.
    QColor accent; // focus ring, links
    QColor fill;   // primary button
    QColor fillHover;
    QColor onFill;  // text on fill and redFill
    QColor redFill; // danger button
    QColor redFillHover;
    QColor selection;
    QColor selectionIdle; // in a window that is not active
    // What a state means.
    QColor green;
    QColor blue;
    QColor amber;
    QColor red;
    // The other colours of connections.
    QColor slate;
    QColor teal;
    QColor violet;
    QColor pink;
    // Tinted grounds and their edges.
    QColor amberGround, amberLine;
    QColor redGround, redLine;
    QColor blueGround, blueLine;
    QColor greenGround, greenLine;
    // The toast and the tooltip, which stand out by being inverse.
    QColor toast;
    QColor toastText;
    QColor toastLink;
    QColor skeleton; // rows that are still to come

    [[nodiscard]] static const Theme &light();
    [[nodiscard]] static const Theme &dark();
    // The set that a palette belongs to, by the lightness of its window colour.
    [[nodiscard]] static const Theme &of(const QPalette &palette);

    // The palette for QApplication::setPalette().
    [[nodiscard]] QPalette palette() const;
    // Text of a control that cannot be used now.
    [[nodiscard]] QColor disabledText() const;
    // The colour of a row's status shape and word.
    [[nodiscard]] QColor stateColor(RowState::Kind state) const;
    [[nodiscard]] QColor connectionColor(Connection::Color color) const;
};

// The name of the shape that says the same as the state's colour, for tintedPixmap().
[[nodiscard]] QString stateIcon(RowState::Kind state);

} // namespace Anchorwatch
