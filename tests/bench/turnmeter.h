#pragma once

#include "app/meteredapplication.h"

#include <QPointer>
#include <QWidget>

namespace Anchorwatch {

// The longest time between two calls of poll() by the thread that runs main(): what the window's
// thread was busy with, as the kernel sees it, whatever Qt says of its event loop. `cpuNs` is what
// that stretch used of a core: less than `ns` when others wanted it too.
struct BusyStretch
{
    qint64 ns = 0;
    qint64 cpuNs = 0;
};

// The longest since the last call. Works in a program that links turnmeter.cpp, which puts poll()
// and ppoll() in front of those of the C library.
[[nodiscard]] BusyStretch takeLongestStretch();

// An application that tells when a widget has been painted.
class PaintTellingApplication : public MeteredApplication
{
    Q_OBJECT

public:
    using MeteredApplication::MeteredApplication;

    void watch(QWidget *widget) { m_widget = widget; }
    bool notify(QObject *receiver, QEvent *event) override;

signals:
    // The widget and all that was to be painted with it is on the window's surface.
    void painted();

private:
    QPointer<QWidget> m_widget;
    int m_depth = 0;
    bool m_isPainted = false;
};

} // namespace Anchorwatch
