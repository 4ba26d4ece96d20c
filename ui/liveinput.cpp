#include "ui/liveinput.h"

#include "ui/domkeys.h"
#include "ui/livescreen.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto moveInterval = 16ms;
// Qt counts eighths of a degree; a notch of 15 degrees scrolls as far as in Chromium.
constexpr double pixelsPerAngle = -120.0 / 120.0;

} // namespace

LiveInput::LiveInput(LiveScreen &screen, QObject *parent)
    : QObject(parent)
    , m_screen(screen)
{
    m_sendMove.setSingleShot(true);
    m_sendMove.setInterval(moveInterval);
    connect(&m_sendMove, &QTimer::timeout, this, &LiveInput::flushMove);
    m_screen.installEventFilter(this);
}

void LiveInput::setActive(bool active)
{
    m_isActive = active;
    m_move.reset();
    m_screen.setMouseTracking(active);
    m_screen.setFocusPolicy(active ? Qt::StrongFocus : Qt::TabFocus);
    m_screen.setAttribute(Qt::WA_InputMethodEnabled, active);
    m_screen.setInControl(active);
    if (active)
        m_screen.setFocus();
}

void LiveInput::paste(const QString &text)
{
    if (m_isActive && m_screen.feed() && !text.isEmpty())
        m_screen.feed()->sendText(text);
}

bool LiveInput::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_screen && m_isActive && m_screen.feed() && handle(event)) {
        event->accept();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

bool LiveInput::handle(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
        mouse(*static_cast<QMouseEvent *>(event), LiveMouse::Kind::Move, 0);
        return true;
    case QEvent::MouseButtonPress:
        m_screen.setFocus();
        mouse(*static_cast<QMouseEvent *>(event), LiveMouse::Kind::Down, 1);
        return true;
    case QEvent::MouseButtonDblClick:
        mouse(*static_cast<QMouseEvent *>(event), LiveMouse::Kind::Down, 2);
        return true;
    case QEvent::MouseButtonRelease:
        mouse(*static_cast<QMouseEvent *>(event), LiveMouse::Kind::Up, 1);
        return true;
    case QEvent::Wheel:
        wheel(*static_cast<QWheelEvent *>(event));
        return true;
    // Or Tab, Del and the window's own shortcuts would never reach the page.
    case QEvent::ShortcutOverride:
        return true;
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        return key(*static_cast<QKeyEvent *>(event));
    case QEvent::InputMethod:
        inputMethod(*static_cast<QInputMethodEvent *>(event));
        return true;
    case QEvent::ContextMenu:
        return true; // the page has its own
    default:
        return false;
    }
}

void LiveInput::mouse(const QMouseEvent &event, LiveMouse::Kind kind, int clicks)
{
    LiveMouse mouse;
    mouse.kind = kind;
    mouse.position = m_screen.toPage(event.position());
    mouse.button = domButton(event.button());
    mouse.buttons = domButtons(event.buttons());
    mouse.clickCount = clicks;
    mouse.modifiers = domModifiers(event.modifiers());
    mouse.pageSize = m_screen.pageSize();
    if (kind == LiveMouse::Kind::Move) {
        mouse.button = domButton(event.buttons() & Qt::LeftButton ? Qt::LeftButton : Qt::NoButton);
        m_move = mouse;
        if (!m_sendMove.isActive())
            m_sendMove.start();
        return;
    }
    flushMove();
    m_screen.feed()->sendMouse(mouse);
}

void LiveInput::flushMove()
{
    if (const auto move = std::exchange(m_move, std::nullopt); move && m_screen.feed())
        m_screen.feed()->sendMouse(*move);
}

void LiveInput::wheel(const QWheelEvent &event)
{
    LiveMouse mouse;
    mouse.kind = LiveMouse::Kind::Wheel;
    mouse.position = m_screen.toPage(event.position());
    mouse.button = u"none"_s;
    mouse.modifiers = domModifiers(event.modifiers());
    mouse.pageSize = m_screen.pageSize();
    mouse.wheel = event.pixelDelta().isNull() ? QPointF(event.angleDelta()) * pixelsPerAngle
                                              : -QPointF(event.pixelDelta());
    flushMove();
    m_screen.feed()->sendMouse(mouse);
}

bool LiveInput::key(const QKeyEvent &event)
{
    LiveFeed &feed = *m_screen.feed();
    const bool isDown = event.type() == QEvent::KeyPress;
    const bool isEscape = event.key() == Qt::Key_Escape;
    if (isEscape && !(event.modifiers() & Qt::ShiftModifier)) {
        if (isDown)
            emit controlGivenBack();
        return true;
    }
    if (isDown && event.matches(QKeySequence::Paste)) {
        paste(QGuiApplication::clipboard()->text());
        return true;
    }
    if (isDown && event.matches(QKeySequence::Copy)) {
        feed.copy();
        return true;
    }
    if (isDown && event.matches(QKeySequence::Cut)) {
        feed.cut();
        return true;
    }
    if (event.key() == Qt::Key_F11)
        return false; // the window's own
    LiveKey key = domKey(event);
    if (isEscape)
        key.modifiers = 0;
    flushMove();
    feed.sendKey(key);
    return true;
}

void LiveInput::inputMethod(const QInputMethodEvent &event)
{
    LiveFeed &feed = *m_screen.feed();
    if (!event.commitString().isEmpty())
        feed.sendText(event.commitString());
    else
        feed.sendComposition(event.preeditString(), static_cast<int>(event.preeditString().size()));
}

} // namespace Anchorwatch
