#pragma once

#include "ui/dialog.h"

namespace Anchorwatch {

// The end of the local service's log, to read and to copy from.
class LogDialog : public Dialog
{
    Q_OBJECT

public:
    // `place` is where the whole log is kept.
    LogDialog(const QString &text, const QString &place, QWidget *parent = nullptr);
};

} // namespace Anchorwatch
