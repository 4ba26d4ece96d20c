#pragma once

#include "network/live/liveframe.h"

#include <QJsonObject>
#include <QObject>

#include <chrono>

namespace Anchorwatch {

// What a viewer of a live view is reached by: a socket, or this very program. What is said on it is
// docs/live-view.md. Hears nothing while it is being spoken to.
class ViewerLine : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void send(const QJsonObject &message) = 0;
    virtual void sendPicture(const LiveFrame &frame, int tab, quint32 serial,
                             std::chrono::milliseconds age) = 0;

    enum class Parting {
        Done,
        Nonsense,   // what came was no message
        OnlyWatches // what came would act, which this viewer may not
    };
    // left() follows.
    virtual void close(Parting parting) = 0;

signals:
    void heard(const QJsonObject &message);
    void left();
};

} // namespace Anchorwatch
