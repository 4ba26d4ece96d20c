#pragma once

#include "models/session.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace Anchorwatch {

// Short facts as label and value, in one or two columns; the values can be selected. A fact without
// a value takes no room. After those of its own come what a service says beside them.
class FactGrid : public QWidget
{
    Q_OBJECT

public:
    explicit FactGrid(const QStringList &labels, QWidget *parent = nullptr);

    void setValue(int fact, const QString &value);
    void setValueFont(int fact, const QFont &font);
    [[nodiscard]] QString value(int fact) const;
    void setColumns(int columns);
    // At most 24 of them, plain text, addresses masked.
    void setFurther(const QList<SessionFact> &facts);

private:
    struct Fact
    {
        QLabel *label;
        QLabel *value;
    };

    [[nodiscard]] Fact make(const QString &label);
    void clearFurther();
    void arrange();

    QGridLayout *m_layout;
    QList<Fact> m_facts;
    QList<Fact> m_further;
    QList<SessionFact> m_furtherFacts; // as they came
    int m_columns = 1;
};

} // namespace Anchorwatch
