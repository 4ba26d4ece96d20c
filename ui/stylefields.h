#pragma once

class QPainter;
class QRect;
class QStyleOptionComboBox;
class QStyleOptionFrame;
class QStyleOptionSpinBox;
class QWidget;

// How AnchorwatchStyle paints what is typed into or chosen from.
namespace Anchorwatch {

void paintLineEdit(const QStyleOptionFrame &option, QPainter &painter, const QWidget *widget);

void paintComboBox(const QStyleOptionComboBox &option, QPainter &painter, const QWidget *widget);
void paintComboLabel(const QStyleOptionComboBox &option, QPainter &painter);
[[nodiscard]] QRect comboEditRect(const QStyleOptionComboBox &option);
[[nodiscard]] QRect comboArrowRect(const QStyleOptionComboBox &option);

void paintSpinBox(const QStyleOptionSpinBox &option, QPainter &painter, const QWidget *widget);
[[nodiscard]] QRect spinEditRect(const QStyleOptionSpinBox &option);
[[nodiscard]] QRect spinUpRect(const QStyleOptionSpinBox &option);
[[nodiscard]] QRect spinDownRect(const QStyleOptionSpinBox &option);

} // namespace Anchorwatch
