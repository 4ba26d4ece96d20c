#pragma once

#include "models/connection.h"

#include <QWidget>

class QAbstractButton;

namespace Anchorwatch {

// The kinds of connections as a row of buttons.
class KindChoice : public QWidget
{
    Q_OBJECT

public:
    explicit KindChoice(QWidget *parent = nullptr);

    [[nodiscard]] Connection::Kind kind() const { return m_kind; }
    void setKind(Connection::Kind kind);

signals:
    void kindChanged(Anchorwatch::Connection::Kind kind);

private:
    QHash<Connection::Kind, QAbstractButton *> m_buttons;
    Connection::Kind m_kind = Connection::Kind::Local;
};

} // namespace Anchorwatch
