#pragma once

#include <QByteArray>
#include <QSize>

#include <chrono>

namespace Anchorwatch {

// One picture of a page, as the browser made it.
struct LiveFrame
{
    QByteArray jpeg;
    QSize pageSize; // in CSS pixels
    bool isStill = false;
    bool isHidden = false; // another page was in front
    std::chrono::steady_clock::time_point takenAt{};
};

// The frame as a binary message (docs/live-view.md, Pictures).
[[nodiscard]] QByteArray encodeFrame(const LiveFrame &frame, int tab, quint32 serial,
                                     std::chrono::milliseconds age);

} // namespace Anchorwatch
