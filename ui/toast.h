#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>

#include <chrono>

class QPushButton;

namespace Anchorwatch {

// What a toast says: the result of something the user did. All texts are plain.
struct ToastContent
{
    QString icon; // a name for tintedPixmap()
    QString text;
    QString action; // words of its one button; empty for none

    bool operator==(const ToastContent &) const = default;
};

// A short message over the bottom of its parent. One at a time: a new one takes the old one's
// place. It goes by itself, but not while the pointer is over it or its button has the focus, and
// never takes the focus.
class Toast : public QWidget
{
    Q_OBJECT

public:
    // How long a toast stays.
    static constexpr std::chrono::milliseconds defaultStay{6000};

    explicit Toast(QWidget &parent, std::chrono::milliseconds stay = defaultStay);

    void showContent(const ToastContent &content);
    [[nodiscard]] const ToastContent &content() const { return m_content; }

    QSize sizeHint() const override;

signals:
    // The button was pressed; the toast has gone.
    void actionTriggered();

protected:
    void changeEvent(QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void stayOrGo();

    ToastContent m_content;
    QPushButton *m_button;
    QTimer m_timer;
};

} // namespace Anchorwatch
