#include "ui/listframe.h"

#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace Anchorwatch {

namespace {

constexpr int radius = 6;

} // namespace

ListFrame::ListFrame(QAbstractScrollArea *list, QWidget *parent)
    : QWidget(parent)
    , m_list(list)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(list);
    setFocusProxy(list);
    list->setFrameShape(QFrame::NoFrame);
    list->viewport()->setAutoFillBackground(false); // the rounded box shows through
    list->installEventFilter(this);
    // Keeps the scroll bar, which is painted square, out of the round corners.
    for (const auto end : {Qt::AlignTop, Qt::AlignBottom}) {
        auto *spacer = new QWidget;
        spacer->setFixedHeight(Metrics().scaled(radius) - 1);
        list->addScrollBarWidget(spacer, end);
    }
}

bool ListFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::eventFilter(watched, event);
}

void ListFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const int corner = Metrics().scaled(radius);
    drawBox(painter, rect(), corner, theme.base, theme.line2);
    if (m_list->hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(painter, rect(), corner, theme.accent);
}

} // namespace Anchorwatch
