#pragma once

namespace Anchorwatch {

// From now on the messages of Qt and of ours (qWarning and its kin) pass redacted() before they are
// written, in every thread. Called once, before there are any.
void redactMessages();

} // namespace Anchorwatch
