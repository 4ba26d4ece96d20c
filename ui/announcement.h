#pragma once

#include <QString>

#include <functional>

namespace Anchorwatch {

// The result of something the user did, for the toast: one line and at most one thing to do about
// it.
struct Announcement
{
    QString icon;
    QString text;
    QString actionText; // empty: nothing to do
    std::function<void()> action;
};

} // namespace Anchorwatch
