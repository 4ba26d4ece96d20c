#pragma once

namespace Anchorwatch {

struct Stage;

// Each measures one part of watching on a stage of its own.

// The live view page: its size, and how soon it shows something. DevTools beside it.
void measurePage(Stage &stage);
// The window's viewer on 25 pictures a second, and the page in Chromium on the same.
void measureViewers(Stage &stage);
// The service between an animated page and its viewers, and on a still page.
void measureRelay(Stage &stage);
// From a click or a key to the picture that shows what it did.
void measurePresses(Stage &stage);
// What being watched takes from a page's own frames.
void measureOwnFrames(Stage &stage);
// Nine sessions on the wall.
void measureWall(Stage &stage);
// How soon a viewer hears what has happened.
void measureNews(Stage &stage);

} // namespace Anchorwatch
