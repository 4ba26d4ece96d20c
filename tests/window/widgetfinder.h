#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QWidget>

namespace Anchorwatch {

// Finds what a person would: a button by its words or by the name a screen reader reads, visible or
// not; nullptr when there is none.
[[nodiscard]] inline QAbstractButton *buttonNamed(const QWidget &root, const QString &name)
{
    const auto buttons = root.findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (button->text() == name || button->accessibleName() == name)
            return button;
    }
    return nullptr;
}

// A control of that class by its accessible name.
template<typename Control>
[[nodiscard]] Control *controlNamed(const QWidget &root, const QString &name)
{
    const auto controls = root.findChildren<Control *>();
    for (Control *control : controls) {
        if (control->accessibleName() == name)
            return control;
    }
    return nullptr;
}

// The texts of all labels on screen, in the order they were made.
[[nodiscard]] inline QStringList visibleTexts(const QWidget &root)
{
    QStringList texts;
    const auto labels = root.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&root) && !label->text().isEmpty())
            texts.append(label->text());
    }
    return texts;
}

} // namespace Anchorwatch
