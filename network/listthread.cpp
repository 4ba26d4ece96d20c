#include "network/listthread.h"

#include <QThreadPool>

namespace Anchorwatch {

namespace {

class OneThread : public QThreadPool
{
public:
    OneThread()
    {
        setMaxThreadCount(1);
        setExpiryTimeout(-1);
    }
};

} // namespace

QThreadPool &listThread()
{
    static OneThread thread;
    return thread;
}

} // namespace Anchorwatch
