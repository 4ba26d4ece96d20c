#include "ui/emptystate.h"

#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int ownIconSize = 72;
constexpr int iconSize = 40;
constexpr int sentenceWidth = 400;
constexpr int headingGap = 18;
constexpr int sentenceGap = 6;
constexpr int buttonGap = 18;
constexpr int raised =
    52; // more room below than above, so that it stands a little above the middle

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::WindowText); // on any ground
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    return label;
}

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_heading(plainLabel(this))
    , m_sentence(plainLabel(this))
    , m_button(new QPushButton(this))
{
    setObjectName(u"emptyState"_s);
    m_button->setObjectName(u"emptyAction"_s);
    m_sentence->setWordWrap(true);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionTriggered);

    const Metrics metrics;
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(0);
    layout->addStretch(1);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics.scaled(headingGap));
    layout->addWidget(m_heading, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics.scaled(sentenceGap));
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics.scaled(buttonGap));
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    layout->addSpacing(metrics.scaled(raised));
    dress();
}

void EmptyState::setContent(const EmptyContent &content)
{
    if (content == m_content)
        return;
    m_content = content;
    m_heading->setText(content.heading);
    m_sentence->setText(content.sentence);
    m_button->setText(content.action);
    m_button->setIcon(content.actionIcon.isEmpty() ? QIcon() : themedIcon(content.actionIcon));
    m_button->setVisible(!content.action.isEmpty());
    setControlKind(*m_button, content.actionKind);
    dress();
}

// Puts on what follows the theme and the font.
void EmptyState::dress()
{
    const Metrics metrics;
    const Theme &theme = Theme::of(palette());
    m_heading->setFont(metrics.font(16, QFont::DemiBold));
    const int width =
        qMin(metrics.scaled(sentenceWidth), textWidth(m_sentence->font(), m_content.sentence));
    m_sentence->setFixedSize(width, qMax(0, m_sentence->heightForWidth(width)));
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme.text2);
    m_sentence->setPalette(quiet);
    if (m_content.icon.isEmpty()) {
        const int px = metrics.scaled(ownIconSize);
        m_icon->setPixmap(applicationIcon().pixmap(QSize(px, px), devicePixelRatioF()));
    } else {
        m_icon->setPixmap(tintedPixmap(m_content.icon, theme.text3, metrics.scaled(iconSize),
                                       devicePixelRatioF()));
    }
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        dress();
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(palette()).base);
}

} // namespace Anchorwatch
