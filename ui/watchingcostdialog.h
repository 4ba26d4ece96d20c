#pragma once

#include "ui/dialog.h"

namespace Anchorwatch {

// Says what watching a session costs, before it is done for the first time. accepted() says go on.
class WatchingCostDialog : public Dialog
{
    Q_OBJECT

public:
    // `cost`: a sentence, with the connection that it is about.
    WatchingCostDialog(const QString &cost, QWidget *parent);
};

} // namespace Anchorwatch
