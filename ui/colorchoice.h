#pragma once

#include "models/connection.h"

#include <QWidget>

class QAbstractButton;

namespace Anchorwatch {

// The eight colours of connections as discs, each with its name.
class ColorChoice : public QWidget
{
    Q_OBJECT

public:
    explicit ColorChoice(QWidget *parent = nullptr);

    [[nodiscard]] Connection::Color color() const { return m_color; }
    void setColor(Connection::Color color);

signals:
    // Chosen by hand, not by setColor().
    void colorChosen(Anchorwatch::Connection::Color color);

private:
    QHash<Connection::Color, QAbstractButton *> m_buttons;
    Connection::Color m_color = Connection::Color::Slate;
};

} // namespace Anchorwatch
