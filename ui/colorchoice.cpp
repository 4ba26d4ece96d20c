#include "ui/colorchoice.h"

#include "ui/choicebutton.h"
#include "ui/metrics.h"
#include "ui/shapes.h"

#include <QHBoxLayout>
#include <QPainter>

namespace Anchorwatch {

namespace {

constexpr int discSize = 20;
constexpr int ringSize = 26;
constexpr int rowHeight = 30;
constexpr int gap = 6;

class ColorButton : public ChoiceButton
{
public:
    ColorButton(const QString &name, Connection::Color color)
        : ChoiceButton({})
        , m_color(color)
    {
        setAccessibleName(name);
        setToolTip(name);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const Metrics metrics;
        return {metrics.scaled(ringSize), metrics.scaled(rowHeight)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Metrics metrics;
        const Theme &colors = theme();
        drawBox(painter, centered(metrics.scaled(discSize)), metrics.scaled(discSize) / 2.0,
                colors.connectionColor(m_color));
        if (isChecked() || isUnderPointer())
            drawBox(painter, centered(metrics.scaled(ringSize)), metrics.scaled(ringSize) / 2.0, {},
                    ringColor(), isChecked() ? 2 : 1);
    }

private:
    [[nodiscard]] QColor ringColor() const
    {
        if (!isChecked())
            return theme().control;
        return showsFocus() ? theme().accent : theme().text;
    }
    [[nodiscard]] QRectF centered(int size) const
    {
        return {(width() - size) / 2.0, (height() - size) / 2.0, qreal(size), qreal(size)};
    }

    Connection::Color m_color;
};

} // namespace

ColorChoice::ColorChoice(QWidget *parent)
    : QWidget(parent)
{
    using Color = Connection::Color;
    setAccessibleName(tr("Colour"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Metrics().scaled(gap));
    const QList<std::pair<Color, QString>> entries{
        {Color::Slate, tr("Slate")},   {Color::Blue, tr("Blue")},   {Color::Teal, tr("Teal")},
        {Color::Green, tr("Green")},   {Color::Amber, tr("Amber")}, {Color::Red, tr("Red")},
        {Color::Violet, tr("Violet")}, {Color::Pink, tr("Pink")},
    };
    for (const auto &[color, name] : entries) {
        auto *button = new ColorButton(name, color);
        layout->addWidget(button);
        m_buttons.insert(color, button);
        connect(button, &QAbstractButton::toggled, this, [this, color = color](bool checked) {
            if (!checked || color == m_color)
                return;
            m_color = color;
            emit colorChosen(color);
        });
    }
    layout->addStretch();
    m_buttons.value(m_color)->setChecked(true);
}

void ColorChoice::setColor(Connection::Color color)
{
    m_color = color;
    m_buttons.value(color)->setChecked(true);
}

} // namespace Anchorwatch
