#include "ui/domkeys.h"

#include <QHash>
#include <QKeyEvent>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

struct NamedKey
{
    QString name; // both key and code
    int windowsCode;
    QString text{};
};

const QHash<int, NamedKey> &namedKeys()
{
    static const QHash<int, NamedKey> keys{{Qt::Key_Backspace, {u"Backspace"_s, 8}},
                                           {Qt::Key_Tab, {u"Tab"_s, 9, u"\t"_s}},
                                           {Qt::Key_Backtab, {u"Tab"_s, 9}},
                                           {Qt::Key_Return, {u"Enter"_s, 13, u"\r"_s}},
                                           {Qt::Key_Enter, {u"Enter"_s, 13, u"\r"_s}},
                                           {Qt::Key_Shift, {u"Shift"_s, 16}},
                                           {Qt::Key_Control, {u"Control"_s, 17}},
                                           {Qt::Key_Alt, {u"Alt"_s, 18}},
                                           {Qt::Key_Meta, {u"Meta"_s, 91}},
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

QString codeOf(int key)
{
    if (key >= Qt::Key_A && key <= Qt::Key_Z)
        return u"Key"_s + QChar(key);
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        return u"Digit"_s + QChar(key);
    return key == Qt::Key_Space ? u"Space"_s : QString();
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
        key.code = named->name;
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
    key.code = codeOf(event.key());
    // Those of letters and digits are the codes of their capital letters in both.
    key.windowsKeyCode = key.code.isEmpty() ? 0 : event.key();
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
