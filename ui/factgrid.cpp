#include "ui/factgrid.h"

#include "models/urltext.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QGridLayout>

#include <algorithm>

namespace Anchorwatch {

namespace {

constexpr int labelWidth = 80;
constexpr qsizetype mostFurther = 24;

} // namespace

FactGrid::FactGrid(const QStringList &labels, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    const Metrics metrics;
    m_layout->setContentsMargins({});
    m_layout->setHorizontalSpacing(0);
    m_layout->setVerticalSpacing(metrics.scaled(5));
    for (const QString &text : labels)
        m_facts.append(make(text));
    arrange();
}

FactGrid::Fact FactGrid::make(const QString &text)
{
    const Metrics metrics;
    auto *label = new TextLabel(text, &Theme::text2, this);
    label->setFont(metrics.font(12));
    label->setMinimumWidth(metrics.scaled(labelWidth));
    auto *value = new TextLabel({}, &Theme::text, this);
    value->setFont(metrics.font(12));
    value->setWordWrap(true);
    value->setAlignment(Qt::AlignTop | Qt::AlignLeft); // beside its label where another wraps
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return {label, value};
}

void FactGrid::setFurther(const QList<SessionFact> &facts)
{
    if (facts == m_furtherFacts)
        return; // keeps what is selected in them
    m_furtherFacts = facts;
    clearFurther();
    for (const SessionFact &fact : facts.first(std::min(facts.size(), mostFurther))) {
        const Fact made = make(visibleText(fact.label));
        made.value->setText(maskedText(fact.value));
        made.value->setAccessibleName(tr("%1: %2").arg(made.label->text(), made.value->text()));
        m_further.append(made);
    }
    arrange();
}

void FactGrid::clearFurther()
{
    for (const Fact &fact : std::as_const(m_further)) {
        delete fact.label;
        delete fact.value;
    }
    m_further.clear();
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
    for (const Fact &fact : m_facts + m_further) {
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
