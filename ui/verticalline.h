#pragma once

#include <QWidget>

namespace Anchorwatch {

// A thin line between what stands side by side.
class VerticalLine : public QWidget
{
    Q_OBJECT

public:
    explicit VerticalLine(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Anchorwatch
