#include "ui/detailssplitter.h"

#include "ui/detailspane.h"
#include "ui/metrics.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int besideFrom = 1500;
constexpr int hiddenBelow = 900;

} // namespace

DetailsSplitter::DetailsSplitter(QWidget *table, DetailsPane *details, QWidget *parent)
    : QSplitter(parent)
    , m_details(details)
{
    setObjectName(u"detailsSplitter"_s);
    setChildrenCollapsible(false);
    addWidget(table);
    addWidget(details);
    setStretchFactor(0, 1);
}

void DetailsSplitter::setPlace(WindowState::DetailsPlace place)
{
    m_place = place;
    arrange();
}

void DetailsSplitter::setDetailsWanted(bool wanted)
{
    m_areWanted = wanted;
    arrange();
}

bool DetailsSplitter::areDetailsWanted() const
{
    return m_isNarrow ? m_areWantedInRoom : m_areWanted;
}

Qt::Orientation DetailsSplitter::placedOrientation() const
{
    switch (m_place) {
    case WindowState::DetailsPlace::Bottom:
        return Qt::Vertical;
    case WindowState::DetailsPlace::Right:
        return Qt::Horizontal;
    case WindowState::DetailsPlace::Automatic:
        break;
    }
    return width() >= Metrics().scaled(besideFrom) ? Qt::Horizontal : Qt::Vertical;
}

void DetailsSplitter::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    const bool isNarrow = width() < Metrics().scaled(hiddenBelow);
    if (isNarrow == m_isNarrow) {
        arrange();
        return;
    }
    if (isNarrow)
        m_areWantedInRoom = m_areWanted;
    m_isNarrow = isNarrow;
    setDetailsWanted(!isNarrow && m_areWantedInRoom);
    emit detailsWantedChanged(m_areWanted);
}

void DetailsSplitter::arrange()
{
    const Qt::Orientation wanted = placedOrientation();
    if (orientation() != wanted)
        setOrientation(wanted);
    m_details->setOrientation(wanted);
    m_details->setVisible(m_areWanted);
    emit placedAt(wanted);
}

} // namespace Anchorwatch
