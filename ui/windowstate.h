#pragma once

#include "ui/columnlayout.h"

#include <QByteArray>
#include <QMetaType>
#include <QRect>
#include <QSize>
#include <QString>

#include <chrono>

namespace Anchorwatch {

// How the wall was set.
struct WallState
{
    QRect geometry; // null for the first time
    int columns = 3;
    std::chrono::milliseconds every{5000};

    bool operator==(const WallState &) const = default;
};

// How viewer windows were left.
struct ViewerState
{
    QSize size; // empty for the first time
    bool keepsOnTop = false;

    bool operator==(const ViewerState &) const = default;
};

// What the window looked like, for the next run.
struct WindowState
{
    Q_GADGET

public:
    enum class DetailsPlace {
        Automatic, // at the bottom, in a wide window on the right
        Bottom,
        Right
    };
    Q_ENUM(DetailsPlace)

    QRect geometry; // of the window when it is not maximised; null for the first run
    bool isMaximized = false;
    TableLayout table;
    QString filter;
    bool showsSidebar = true;
    QString connection; // id of the one that is shown alone; empty: all
    bool showsDetails = true;
    DetailsPlace detailsPlace = DetailsPlace::Automatic;
    bool confirmsSingle = true; // ask before a single session is ended
    WallState wall;
    ViewerState viewer;

    bool operator==(const WindowState &) const = default;
};

} // namespace Anchorwatch
