#include "ui/connectionmenu.h"

#include "models/urltext.h"
#include "ui/icons.h"
#include "ui/sidebar.h"

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostKeys = 9;

QString asMenuText(QString text)
{
    return text.replace(u'&', "&&"_L1);
}

} // namespace

ConnectionMenu::ConnectionMenu(ConnectionListModel &connections, Sidebar &sidebar, QWidget *parent)
    : QMenu(tr("&Connection"), parent)
    , m_connections(connections)
    , m_sidebar(sidebar)
{
    setObjectName(u"connectionMenu"_s);
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&connections, change, this, &ConnectionMenu::fill);
    connect(&connections, &QAbstractItemModel::rowsMoved, this, &ConnectionMenu::fill);
    connect(this, &QMenu::aboutToShow, this, &ConnectionMenu::fill);
    fill();
}

QList<QAction *> ConnectionMenu::keyedActions() const
{
    QList<QAction *> keyed = actions();
    keyed.removeIf([](const QAction *action) { return action->shortcut().isEmpty(); });
    return keyed;
}

void ConnectionMenu::fill()
{
    clear();
    addChoice({}, tr("&All sessions"), Qt::CTRL | Qt::Key_0);
    int number = 0;
    for (const Connection &connection : m_connections.connections()) {
        ++number;
        const QKeySequence key =
            number <= mostKeys
                ? QKeySequence(QKeyCombination(Qt::CTRL, Qt::Key(Qt::Key_0 + number)))
                : QKeySequence();
        addChoice(connection.id, asMenuText(visibleText(connection.name)), key);
    }
    addSeparator();
    addChanges();
}

void ConnectionMenu::addChoice(const QString &id, const QString &text, const QKeySequence &key)
{
    QAction *choice = addAction(text);
    choice->setCheckable(true);
    choice->setChecked(m_sidebar.current() == id);
    choice->setShortcut(key);
    connect(choice, &QAction::triggered, &m_sidebar, [this, id] { m_sidebar.setCurrent(id); });
}

void ConnectionMenu::addChanges()
{
    QAction *add = addAction(themedIcon(u"connection-add"_s), tr("A&dd connection…"));
    connect(add, &QAction::triggered, &m_sidebar, &Sidebar::addRequested);
    const QString id = m_sidebar.current();
    const ConnectionState *state = m_connections.find(id);
    if (!state)
        return;
    const QString name = asMenuText(visibleText(state->connection.name));
    const bool isEnabled = state->connection.enabled;
    const auto addChange = [this](const QString &text, auto change) {
        connect(addAction(text), &QAction::triggered, &m_sidebar, change);
    };
    addChange(tr("&Edit %1…").arg(name), [this, id] { emit m_sidebar.editRequested(id); });
    addChange(tr("D&uplicate %1…").arg(name),
              [this, id] { emit m_sidebar.duplicateRequested(id); });
    addChange(isEnabled ? tr("Disa&ble %1").arg(name) : tr("Ena&ble %1").arg(name),
              [this, id, isEnabled] { emit m_sidebar.enabledChanged(id, !isEnabled); });
    addChange(tr("&Remove %1…").arg(name), [this, id] { emit m_sidebar.removeRequested(id); });
}

} // namespace Anchorwatch
