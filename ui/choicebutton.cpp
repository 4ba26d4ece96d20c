#include "ui/choicebutton.h"

namespace Anchorwatch {

ChoiceButton::ChoiceButton(const QString &text)
    : QRadioButton(text)
{
    setAttribute(Qt::WA_Hover);
    // Tab stops at the chosen one alone; by itself Qt would stop at the first.
    setFocusPolicy(Qt::ClickFocus);
    connect(this, &QAbstractButton::toggled, this,
            [this](bool checked) { setFocusPolicy(checked ? Qt::StrongFocus : Qt::ClickFocus); });
}

bool ChoiceButton::showsFocus() const
{
    return hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

bool ChoiceButton::isUnderPointer() const
{
    return isEnabled() && underMouse();
}

bool ChoiceButton::hitButton(const QPoint &position) const
{
    return rect().contains(position);
}

} // namespace Anchorwatch
