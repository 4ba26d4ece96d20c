#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;

namespace Anchorwatch {

// Short facts as label and value, in one or two columns; the values can be selected. A fact without
// a value takes no room.
class FactGrid : public QWidget
{
    Q_OBJECT

public:
    explicit FactGrid(const QStringList &labels, QWidget *parent = nullptr);

    void setValue(int fact, const QString &value);
    void setValueFont(int fact, const QFont &font);
    [[nodiscard]] QString value(int fact) const;
    void setColumns(int columns);

private:
    struct Fact
    {
        QLabel *label;
        QLabel *value;
    };

    void arrange();

    QGridLayout *m_layout;
    QList<Fact> m_facts;
    int m_columns = 1;
};

} // namespace Anchorwatch
