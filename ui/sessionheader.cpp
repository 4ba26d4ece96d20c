#include "ui/sessionheader.h"

#include <QActionGroup>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyleOptionHeader>

#include <algorithm>

namespace Anchorwatch {

namespace {

// Lengths in pixels at the design's font. The widths are those for a table of 1064 px (a window of
// 1280) and of 1576 px (one of 2200 with the details at its side); in between they grow evenly.
struct ColumnWidths
{
    int least;
    int small;
    int large;
};

constexpr int smallTable = 1064;
constexpr int largeTable = 1576;
constexpr int narrowTable = 900;

// In the order of SessionColumn.
constexpr std::array<ColumnWidths, sessionColumnCount> columnWidths{{
    {40, 124, 124},  // Status
    {34, 34, 166},   // Connection: its badge, and its name where there is room
    {60, 92, 100},   // Session
    {160, 239, 239}, // Page: the least, it takes the rest
    {48, 134, 150},  // Profile
    {48, 110, 150},  // Tags
    {52, 78, 84},    // Age
    {52, 84, 90},    // Duration
    {52, 90, 96},    // TimeLimit
    {52, 90, 96},    // IdleLimit
    {44, 64, 70},    // Steps
    {44, 76, 84},    // Credits
    {52, 104, 110},  // ProxyTraffic
    {62, 140, 268},  // Cdp: two buttons at the least
    {38, 116, 196},  // LiveView: one button
}};

constexpr auto allColumns = [] {
    std::array<SessionColumn, sessionColumnCount> columns{};
    for (size_t i = 0; i < columns.size(); ++i)
        columns[i] = static_cast<SessionColumn>(i);
    return columns;
}();

constexpr size_t at(SessionColumn column)
{
    return static_cast<size_t>(column);
}

constexpr int section(SessionColumn column)
{
    return static_cast<int>(column);
}

QString nameOf(SessionColumn column)
{
    return QString::fromLatin1(columnInfo(column).name);
}

std::optional<SessionColumn> columnNamed(const QString &name)
{
    const auto found = std::find_if(allColumns.cbegin(), allColumns.cend(),
                                    [&](SessionColumn column) { return nameOf(column) == name; });
    return found == allColumns.cend() ? std::nullopt : std::optional(*found);
}

std::array<bool, sessionColumnCount> hiddenAtFirst()
{
    std::array<bool, sessionColumnCount> hidden{};
    for (const SessionColumn column : allColumns)
        hidden[at(column)] = columnInfo(column).isOptional;
    return hidden;
}

bool isUrlColumn(SessionColumn column)
{
    return column == SessionColumn::Cdp || column == SessionColumn::LiveView;
}

} // namespace

SessionHeader::SessionHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_userHidden(hiddenAtFirst())
{
    setSectionsMovable(true);
    setFirstSectionMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setSortIndicatorShown(true);
    setSortIndicator(section(SessionColumn::Age), Qt::AscendingOrder);
    setTextElideMode(Qt::ElideRight);
    setMinimumSectionSize(m_metrics.scaled(columnWidths[at(SessionColumn::Connection)].least));
    connect(this, &QHeaderView::sectionResized, this, &SessionHeader::keepWidth);
    const auto edited = [this] {
        if (!m_arranging)
            emit layoutEdited();
    };
    connect(this, &QHeaderView::sectionMoved, this, edited);
    connect(this, &QHeaderView::sortIndicatorChanged, this, edited);
}

TableLayout SessionHeader::tableLayout() const
{
    TableLayout layout;
    for (const SessionColumn column : allColumns) {
        layout.columns.append({nameOf(column), m_userWidths[at(column)].value_or(0),
                               visualIndex(section(column)), !m_userHidden[at(column)]});
    }
    layout.sortColumn = nameOf(static_cast<SessionColumn>(sortIndicatorSection()));
    layout.sortOrder = sortIndicatorOrder();
    return layout;
}

void SessionHeader::setTableLayout(const TableLayout &layout)
{
    const QScopedValueRollback guard(m_arranging, true);
    QList<ColumnLayout> columns = layout.columns;
    std::stable_sort(columns.begin(), columns.end(),
                     [](const auto &left, const auto &right) { return left.order < right.order; });
    int place = 0;
    for (const ColumnLayout &wanted : std::as_const(columns)) {
        const auto column = columnNamed(wanted.name);
        if (!column)
            continue;
        moveSection(visualIndex(section(*column)), qMin(place++, count() - 1));
        m_userHidden[at(*column)] = !wanted.visible && *column != SessionColumn::Page;
        m_userWidths[at(*column)] = std::nullopt;
        if (wanted.width > 0)
            m_userWidths[at(*column)] = wanted.width;
    }
    if (const auto sorted = columnNamed(layout.sortColumn))
        setSortIndicator(section(*sorted), layout.sortOrder);
    arrange();
}

void SessionHeader::resetColumns()
{
    const QScopedValueRollback guard(m_arranging, true);
    m_userWidths = {};
    m_userHidden = hiddenAtFirst();
    for (const SessionColumn column : allColumns)
        moveSection(visualIndex(section(column)), section(column));
    arrange();
    emit layoutEdited();
}

void SessionHeader::addColumnActions(QMenu &menu)
{
    for (const SessionColumn column : allColumns) {
        if (column == SessionColumn::Page)
            continue; // what a session is known by
        QAction *action = menu.addAction(columnInfo(column).title());
        action->setCheckable(true);
        action->setChecked(!m_userHidden[at(column)]);
        connect(action, &QAction::triggered, this, [this, column] { toggleColumn(column); });
    }
    menu.addSeparator();
    addSortActions(*menu.addMenu(tr("Sort by")));
    menu.addSeparator();
    connect(menu.addAction(tr("Reset columns")), &QAction::triggered, this,
            &SessionHeader::resetColumns);
}

void SessionHeader::addSortActions(QMenu &menu)
{
    auto *columns = new QActionGroup(&menu);
    for (const SessionColumn column : allColumns) {
        QAction *action = columns->addAction(columnInfo(column).title());
        action->setCheckable(true);
        action->setChecked(sortIndicatorSection() == section(column));
        connect(action, &QAction::triggered, this,
                [this, column] { setSortIndicator(section(column), sortIndicatorOrder()); });
    }
    menu.addActions(columns->actions());
    menu.addSeparator();
    auto *orders = new QActionGroup(&menu);
    const auto addOrder = [&](const QString &text, Qt::SortOrder order) {
        QAction *action = orders->addAction(text);
        action->setCheckable(true);
        action->setChecked(sortIndicatorOrder() == order);
        connect(action, &QAction::triggered, this,
                [this, order] { setSortIndicator(sortIndicatorSection(), order); });
    };
    addOrder(tr("Ascending"), Qt::AscendingOrder);
    addOrder(tr("Descending"), Qt::DescendingOrder);
    menu.addActions(orders->actions());
}

void SessionHeader::fit(int width)
{
    m_width = width;
    arrange();
}

void SessionHeader::changeEvent(QEvent *event)
{
    QHeaderView::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_metrics = Metrics(font());
    setMinimumSectionSize(m_metrics.scaled(columnWidths[at(SessionColumn::Connection)].least));
    arrange();
}

void SessionHeader::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addColumnActions(*menu);
    menu->popup(event->globalPos());
}

void SessionHeader::mousePressEvent(QMouseEvent *event)
{
    m_pressed = true;
    m_widthsAtPress = m_userWidths;
    QHeaderView::mousePressEvent(event);
}

void SessionHeader::mouseReleaseEvent(QMouseEvent *event)
{
    QHeaderView::mouseReleaseEvent(event);
    m_pressed = false;
    arrange();
    if (m_userWidths != m_widthsAtPress)
        emit layoutEdited();
}

// Over badges alone there is no room for a word, and half a word says nothing.
void SessionHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    const bool isConnection = logicalIndex == section(SessionColumn::Connection);
    if (isConnection
        && sectionSize(logicalIndex) < option->fontMetrics.horizontalAdvance(option->text))
        option->text.clear();
}

SessionHeader::Room SessionHeader::room() const
{
    return m_width < m_metrics.scaled(narrowTable) ? Room::Narrow : Room::Normal;
}

bool SessionHeader::isShown(SessionColumn column) const
{
    if (m_userHidden[at(column)])
        return false;
    return column != SessionColumn::Profile || room() == Room::Normal;
}

int SessionHeader::ownWidth(SessionColumn column) const
{
    const ColumnWidths &widths = columnWidths[at(column)];
    if (room() == Room::Narrow && isUrlColumn(column))
        return m_metrics.scaled(widths.least);
    const int small = m_metrics.scaled(smallTable);
    const int large = m_metrics.scaled(largeTable);
    const double share =
        std::clamp(static_cast<double>(m_width - small) / (large - small), 0.0, 1.0);
    return m_metrics.scaled(widths.small + qRound((widths.large - widths.small) * share));
}

int SessionHeader::widthOf(SessionColumn column) const
{
    const auto &chosen = m_userWidths[at(column)];
    const bool buttonsOnly = room() == Room::Narrow && isUrlColumn(column);
    return chosen && !buttonsOnly ? *chosen : ownWidth(column);
}

void SessionHeader::toggleColumn(SessionColumn column)
{
    m_userHidden[at(column)] = !m_userHidden[at(column)];
    arrange();
    emit layoutEdited();
}

void SessionHeader::arrange()
{
    if (count() != sessionColumnCount || m_width <= 0)
        return;
    const QScopedValueRollback guard(m_arranging, true);
    int rest = m_width;
    for (const SessionColumn column : allColumns) {
        const bool shown = isShown(column);
        setSectionHidden(section(column), !shown);
        const bool fixed =
            column == SessionColumn::Page || (room() == Room::Narrow && isUrlColumn(column));
        setSectionResizeMode(section(column), fixed ? Fixed : Interactive);
        if (!shown || column == SessionColumn::Page)
            continue;
        resizeSection(section(column), widthOf(column));
        rest -= widthOf(column);
    }
    const int least = m_metrics.scaled(columnWidths[at(SessionColumn::Page)].least);
    resizeSection(section(SessionColumn::Page), qMax(rest, least));
}

void SessionHeader::keepWidth(int changed, int, int newSize)
{
    if (m_arranging || newSize == 0)
        return;
    const auto column = static_cast<SessionColumn>(changed);
    m_userWidths[at(column)] = qMax(newSize, m_metrics.scaled(columnWidths[at(column)].least));
    if (m_pressed)
        return; // the other columns hold still until the edge is let go
    arrange();
    emit layoutEdited();
}

} // namespace Anchorwatch
