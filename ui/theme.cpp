#include "ui/theme.h"

#include "ui/shapes.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

Theme makeLight()
{
    return {
        .window = 0xF3F4F6,
        .base = 0xFFFFFF,
        .raised = 0xFFFFFF,
        .hover = 0xF3F5F8,
        .hoverWindow = 0xE6E8ED,
        .press = 0xD9DDE4,
        .stage = 0xE5E7EC,
        .line = 0xEAECF0,
        .line2 = 0xCDD2DA,
        .control = 0x858C99,
        .text = 0x1A1E25,
        .text2 = 0x4F5664,
        .text3 = 0x606775,
        .accent = 0x1D5FCC,
        .fill = 0x1D5FCC,
        .fillHover = 0x174FAB,
        .onFill = 0xFFFFFF,
        .redFill = 0xB42318,
        .redFillHover = 0x951B12,
        .selection = 0xDCE8FB,
        .selectionIdle = 0xE4E8EE,
        .green = 0x136B3A,
        .blue = 0x1D5FCC,
        .amber = 0x855000,
        .red = 0xB42318,
        .slate = 0x4B5565,
        .teal = 0x0A6670,
        .violet = 0x6A3DB8,
        .pink = 0xA3246B,
        .amberGround = 0xFFF3D6,
        .amberLine = 0xEBCB85,
        .redGround = 0xFDECEA,
        .redLine = 0xF0B9B3,
        .blueGround = 0xE6EFFC,
        .blueLine = 0xB4CDF3,
        .greenGround = 0xE4F4EA,
        .greenLine = 0xA9D8BA,
        .toast = 0x23272F,
        .toastText = 0xF3F4F6,
        .toastLink = 0x9CC2FF,
        .skeleton = 0xE9ECF0,
    };
}

Theme makeDark()
{
    return {
        .window = 0x16181C,
        .base = 0x1C1F24,
        .raised = 0x262A31,
        .hover = 0x23272D,
        .hoverWindow = 0x25282E,
        .press = 0x31363F,
        .stage = 0x0F1114,
        .line = 0x282C33,
        .line2 = 0x3B414B,
        .control = 0x757D8B,
        .text = 0xE7E9ED,
        .text2 = 0xB1B7C2,
        .text3 = 0x9BA2AE,
        .accent = 0x7DACFF,
        .fill = 0x2E69D6,
        .fillHover = 0x346FDF,
        .onFill = 0xFFFFFF,
        .redFill = 0xC5362A,
        .redFillHover = 0xCD3D31,
        .selection = 0x223857,
        .selectionIdle = 0x2A2F37,
        .green = 0x58C98B,
        .blue = 0x7DACFF,
        .amber = 0xF0B557,
        .red = 0xFF9187,
        .slate = 0xA9B4C6,
        .teal = 0x4CC4CF,
        .violet = 0xBDA4FF,
        .pink = 0xF494C4,
        .amberGround = 0x2F2617,
        .amberLine = 0x5E4A22,
        .redGround = 0x361F20,
        .redLine = 0x6B3733,
        .blueGround = 0x1B2A44,
        .blueLine = 0x2F4C7D,
        .greenGround = 0x182D22,
        .greenLine = 0x2C5A41,
        .toast = 0xE7E9ED,
        .toastText = 0x16181C,
        .toastLink = 0x174FAB,
        .skeleton = 0x292D34,
    };
}

} // namespace

const Theme &Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::dark()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? dark() : light();
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, hover);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, text3);
    palette.setColor(QPalette::Button, raised);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::Light, raised);
    palette.setColor(QPalette::Midlight, hoverWindow);
    palette.setColor(QPalette::Mid, line2);
    palette.setColor(QPalette::Dark, control);
    palette.setColor(QPalette::Shadow, line2);
    palette.setColor(QPalette::BrightText, red);
    palette.setColor(QPalette::Highlight, fill);
    palette.setColor(QPalette::HighlightedText, onFill);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::ToolTipBase, toast);
    palette.setColor(QPalette::ToolTipText, toastText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabledText());
    return palette;
}

QColor Theme::disabledText() const
{
    return mixed(text3, window, 0.42F);
}

QColor Theme::stateColor(RowState::Kind state) const
{
    switch (state) {
    case RowState::Kind::Starting:
        return blue;
    case RowState::Kind::Running:
        return green;
    case RowState::Kind::Idle:
    case RowState::Kind::Unknown:
        return text2;
    case RowState::Kind::Stopped:
    case RowState::Kind::Stale:
    case RowState::Kind::Gone:
        return text3;
    case RowState::Kind::Error:
    case RowState::Kind::StillRunning:
        return red;
    case RowState::Kind::Malformed:
    case RowState::Kind::Terminating:
        return amber;
    }
    return text2;
}

QColor Theme::connectionColor(Connection::Color color) const
{
    switch (color) {
    case Connection::Color::Blue:
        return blue;
    case Connection::Color::Teal:
        return teal;
    case Connection::Color::Green:
        return green;
    case Connection::Color::Amber:
        return amber;
    case Connection::Color::Red:
        return red;
    case Connection::Color::Pink:
        return pink;
    case Connection::Color::Violet:
        return violet;
    case Connection::Color::Slate:
        break;
    }
    return slate;
}

QString stateIcon(RowState::Kind state)
{
    switch (state) {
    case RowState::Kind::Starting:
        return u"status-starting"_s;
    case RowState::Kind::Running:
        return u"status-running"_s;
    case RowState::Kind::Idle:
        return u"status-idle"_s;
    case RowState::Kind::Stopped:
        return u"status-stopped"_s;
    case RowState::Kind::Error:
    case RowState::Kind::StillRunning:
        return u"status-error"_s;
    case RowState::Kind::Unknown:
    case RowState::Kind::Malformed:
    case RowState::Kind::Stale:
        return u"status-unknown"_s;
    case RowState::Kind::Terminating:
        return u"status-terminating"_s;
    case RowState::Kind::Gone:
        return u"status-gone"_s;
    }
    return u"status-unknown"_s;
}

} // namespace Anchorwatch
