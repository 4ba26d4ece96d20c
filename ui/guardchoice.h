#pragma once

#include "models/connection.h"

#include <QWidget>

class QAbstractButton;

namespace Anchorwatch {

// How well a connection's sessions are guarded: one of three, side by side.
class GuardChoice : public QWidget
{
    Q_OBJECT

public:
    explicit GuardChoice(QWidget *parent = nullptr);

    [[nodiscard]] Connection::Guard guard() const { return m_guard; }
    void setGuard(Connection::Guard guard);

signals:
    void guardChanged(Anchorwatch::Connection::Guard guard);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHash<Connection::Guard, QAbstractButton *> m_buttons;
    Connection::Guard m_guard = Connection::Guard::Normal;
};

} // namespace Anchorwatch
