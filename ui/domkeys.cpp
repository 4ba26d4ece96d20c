#include "ui/domkeys.h"

#include <QHash>
#include <QKeyEvent>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

struct NamedKey
{
    QString name;
    int windowsCode;
    QString text{};
    QString code{}; // where it is not the name
};

const QHash<int, NamedKey> &namedKeys()
{
    static const QHash<int, NamedKey> keys{
        {Qt::Key_Backspace, {u"Backspace"_s, 8}},
        {Qt::Key_Tab, {u"Tab"_s, 9, u"\t"_s}},
        {Qt::Key_Backtab, {u"Tab"_s, 9}},
        {Qt::Key_Return, {u"Enter"_s, 13, u"\r"_s}},
        {Qt::Key_Enter, {u"Enter"_s, 13, u"\r"_s, u"NumpadEnter"_s}},
        {Qt::Key_Shift, {u"Shift"_s, 16, {}, u"ShiftLeft"_s}},
        {Qt::Key_Control, {u"Control"_s, 17, {}, u"ControlLeft"_s}},
        {Qt::Key_Alt, {u"Alt"_s, 18, {}, u"AltLeft"_s}},
        {Qt::Key_Meta, {u"Meta"_s, 91, {}, u"MetaLeft"_s}},
        {Qt::Key_Escape, {u"Escape"_s, 27}},
        {Qt::Key_PageUp, {u"PageUp"_s, 33}},
        {Qt::Key_PageDown, {u"PageDown"_s, 34}},
        {Qt::Key_End, {u"End"_s, 35}},
        {Qt::Key_Home, {u"Home"_s, 36}},
        {Qt::Key_Left, {u"ArrowLeft"_s, 37}},
        {Qt::Key_Up, {u"ArrowUp"_s, 38}},
        {Qt::Key_Right, {u"ArrowRight"_s, 39}},
        {Qt::Key_Down, {u"ArrowDown"_s, 40}},
        {Qt::Key_Insert, {u"Insert"_s, 45}},
        {Qt::Key_Delete, {u"Delete"_s, 46}}};
    return keys;
}

struct PrintableKey
{
    QString code;
    int windowsCode = 0;
};

// As on a US keyboard: the code says which key it was, and only the character is known. Pages read
// it for shortcuts such as Ctrl+/ (UI Events KeyboardEvent code Values, W3C; VK_OEM_*, Microsoft).
PrintableKey printableKey(int key)
{
    if (key >= Qt::Key_A && key <= Qt::Key_Z)
        return {u"Key"_s + QChar(key), key};
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        return {u"Digit"_s + QChar(key), key};
    static const QHash<int, PrintableKey> others{{Qt::Key_Space, {u"Space"_s, 32}},
                                                 {Qt::Key_Semicolon, {u"Semicolon"_s, 186}},
                                                 {Qt::Key_Equal, {u"Equal"_s, 187}},
                                                 {Qt::Key_Comma, {u"Comma"_s, 188}},
                                                 {Qt::Key_Minus, {u"Minus"_s, 189}},
                                                 {Qt::Key_Period, {u"Period"_s, 190}},
                                                 {Qt::Key_Slash, {u"Slash"_s, 191}},
                                                 {Qt::Key_QuoteLeft, {u"Backquote"_s, 192}},
                                                 {Qt::Key_BracketLeft, {u"BracketLeft"_s, 219}},
                                                 {Qt::Key_Backslash, {u"Backslash"_s, 220}},
                                                 {Qt::Key_BracketRight, {u"BracketRight"_s, 221}},
                                                 {Qt::Key_Apostrophe, {u"Quote"_s, 222}}};
    return others.value(key);
}

} // namespace

LiveKey domKey(const QKeyEvent &event)
{
    LiveKey key;
    key.isDown = event.type() == QEvent::KeyPress;
    key.isRepeat = event.isAutoRepeat();
    key.modifiers = domModifiers(event.modifiers());
    const bool isCommand = (event.modifiers() & (Qt::ControlModifier | Qt::MetaModifier)) != 0;
    const auto named = namedKeys().constFind(event.key());
    if (named != namedKeys().cend()) {
        key.key = named->name;
        key.code = named->code.isEmpty() ? named->name : named->code;
        key.windowsKeyCode = named->windowsCode;
        key.text = key.isDown && !isCommand ? named->text : QString();
        return key;
    }
    if (event.key() >= Qt::Key_F1 && event.key() <= Qt::Key_F24) {
        key.key = u"F%1"_s.arg(event.key() - Qt::Key_F1 + 1);
        key.code = key.key;
        key.windowsKeyCode = 112 + event.key() - Qt::Key_F1;
        return key;
    }
    const bool isAscii = event.key() >= Qt::Key_Space && event.key() <= Qt::Key_AsciiTilde;
    const PrintableKey printable = printableKey(event.key());
    key.code = printable.code;
    key.windowsKeyCode = printable.windowsCode;
    key.key = event.text();
    // Ctrl makes a control character of a letter.
    if (isCommand && isAscii)
        key.key = QString(QChar(event.key())).toLower();
    if (key.isDown && !isCommand)
        key.text = event.text();
    return key;
}

QString domButton(Qt::MouseButton button)
{
    switch (button) {
    case Qt::LeftButton:
        return u"left"_s;
    case Qt::RightButton:
        return u"right"_s;
    case Qt::MiddleButton:
        return u"middle"_s;
    case Qt::BackButton:
        return u"back"_s;
    case Qt::ForwardButton:
        return u"forward"_s;
    default:
        return u"none"_s;
    }
}

int domButtons(Qt::MouseButtons buttons)
{
    int dom = 0;
    if (buttons & Qt::LeftButton)
        dom |= 1;
    if (buttons & Qt::RightButton)
        dom |= 2;
    if (buttons & Qt::MiddleButton)
        dom |= 4;
    if (buttons & Qt::BackButton)
        dom |= 8;
    if (buttons & Qt::ForwardButton)
        dom |= 16;
    return dom;
}

int domModifiers(Qt::KeyboardModifiers modifiers)
{
    int dom = 0;
    if (modifiers & Qt::AltModifier)
        dom |= 1;
    if (modifiers & Qt::ControlModifier)
        dom |= 2;
    if (modifiers & Qt::MetaModifier)
        dom |= 4;
    if (modifiers & Qt::ShiftModifier)
        dom |= 8;
    return dom;
}

} // namespace Anchorwatch
