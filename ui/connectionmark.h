#pragma once

#include "models/sessionrow.h"

#include <QWidget>

namespace Anchorwatch {

// The badge of the connection that a session is on; takes no room while that is not known.
class ConnectionMark : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionMark(QWidget *parent = nullptr);

    void setRow(const SessionRow &row);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QSharedPointer<const Connection> m_connection;
    bool m_isQuiet = false;
};

} // namespace Anchorwatch
