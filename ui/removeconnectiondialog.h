#pragma once

#include "models/connection.h"
#include "ui/dialog.h"

namespace Anchorwatch {

// Asks whether a connection shall be removed; accepted() says yes.
class RemoveConnectionDialog : public Dialog
{
    Q_OBJECT

public:
    // `live`: how many live sessions it has.
    RemoveConnectionDialog(const Connection &connection, int live, QWidget *parent = nullptr);
};

} // namespace Anchorwatch
