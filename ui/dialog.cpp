#include "ui/dialog.h"

#include "ui/metrics.h"

#include <QCursor>
#include <QScreen>
#include <QShowEvent>
#include <QVBoxLayout>

namespace Anchorwatch {

Dialog::Dialog(int width, QWidget *parent)
    : QDialog(parent)
    , m_column(new QVBoxLayout(this))
{
    const Metrics metrics;
    m_column->setContentsMargins(metrics.scaled(24), metrics.scaled(20), metrics.scaled(24),
                                 metrics.scaled(20));
    m_column->setSpacing(metrics.scaled(12));
    setFixedWidth(metrics.scaled(width));
}

void Dialog::fit()
{
    // Nested layouts learn of a change by an event, which is still to come.
    const auto layouts = findChildren<QLayout *>();
    for (QLayout *layout : layouts) {
        layout->invalidate();
        layout->parentWidget()->updateGeometry();
    }
    const int needed = m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(width())
                                                     : m_column->totalSizeHint().height();
    setFixedHeight(isVisible() ? qMax(height(), needed) : needed);
}

void Dialog::keepFromPointer(QWidget *button)
{
    m_kept = button;
}

void Dialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (event->spontaneous() || !m_kept)
        return;
    const int reach = Metrics().scaled(16);
    const QRect around =
        QRect(m_kept->mapToGlobal(QPoint()), m_kept->size()).adjusted(-reach, -reach, reach, reach);
    const QPoint pointer = QCursor::pos();
    if (!around.contains(pointer))
        return;
    const int up = around.bottom() + 1 - pointer.y();
    const int down = pointer.y() + 1 - around.top();
    const bool fitsAbove = !screen() || y() - up >= screen()->availableGeometry().top();
    move(x(), fitsAbove ? y() - up : y() + down);
}

} // namespace Anchorwatch
