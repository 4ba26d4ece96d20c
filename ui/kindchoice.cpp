#include "ui/kindchoice.h"

#include "ui/choicebutton.h"
#include "ui/metrics.h"
#include "ui/shapes.h"

#include <QHBoxLayout>
#include <QPainter>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int buttonHeight = 58;
constexpr int leastWidth = 80;
constexpr int iconCenter = 19;
constexpr int wordCenter = 41;
constexpr int radius = 6;
constexpr int gap = 8;

// An icon over a word.
class KindButton : public ChoiceButton
{
public:
    KindButton(const QString &text, const QString &icon)
        : ChoiceButton(text)
        , m_icon(icon)
    {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const Metrics metrics;
        const int words = textWidth(metrics.font(12, QFont::Medium), text());
        return {qMax(metrics.scaled(leastWidth), words + 2 * metrics.scaled(gap)),
                metrics.scaled(buttonHeight)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Metrics metrics;
        const int corner = metrics.scaled(radius);
        const Theme &colors = theme();
        const QColor ground = isUnderPointer() ? colors.hover : colors.raised;
        drawBox(painter, rect(), corner, isChecked() ? colors.selection : ground,
                isChecked() ? colors.accent : colors.line2);
        if (showsFocus())
            drawFocusRing(painter, rect(), corner, colors.accent);
        const QColor text = isEnabled() ? colors.text : colors.disabledText();
        const QColor icon = isChecked() ? colors.accent : colors.text2;
        const int px = metrics.scaled(16);
        drawIcon(painter, around(metrics.scaled(iconCenter), px), m_icon,
                 isEnabled() ? icon : colors.disabledText(), px);
        drawElided(painter, around(metrics.scaled(wordCenter), metrics.scaled(18)), Qt::AlignCenter,
                   metrics.font(12, QFont::Medium), text, this->text());
    }

private:
    [[nodiscard]] QRect around(int center, int height) const
    {
        return {0, center - height / 2, width(), height};
    }

    QString m_icon;
};

} // namespace

KindChoice::KindChoice(QWidget *parent)
    : QWidget(parent)
{
    using Kind = Connection::Kind;
    struct Entry
    {
        Kind kind;
        QString text;
        QString icon;
        QString name;
    };
    const QList<Entry> entries{
        {Kind::Local, tr("Local"), u"kind-local"_s, tr("Local, browsers of this machine")},
        {Kind::Service, tr("Service"), u"kind-service"_s, tr("Sessions service")},
        {Kind::Anchor, tr("Anchor"), u"kind-anchor"_s, tr("Anchor API")},
        {Kind::Grid, tr("Grid"), u"kind-grid"_s, tr("Selenium Grid")},
        {Kind::DevTools, tr("DevTools"), u"kind-devtools"_s, tr("DevTools endpoint of a browser")},
    };
    setAccessibleName(tr("Kind"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Metrics().scaled(gap));
    for (const Entry &entry : entries) {
        auto *button = new KindButton(entry.text, entry.icon);
        button->setAccessibleName(entry.name);
        button->setToolTip(entry.name);
        layout->addWidget(button, 1);
        m_buttons.insert(entry.kind, button);
        connect(button, &QAbstractButton::toggled, this, [this, kind = entry.kind](bool checked) {
            if (!checked || kind == m_kind)
                return;
            m_kind = kind;
            emit kindChanged(kind);
        });
    }
    m_buttons.value(m_kind)->setChecked(true);
}

void KindChoice::setKind(Connection::Kind kind)
{
    m_buttons.value(kind)->setChecked(true);
}

} // namespace Anchorwatch
