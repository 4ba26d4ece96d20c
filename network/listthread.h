#pragma once

class QThreadPool;

namespace Anchorwatch {

// The one thread in which lists are read and compared, of all connections. One, since every thread
// keeps for itself the memory that a list took, and since the next list then finds it there. Any
// thread may ask for it.
[[nodiscard]] QThreadPool &listThread();

} // namespace Anchorwatch
