#pragma once

#include "ui/dialog.h"

class QAction;

namespace Anchorwatch {

// All keys. Made from the actions themselves, so it says what the keys do.
class KeyListDialog : public Dialog
{
    Q_OBJECT

public:
    // Actions without a key are left out.
    explicit KeyListDialog(const QList<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace Anchorwatch
