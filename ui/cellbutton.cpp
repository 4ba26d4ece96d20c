#include "ui/cellbutton.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

QString cellButtonText(CellButton button)
{
    switch (button) {
    case CellButton::ShowTabs:
        return QCoreApplication::translate("CellButton", "Show or hide the tabs");
    case CellButton::CopyCdp:
        return QCoreApplication::translate("CellButton", "Copy the CDP URL");
    case CellButton::OpenDevTools:
        return QCoreApplication::translate("CellButton", "Open DevTools");
    case CellButton::CopyLiveView:
        return QCoreApplication::translate("CellButton", "Copy the live view URL");
    case CellButton::OpenLiveView:
        return QCoreApplication::translate("CellButton", "Open the live view");
    case CellButton::Retry:
        return QCoreApplication::translate("CellButton", "Retry");
    case CellButton::CopyCurl:
        return QCoreApplication::translate("CellButton", "Copy as curl");
    }
    return {};
}

QString cellButtonIcon(CellButton button)
{
    switch (button) {
    case CellButton::ShowTabs:
        return {}; // it has words
    case CellButton::CopyCdp:
    case CellButton::CopyLiveView:
        return u"copy"_s;
    case CellButton::OpenDevTools:
        return u"devtools"_s;
    case CellButton::OpenLiveView:
        return u"live-view"_s;
    case CellButton::Retry:
        return u"refresh"_s;
    case CellButton::CopyCurl:
        return u"copy-code"_s;
    }
    return {};
}

} // namespace Anchorwatch
