#pragma once

#include "ui/theme.h"

#include <QRadioButton>

namespace Anchorwatch {

// One of several that exclude each other, drawn by who derives from it; for keyboard and screen
// readers it is a radio button. Belongs with those of the same parent.
class ChoiceButton : public QRadioButton
{
    Q_OBJECT

public:
    explicit ChoiceButton(const QString &text);

    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    // The ring is for who works by keyboard.
    [[nodiscard]] bool showsFocus() const;
    [[nodiscard]] bool isUnderPointer() const;
    [[nodiscard]] const Theme &theme() const { return Theme::of(palette()); }

    bool hitButton(const QPoint &position) const override;
};

} // namespace Anchorwatch
