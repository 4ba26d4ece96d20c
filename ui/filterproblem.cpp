#include "ui/filterproblem.h"

#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/textlabel.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int boxWidth = 352;
constexpr int distance = 4;
constexpr int radius = 6;
constexpr int padding = 12;
constexpr int textStart = 36;

} // namespace

FilterProblem::FilterProblem(QWidget &field)
    : QFrame(field.window())
    , m_field(&field)
    , m_what(new TextLabel({}, &Theme::red))
    , m_rest(new TextLabel({}, &Theme::text2))
{
    const Metrics metrics;
    m_what->setFont(metrics.font(13, QFont::Medium));
    m_rest->setFont(metrics.font(12));
    m_what->setWordWrap(true);
    m_rest->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics.scaled(textStart), metrics.scaled(10),
                               metrics.scaled(padding), metrics.scaled(10));
    layout->setSpacing(metrics.scaled(4));
    layout->addWidget(m_what);
    layout->addWidget(m_rest);
    field.installEventFilter(this);
    field.window()->installEventFilter(this);
    hide();
}

void FilterProblem::say(const QString &what, const QString &rest)
{
    m_what->setText(what);
    m_rest->setText(rest);
    place();
    show();
    raise();
}

bool FilterProblem::eventFilter(QObject *watched, QEvent *event)
{
    if (isVisible() && (event->type() == QEvent::Move || event->type() == QEvent::Resize))
        place();
    return QFrame::eventFilter(watched, event);
}

void FilterProblem::place()
{
    if (!m_field)
        return;
    const Metrics metrics;
    const int room = parentWidget()->width() - 2 * metrics.scaled(distance);
    const int width = qMin(metrics.scaled(boxWidth), room);
    const QPoint below =
        m_field->mapTo(parentWidget(), QPoint(m_field->width(), m_field->height()));
    const int left = qMax(metrics.scaled(distance), below.x() - width);
    setGeometry(left, below.y() + metrics.scaled(distance), width,
                layout()->totalHeightForWidth(width));
}

void FilterProblem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Metrics metrics;
    const Theme &theme = Theme::of(palette());
    drawBox(painter, rect(), metrics.scaled(radius), theme.raised, theme.control);
    const QRect icon(metrics.scaled(padding), m_what->y(), metrics.scaled(16),
                     m_what->fontMetrics().height());
    drawIcon(painter, icon, u"error"_s, theme.red, metrics.scaled(16));
}

} // namespace Anchorwatch
