#pragma once

#include "ui/textlabel.h"

namespace Anchorwatch {

// One line of text that ends in "…" where there is no room for all of it.
class ElidedLabel : public TextLabel
{
    Q_OBJECT

public:
    using TextLabel::TextLabel;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Anchorwatch
