#pragma once

class QWidget;

namespace Anchorwatch {

// How loud a button is. AnchorwatchStyle reads it from the dynamic property `kind`.
enum class ControlKind {
    Plain,   // raised, outlined
    Small,   // the same, lower: in banners
    Primary, // the one thing to do here
    Danger,  // what ends something
    Flat,    // no ground until the pointer is over it
};

void setControlKind(QWidget &widget, ControlKind kind);
[[nodiscard]] ControlKind controlKind(const QWidget *widget);

// Whether what is typed into a field can be used. AnchorwatchStyle reads it from the dynamic
// property `error`.
enum class FieldState { Sound, Wrong };

void setFieldState(QWidget &field, FieldState state);
[[nodiscard]] FieldState fieldState(const QWidget *field);

} // namespace Anchorwatch
