#include "ui/urlfield.h"

#include "models/sessioncells.h"
#include "models/urltext.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QEvent>
#include <QLineEdit>
#include <QToolButton>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int labelWidth = 80;
constexpr int fieldHeight = 28;
constexpr int fieldPadding = 8;

} // namespace

UrlField::UrlField(const Wording &wording, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_field(new QLineEdit)
    , m_openName(wording.open)
{
    const Metrics metrics;
    auto *label = new TextLabel(wording.label, &Theme::text2);
    label->setFont(metrics.font(12));
    label->setBuddy(m_field);
    m_label = label;
    m_field->setReadOnly(true);
    m_field->setPlaceholderText(tr("not known"));
    m_field->setAccessibleName(wording.name);
    m_field->setFont(metrics.fixedFont(11));
    m_field->setFixedHeight(metrics.scaled(fieldHeight));
    m_field->setMinimumWidth(metrics.scaled(100));
    m_field->installEventFilter(this);

    auto *row = new QHBoxLayout;
    row->setSpacing(metrics.scaled(2));
    row->addWidget(m_field, 1);
    row->addSpacing(metrics.scaled(2));
    m_reveal = addButton(*row, u"eye"_s, {});
    m_reveal->setCheckable(true);
    m_copy = addButton(*row, u"copy"_s, tr("Copy %1").arg(wording.name));
    m_open = addButton(*row, wording.openIcon, wording.open);
    m_layout->setContentsMargins({});
    m_layout->addWidget(m_label);
    m_layout->addLayout(row, 1);
    setLabelPlace(QBoxLayout::LeftToRight);

    const auto nameReveal = [this, name = wording.name] {
        const bool shown = m_reveal->isChecked();
        m_reveal->setIcon(themedIcon(shown ? u"eye-closed"_s : u"eye"_s));
        const QString text =
            shown ? tr("Hide the secrets of the %1").arg(name) : tr("Show the whole %1").arg(name);
        m_reveal->setAccessibleName(text);
        m_reveal->setToolTip(text);
    };
    m_reveal->setEnabled(false);
    m_copy->setEnabled(false);
    nameReveal();
    connect(m_reveal, &QToolButton::toggled, this, nameReveal);
    connect(m_reveal, &QToolButton::toggled, this, &UrlField::showUrl);
    connect(m_copy, &QToolButton::clicked, this, [this] { emit copyRequested(m_url); });
    connect(m_open, &QToolButton::clicked, this, &UrlField::openRequested);
}

QToolButton *UrlField::addButton(QLayout &row, const QString &icon, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(name);
    button->setToolTip(name);
    row.addWidget(button);
    return button;
}

void UrlField::setUrl(const QString &url)
{
    if (url == m_url)
        return;
    m_url = url;
    m_reveal->setChecked(false);
    m_reveal->setEnabled(!url.isEmpty());
    m_copy->setEnabled(!url.isEmpty());
    showUrl();
}

void UrlField::setOpenRefusal(const QString &refusal)
{
    m_open->setEnabled(refusal.isEmpty());
    m_open->setToolTip(plainToolTip(refusal.isEmpty() ? m_openName : refusal));
    m_open->setAccessibleDescription(refusal);
}

void UrlField::setLabelPlace(QBoxLayout::Direction direction)
{
    const Metrics metrics;
    const bool before = direction == QBoxLayout::LeftToRight;
    m_layout->setDirection(direction);
    m_layout->setSpacing(before ? 0 : metrics.scaled(3));
    m_label->setMinimumWidth(before ? metrics.scaled(labelWidth) : 0);
}

bool UrlField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::Resize)
        showUrl();
    return QWidget::eventFilter(watched, event);
}

// Masked, it is shortened in the middle, where the start (which host) and the end stay readable.
void UrlField::showUrl()
{
    if (m_reveal->isChecked()) {
        m_field->setText(visibleText(m_url));
    } else {
        const int room = m_field->width() - 2 * Metrics().scaled(fieldPadding);
        const QString masked = maskedUrl(m_url);
        m_field->setText(m_field->fontMetrics().elidedText(masked, Qt::ElideMiddle, room));
    }
    m_field->setCursorPosition(0);
}

} // namespace Anchorwatch
