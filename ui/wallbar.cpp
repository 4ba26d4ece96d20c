#include "ui/wallbar.h"

#include "ui/filterbox.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

WallBar::WallBar(QLineEdit &sharedFilter, QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_count(new QLabel)
    , m_columns(new QComboBox)
    , m_interval(new QComboBox)
    , m_pause(new QToolButton)
    , m_filter(new FilterBox)
{
    const Metrics metrics;
    setFixedHeight(metrics.scaled(44));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.scaled(12), 0, metrics.scaled(10), 0);
    layout->setSpacing(metrics.scaled(6));
    addTitle();
    layout->addStretch();
    addChoices();
    m_filter->setText(sharedFilter.text());
    m_filter->setMaximumWidth(metrics.scaled(260));
    m_filter->setMinimumWidth(metrics.scaled(160));
    layout->addWidget(m_filter, 1);
    // Setting the same text again would move the cursor and forget what can be undone.
    const auto follow = [](QLineEdit *from, QLineEdit *to) {
        connect(from, &QLineEdit::textChanged, to, [to](const QString &text) {
            if (to->text() != text)
                to->setText(text);
        });
    };
    follow(m_filter, &sharedFilter);
    follow(&sharedFilter, m_filter);
    dress();
}

void WallBar::addTitle()
{
    const Metrics metrics;
    auto *title = new QLabel(tr("Wall"));
    title->setFont(metrics.font(14, QFont::DemiBold));
    m_count->setObjectName(u"wallCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setFont(metrics.font(12));
    layout()->addWidget(m_icon);
    layout()->addWidget(title);
    static_cast<QHBoxLayout *>(layout())->addSpacing(metrics.scaled(4));
    layout()->addWidget(m_count);
}

void WallBar::addChoices()
{
    const Metrics metrics;
    for (const int columns : {2, 3, 4, 5})
        m_columns->addItem(tr("%1 across").arg(columns), columns);
    for (const int seconds : {1, 2, 5, 10, 30})
        m_interval->addItem(tr("Every %1 s").arg(seconds), seconds * 1000);
    m_columns->setAccessibleName(tr("Tiles beside each other"));
    m_columns->setFixedWidth(metrics.scaled(104));
    m_interval->setAccessibleName(tr("How often stills are asked for"));
    m_interval->setFixedWidth(metrics.scaled(110));
    setColumns(3);
    setInterval(std::chrono::seconds(5));
    m_pause->setIcon(themedIcon(u"freeze"_s));
    m_pause->setCheckable(true);
    m_pause->setAutoRaise(true);
    m_pause->setAccessibleName(tr("Pause"));
    m_pause->setToolTip(tr("Pause: ask for no stills"));
    layout()->addWidget(m_columns);
    layout()->addWidget(m_interval);
    layout()->addWidget(m_pause);
    connect(m_columns, &QComboBox::currentIndexChanged, this,
            [this] { emit columnsChosen(columns()); });
    connect(m_interval, &QComboBox::currentIndexChanged, this,
            [this] { emit intervalChosen(interval()); });
    connect(m_pause, &QToolButton::toggled, this, &WallBar::pauseToggled);
}

void WallBar::setColumns(int columns)
{
    if (const int at = m_columns->findData(columns); at >= 0)
        m_columns->setCurrentIndex(at);
}

void WallBar::setInterval(std::chrono::milliseconds every)
{
    if (const int at = m_interval->findData(static_cast<int>(every.count())); at >= 0)
        m_interval->setCurrentIndex(at);
}

void WallBar::setCounts(int shown, int all)
{
    m_filter->setCounts(shown, all);
    if (shown != all)
        m_count->setText(tr("%1 of %2 sessions, stills").arg(shown).arg(all));
    else
        m_count->setText(all == 1 ? tr("1 session, stills")
                                  : tr("%n sessions, stills", nullptr, all));
}

int WallBar::columns() const
{
    return m_columns->currentData().toInt();
}

std::chrono::milliseconds WallBar::interval() const
{
    return std::chrono::milliseconds(m_interval->currentData().toInt());
}

bool WallBar::isPaused() const
{
    return m_pause->isChecked();
}

void WallBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void WallBar::dress()
{
    const Theme &theme = Theme::of(palette());
    const int px = Metrics().scaled(16);
    m_icon->setPixmap(tintedPixmap(u"wall"_s, theme.text, px, devicePixelRatioF()));
    QPalette quiet = m_count->palette();
    if (quiet.color(QPalette::WindowText) == theme.text3)
        return;
    quiet.setColor(QPalette::WindowText, theme.text3);
    m_count->setPalette(quiet);
}

void WallBar::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, Theme::of(palette()).line2);
}

} // namespace Anchorwatch
