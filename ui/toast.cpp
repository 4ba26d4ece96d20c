#include "ui/toast.h"

#include "ui/alert.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int toastHeight = 36;
constexpr int edge = 12;
constexpr int iconSize = 16;
constexpr int iconGap = 8;
constexpr int actionPadding = 8;
constexpr int actionGap = 12;
constexpr int distance = 16; // from the parent's bottom

QFont textFont()
{
    return Metrics().font(13, QFont::Medium);
}

QFont actionFont()
{
    return Metrics().font(13, QFont::DemiBold);
}

// Words to press on the toast's inverse ground.
class ToastButton : public QPushButton
{
public:
    using QPushButton::QPushButton;

    QSize sizeHint() const override
    {
        const Metrics metrics;
        return {textWidth(actionFont(), text()) + 2 * metrics.scaled(actionPadding),
                metrics.scaled(28)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        QFont font = actionFont();
        font.setUnderline(underMouse() || isDown());
        painter.setFont(font);
        painter.setPen(theme.toastLink);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
        if (hasFocus())
            drawFocusRing(painter, rect(), Metrics().scaled(6), theme.toastLink);
    }
};

} // namespace

Toast::Toast(QWidget &parent, std::chrono::milliseconds stay)
    : QWidget(&parent)
    , m_button(new ToastButton(this))
{
    setObjectName(u"toast"_s);
    markAsAlert(*this);
    m_button->setObjectName(u"toastAction"_s);
    // It can be reached, but takes the focus from nobody by being clicked.
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setAttribute(Qt::WA_Hover);
    m_button->installEventFilter(this);
    parent.installEventFilter(this);
    m_timer.setSingleShot(true);
    m_timer.setInterval(stay);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        emit actionTriggered();
    });
    hide();
}

void Toast::showContent(const ToastContent &content)
{
    m_content = content;
    m_button->setText(content.action);
    m_button->setVisible(!content.action.isEmpty());
    setAccessibleName(content.text);
    place();
    if (isVisible())
        announceAlert(*this); // coming to be shown announces it else
    show();
    raise();
    update();
    stayOrGo();
}

QSize Toast::sizeHint() const
{
    const Metrics metrics;
    int width = 2 * metrics.scaled(edge) + metrics.scaled(iconSize + iconGap)
                + textWidth(textFont(), m_content.text);
    if (!m_content.action.isEmpty())
        width += metrics.scaled(actionGap) + m_button->sizeHint().width();
    return {width, metrics.scaled(toastHeight)};
}

// In the middle, a little above the parent's bottom.
void Toast::place()
{
    const Metrics metrics;
    const int margin = metrics.scaled(distance);
    const QSize room = parentWidget()->size();
    const QSize size(qMin(sizeHint().width(), room.width() - 2 * margin), sizeHint().height());
    setGeometry(QRect(
        QPoint((room.width() - size.width()) / 2, room.height() - margin - size.height()), size));
    const QSize button = m_button->sizeHint();
    const QRect end(width() - metrics.scaled(edge) - button.width(),
                    (height() - button.height()) / 2, button.width(), button.height());
    m_button->setGeometry(QStyle::visualRect(layoutDirection(), rect(), end));
}

// The time it stays counts only while nobody is at it.
void Toast::stayOrGo()
{
    if (underMouse() || m_button->hasFocus())
        m_timer.stop();
    else
        m_timer.start();
}

void Toast::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        place();
}

void Toast::enterEvent(QEnterEvent *event)
{
    QWidget::enterEvent(event);
    m_timer.stop();
}

void Toast::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    if (!m_button->hasFocus())
        m_timer.start();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    else if (watched == m_button && event->type() == QEvent::FocusIn)
        m_timer.stop();
    else if (watched == m_button && event->type() == QEvent::FocusOut && isVisible())
        m_timer.start();
    return QWidget::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const Metrics metrics;
    QPainter painter(this);
    drawBox(painter, rect(), metrics.scaled(8), theme.toast);
    const auto placed = [this](const QRect &rectangle) {
        return QStyle::visualRect(layoutDirection(), rect(), rectangle);
    };
    const int icon = metrics.scaled(iconSize);
    const int start = metrics.scaled(edge);
    drawIcon(painter, placed({start, 0, icon, height()}), m_content.icon, theme.toastText, icon);
    const int x = start + icon + metrics.scaled(iconGap);
    int end = width() - start;
    if (!m_content.action.isEmpty())
        end -= m_button->width() + metrics.scaled(actionGap);
    drawElided(painter, placed({x, 0, end - x, height()}),
               QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter,
               textFont(), theme.toastText, m_content.text);
}

} // namespace Anchorwatch
