#pragma once

#include "tests/bench/stage.h"

namespace Anchorwatch {

// What a page in a browser has drawn on canvases since it was opened.
struct Drawn
{
    double firstMs = 0; // from the start of the navigation until it was painted; 0 for never
    int count = 0;
    int files = 0; // that it loaded
    double kilobytes = 0;
};

// Opens the address in the session, in a page that counts what it draws.
void openCounting(Stage &stage, const QString &id, const QString &url);
[[nodiscard]] Drawn drawn(Stage &stage, const QString &id);
// False when it draws nothing in time.
[[nodiscard]] bool awaitDrawn(Stage &stage, const QString &id);

} // namespace Anchorwatch
