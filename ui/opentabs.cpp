#include "ui/opentabs.h"

#include "models/sessioncells.h"
#include "models/sessionproxymodel.h"
#include "models/sessiontablemodel.h"
#include "ui/sessiondelegate.h"
#include "ui/sessionview.h"
#include "ui/tabspanel.h"

#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>

namespace Anchorwatch {

OpenTabs::OpenTabs(SessionView &view, SessionProxyModel &model)
    : QObject(&view)
    , m_view(view)
    , m_model(model)
{
    connect(&model, &QAbstractItemModel::dataChanged, this, &OpenTabs::refresh);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &OpenTabs::refresh);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &OpenTabs::place);
    connect(&model, &QAbstractItemModel::layoutChanged, this, &OpenTabs::place);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &OpenTabs::place);
}

bool OpenTabs::isOpen(const SessionKey &key) const
{
    return std::ranges::find(m_opened, key, &Opened::key) != m_opened.end();
}

void OpenTabs::toggle(const SessionKey &key)
{
    if (isOpen(key))
        close(key);
    else
        open(key);
}

void OpenTabs::open(const SessionKey &key)
{
    const SessionRow *row = m_model.sessions().find(key);
    if (!row || !hasTabs(*row))
        return;
    auto *panel = new TabsPanel(m_view.viewport());
    connect(panel, &TabsPanel::liveViewRequested, this,
            [this, key](int tab) { emit liveViewRequested(key, tab); });
    connect(panel, &TabsPanel::closeRequested, this,
            [this, key](const SessionTab &tab) { emit closeRequested(key, tab); });
    connect(panel, &TabsPanel::left, this, [this] { m_view.setFocus(Qt::ShortcutFocusReason); });
    m_opened.push_back({key, panel, {}});
    show(m_opened.back(), *row);
    place();
}

void OpenTabs::close(const SessionKey &key)
{
    const auto found = std::ranges::find(m_opened, key, &Opened::key);
    if (found == m_opened.end())
        return;
    const Opened closed = *found;
    m_opened.erase(found);
    if (closed.panel->isAncestorOf(m_view.window()->focusWidget()))
        m_view.setFocus(Qt::OtherFocusReason);
    closed.panel->hide();
    closed.panel->deleteLater();
    setHeight(closed.row, m_view.delegate().rowHeight());
    place();
}

void OpenTabs::refresh()
{
    const std::vector<Opened> opened = m_opened;
    for (const Opened &one : opened) {
        const SessionRow *row = m_model.sessions().find(one.key);
        const auto found = std::ranges::find(m_opened, one.key, &Opened::key);
        if (!row || !hasTabs(*row))
            close(one.key);
        else if (found != m_opened.end())
            show(*found, *row);
    }
    place();
}

void OpenTabs::show(Opened &opened, const SessionRow &row)
{
    opened.panel->setTabs(row.session.tabs);
    opened.panel->setOpenRefusal(openRefusalOf(row, SessionColumn::LiveView));
    QWidget *before = &m_view;
    const QList<QWidget *> controls = opened.panel->controls();
    for (QWidget *control : controls) {
        QWidget::setTabOrder(before, control);
        before = control;
    }
}

void OpenTabs::place()
{
    if (m_isPlacing || m_opened.empty())
        return;
    m_isPlacing = true; // a row that grows moves others
    for (Opened &opened : m_opened)
        placeOne(opened);
    m_isPlacing = false;
}

void OpenTabs::placeOne(Opened &opened)
{
    const QPersistentModelIndex row = m_model.indexOf(opened.key);
    if (opened.row != row)
        setHeight(opened.row, m_view.delegate().rowHeight());
    opened.row = row;
    if (!row.isValid()) {
        opened.panel->hide(); // filtered out
        return;
    }
    const int cells = m_view.delegate().rowHeight();
    const int height = opened.panel->sizeHint().height();
    setHeight(row, cells + height);
    opened.panel->setGeometry(0, m_view.rowViewportPosition(row.row()) + cells,
                              m_view.viewport()->width(), height);
    opened.panel->QWidget::show();
}

void OpenTabs::setHeight(const QPersistentModelIndex &row, int height)
{
    if (row.isValid() && m_view.rowHeight(row.row()) != height)
        m_view.verticalHeader()->resizeSection(row.row(), height);
}

} // namespace Anchorwatch
