#include "ui/connectionmark.h"

#include "ui/connectionbadge.h"
#include "ui/metrics.h"

#include <QPainter>

namespace Anchorwatch {

ConnectionMark::ConnectionMark(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void ConnectionMark::setRow(const SessionRow &row)
{
    m_connection = row.connection;
    m_isQuiet = !row.isLive() || row.state() == RowState::Kind::Stale;
    setVisible(!m_connection.isNull());
    setAccessibleName(tr("Connection: %1").arg(row.connectionName()));
    setToolTip(row.connectionName().toHtmlEscaped());
    update();
}

QSize ConnectionMark::sizeHint() const
{
    const Metrics metrics;
    return {metrics.scaled(badgeSize.width()), metrics.scaled(28)};
}

void ConnectionMark::paintEvent(QPaintEvent *)
{
    if (!m_connection)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawBadge(painter, rect(), *m_connection, m_isQuiet ? BadgeLook::Outlined : BadgeLook::Filled,
              Theme::of(palette()), Metrics().font(10, QFont::DemiBold));
}

} // namespace Anchorwatch
