#pragma once

#include "ui/theme.h"

#include <QLabel>

namespace Anchorwatch {

// Text that is shown as it is, never read as markup, in one of the theme's colours; it follows a
// change between light and dark.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString &text = {}, QColor Theme::*color = &Theme::text,
                       QWidget *parent = nullptr);

    void setColor(QColor Theme::*color);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColor();

    QColor Theme::*m_color;
};

} // namespace Anchorwatch
