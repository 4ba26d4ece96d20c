#pragma once

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QWidget>

namespace Anchorwatch {

// Every control that can take the focus and that a screen reader could not name, as its class.
[[nodiscard]] inline QStringList namelessControls(const QWidget &root)
{
    QStringList nameless;
    const QList<QWidget *> widgets = root.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        // The field inside a spin box is read as the spin box.
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(&root)
            || qobject_cast<QAbstractSpinBox *>(widget->parentWidget()))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            nameless.append(QString::fromLatin1(widget->metaObject()->className()));
    }
    return nameless;
}

} // namespace Anchorwatch
