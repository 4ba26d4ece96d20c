#pragma once

#include <QProxyStyle>

namespace Anchorwatch {

// How every control looks: Fusion underneath, ours on top, coloured by Theme and sized by Metrics.
// Buttons say how loud they are through setControlKind(), fields that they are wrong through
// setFieldState().
class AnchorwatchStyle : public QProxyStyle
{
    Q_OBJECT

public:
    AnchorwatchStyle();
};

} // namespace Anchorwatch
