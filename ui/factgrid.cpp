#include "ui/factgrid.h"

#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QGridLayout>

namespace Anchorwatch {

namespace {

constexpr int labelWidth = 80;

} // namespace

FactGrid::FactGrid(const QStringList &labels, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    const Metrics metrics;
    m_layout->setContentsMargins({});
    m_layout->setHorizontalSpacing(0);
    m_layout->setVerticalSpacing(metrics.scaled(5));
    for (const QString &text : labels) {
        auto *label = new TextLabel(text, &Theme::text2, this);
        label->setFont(metrics.font(12));
        label->setMinimumWidth(metrics.scaled(labelWidth));
        auto *value = new TextLabel({}, &Theme::text, this);
        value->setFont(metrics.font(12));
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_facts.append(Fact{label, value});
    }
    arrange();
}

void FactGrid::setValue(int fact, const QString &value)
{
    const Fact &changed = m_facts[fact];
    if (changed.value->text() == value)
        return; // keeps what is selected in it
    const bool comesOrGoes = changed.value->text().isEmpty() != value.isEmpty();
    changed.value->setText(value);
    changed.value->setAccessibleName(tr("%1: %2").arg(changed.label->text(), value));
    if (comesOrGoes)
        arrange();
}

void FactGrid::setValueFont(int fact, const QFont &font)
{
    m_facts[fact].value->setFont(font);
}

QString FactGrid::value(int fact) const
{
    return m_facts[fact].value->text();
}

void FactGrid::setColumns(int columns)
{
    if (columns == m_columns)
        return;
    m_columns = columns;
    arrange();
}

void FactGrid::arrange()
{
    QList<Fact> shown;
    for (const Fact &fact : std::as_const(m_facts)) {
        const bool known = !fact.value->text().isEmpty();
        m_layout->removeWidget(fact.label);
        m_layout->removeWidget(fact.value);
        fact.label->setVisible(known);
        fact.value->setVisible(known);
        if (known)
            shown.append(fact);
    }
    const auto rows = (static_cast<int>(shown.size()) + m_columns - 1) / m_columns;
    for (int index = 0; index < shown.size(); ++index) {
        const int row = index % rows;
        const int column = 2 * (index / rows);
        m_layout->addWidget(shown[index].label, row, column, Qt::AlignTop);
        m_layout->addWidget(shown[index].value, row, column + 1);
    }
    m_layout->setColumnStretch(1, 1);
    m_layout->setColumnStretch(3, m_columns > 1 ? 1 : 0);
}

} // namespace Anchorwatch
