#pragma once

#include "models/livefeed.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

class QInputMethodEvent;
class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace Anchorwatch {

class LiveScreen;

// Hands what is done on a screen to the page that it shows, while this viewer is in control. Moves
// are gathered to one in 16 ms and sent before the press that follows them. Esc gives control back;
// Shift+Esc is Esc for the page.
class LiveInput : public QObject
{
    Q_OBJECT

public:
    // The screen must outlive it.
    explicit LiveInput(LiveScreen &screen, QObject *parent = nullptr);

    void setActive(bool active);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    // The text that Ctrl+V shall type instead of what the session has on its own clipboard.
    void paste(const QString &text);

signals:
    void controlGivenBack();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool handle(QEvent *event);
    void mouse(const QMouseEvent &event, LiveMouse::Kind kind, int clicks);
    void wheel(const QWheelEvent &event);
    [[nodiscard]] bool key(const QKeyEvent &event);
    void inputMethod(const QInputMethodEvent &event);
    void flushMove();

    LiveScreen &m_screen;
    bool m_isActive = false;
    std::optional<LiveMouse> m_move; // not sent yet
    QTimer m_sendMove;
};

} // namespace Anchorwatch
