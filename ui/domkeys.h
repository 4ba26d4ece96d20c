#pragma once

#include "models/livefeed.h"

#include <Qt>

class QKeyEvent;

namespace Anchorwatch {

// Qt's keys and buttons as pages know them (UI Events, KeyboardEvent key and code values) and as
// DevTools takes them (Windows virtual key codes).
[[nodiscard]] LiveKey domKey(const QKeyEvent &event);
[[nodiscard]] QString domButton(Qt::MouseButton button);
[[nodiscard]] int domButtons(Qt::MouseButtons buttons);
[[nodiscard]] int domModifiers(Qt::KeyboardModifiers modifiers);

} // namespace Anchorwatch
