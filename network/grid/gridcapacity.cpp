#include "network/grid/gridcapacity.h"

#include <QCoreApplication>

namespace Anchorwatch {

QString GridCapacity::text() const
{
    return QCoreApplication::translate("GridCapacity", "%1 of %2 slots, %3 waiting")
        .arg(sessions)
        .arg(most)
        .arg(waiting);
}

} // namespace Anchorwatch
