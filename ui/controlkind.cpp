#include "ui/controlkind.h"

#include <QString>
#include <QVariant>
#include <QWidget>

#include <array>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *kindProperty = "kind";
constexpr const char *errorProperty = "error";

constexpr std::array<std::pair<ControlKind, QLatin1StringView>, 4> kindNames{{
    {ControlKind::Small, "small"_L1},
    {ControlKind::Primary, "primary"_L1},
    {ControlKind::Danger, "danger"_L1},
    {ControlKind::Flat, "flat"_L1},
}};

} // namespace

void setControlKind(QWidget &widget, ControlKind kind)
{
    QVariant value;
    for (const auto &[known, name] : kindNames) {
        if (known == kind)
            value = QString(name);
    }
    widget.setProperty(kindProperty, value);
    widget.updateGeometry();
    widget.update();
}

ControlKind controlKind(const QWidget *widget)
{
    if (!widget)
        return ControlKind::Plain;
    const QString value = widget->property(kindProperty).toString();
    for (const auto &[kind, name] : kindNames) {
        if (value == name)
            return kind;
    }
    return ControlKind::Plain;
}

void setFieldState(QWidget &field, FieldState state)
{
    field.setProperty(errorProperty, state == FieldState::Wrong);
    field.update();
}

FieldState fieldState(const QWidget *field)
{
    return field && field->property(errorProperty).toBool() ? FieldState::Wrong : FieldState::Sound;
}

} // namespace Anchorwatch
