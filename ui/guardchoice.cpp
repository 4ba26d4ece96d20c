#include "ui/guardchoice.h"

#include "ui/choicebutton.h"
#include "ui/metrics.h"
#include "ui/shapes.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int segmentHeight = 30;
constexpr int radius = 6;
constexpr int shapeSize = 16;
constexpr int iconGap = 5;
constexpr int padding = 10;

// A segment: its word, after an icon where it has one.
class GuardButton : public ChoiceButton
{
public:
    GuardButton(const QString &text, const QString &icon, QColor Theme::*iconColor)
        : ChoiceButton(text)
        , m_icon(icon)
        , m_iconColor(iconColor)
    {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const Metrics metrics;
        return {labelWidth() + 2 * metrics.scaled(padding), metrics.scaled(segmentHeight)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const int corner = Metrics().scaled(radius);
        const Theme &colors = theme();
        if (isChecked())
            drawBox(painter, rect(), corner, colors.raised, colors.control);
        else if (isUnderPointer())
            drawBox(painter, rect().adjusted(1, 1, -1, -1), corner - 1, colors.press);
        if (showsFocus())
            drawFocusRing(painter, rect(), corner, colors.accent);
        paintLabel(painter);
    }

private:
    void paintLabel(QPainter &painter) const
    {
        const Metrics metrics;
        const Theme &colors = theme();
        QRect label(0, 0, qMin(labelWidth(), width()), height());
        label.moveCenter(rect().center());
        if (!m_icon.isEmpty()) {
            const int px = metrics.scaled(shapeSize);
            const QRect icon(label.left(), 0, px, height());
            drawIcon(painter, QStyle::visualRect(layoutDirection(), rect(), icon), m_icon,
                     isEnabled() ? colors.*m_iconColor : colors.disabledText(), px);
            label.setLeft(label.left() + px + metrics.scaled(iconGap));
        }
        drawElided(painter, QStyle::visualRect(layoutDirection(), rect(), label), Qt::AlignCenter,
                   wordFont(), isEnabled() ? colors.text : colors.disabledText(), text());
    }
    [[nodiscard]] static QFont wordFont() { return Metrics().font(13, QFont::Medium); }
    [[nodiscard]] int labelWidth() const
    {
        const int words = textWidth(wordFont(), text());
        return m_icon.isEmpty() ? words : words + Metrics().scaled(shapeSize + iconGap);
    }

    QString m_icon;
    QColor Theme::*m_iconColor;
};

} // namespace

GuardChoice::GuardChoice(QWidget *parent)
    : QWidget(parent)
{
    using Guard = Connection::Guard;
    setAccessibleName(tr("Guard"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_buttons = {
        {Guard::Normal, new GuardButton(tr("Normal"), {}, &Theme::text2)},
        {Guard::Protected, new GuardButton(tr("Protected"), u"lock"_s, &Theme::red)},
        {Guard::WatchOnly, new GuardButton(tr("Watch only"), u"watch-only"_s, &Theme::text2)},
    };
    for (const Guard guard : {Guard::Normal, Guard::Protected, Guard::WatchOnly}) {
        QAbstractButton *button = m_buttons.value(guard);
        layout->addWidget(button, 1);
        connect(button, &QAbstractButton::toggled, this, [this, guard](bool checked) {
            if (!checked || guard == m_guard)
                return;
            m_guard = guard;
            emit guardChanged(guard);
        });
    }
    m_buttons.value(m_guard)->setChecked(true);
}

void GuardChoice::setGuard(Connection::Guard guard)
{
    m_buttons.value(guard)->setChecked(true);
}

void GuardChoice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    drawBox(painter, rect(), Metrics().scaled(radius), theme.hoverWindow, theme.line2);
}

} // namespace Anchorwatch
