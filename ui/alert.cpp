#include "ui/alert.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace Anchorwatch {

namespace {

constexpr const char *alertProperty = "anchorwatchAlert";

QAccessibleInterface *alertInterface(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    if (!widget || !widget->property(alertProperty).toBool())
        return nullptr;
    return new QAccessibleWidget(widget, QAccessible::AlertMessage);
}

} // namespace

void markAsAlert(QWidget &widget)
{
    widget.setProperty(alertProperty, true);
    QAccessible::installFactory(alertInterface); // Qt keeps each factory once
}

void announceAlert(QWidget &widget)
{
    QAccessibleEvent shown(&widget, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&shown);
}

} // namespace Anchorwatch
