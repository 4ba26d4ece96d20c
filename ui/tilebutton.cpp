#include "ui/tilebutton.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QString tileButtonText(TileButton button)
{
    switch (button) {
    case TileButton::Watch:
        return QCoreApplication::translate("TileButton", "Watch it live");
    case TileButton::OpenDevTools:
        return QCoreApplication::translate("TileButton", "Open DevTools");
    case TileButton::Terminate:
        return QCoreApplication::translate("TileButton", "Terminate…");
    case TileButton::Show:
        return QCoreApplication::translate("TileButton", "Show its pictures");
    }
    return {};
}

QString tileButtonIcon(TileButton button)
{
    switch (button) {
    case TileButton::Watch:
        return u"live-view"_s;
    case TileButton::OpenDevTools:
        return u"devtools"_s;
    case TileButton::Terminate:
        return u"terminate"_s;
    case TileButton::Show:
        return u"eye"_s;
    }
    return {};
}

} // namespace Anchorwatch
