#include "ui/anchorwatchstyle.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

AnchorwatchStyle::AnchorwatchStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

} // namespace Anchorwatch
