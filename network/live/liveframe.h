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

// How many pixels a JPEG has, by its frame header (ITU-T T.81, B.2.2); empty when it has none.
[[nodiscard]] QSize jpegSize(const QByteArray &jpeg);

// The frame as a binary message (docs/live-view.md, Pictures).
[[nodiscard]] QByteArray encodeFrame(const LiveFrame &frame, int tab, quint32 serial,
                                     std::chrono::milliseconds age);

} // namespace Anchorwatch
