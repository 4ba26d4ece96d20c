#include "ui/connectionbanner.h"

#include "ui/healthbanner.h"
#include "ui/sessionpane.h"

#include <algorithm>

namespace Anchorwatch {

namespace {

// The larger, the worse: what needs the user comes before what may heal by itself.
int severity(const ConnectionHealth &health)
{
    if (!health.serviceStopped.isEmpty())
        return 3;
    if (health.fault && health.fault->kind == Fault::Kind::Refused)
        return 2;
    return health.lastGood.isValid() ? 1 : 0;
}

} // namespace

ConnectionBanner::ConnectionBanner(SessionPane &pane, const ConnectionListModel &connections,
                                   const SessionTableModel &model, const Clock &clock,
                                   QObject *parent)
    : QObject(parent)
    , m_pane(pane)
    , m_connections(connections)
    , m_model(model)
    , m_clock(clock)
{
    connect(&pane, &SessionPane::bannerActionTriggered, this, &ConnectionBanner::press);
}

void ConnectionBanner::setCurrent(const QString &connectionId)
{
    m_current = connectionId;
    m_shown.clear();
    update();
}

QList<ConnectionState> ConnectionBanner::stale() const
{
    QList<ConnectionState> states;
    for (const Connection &connection : m_connections.connections()) {
        const ConnectionState *state = m_connections.find(connection.id);
        const bool isOurs = m_current.isEmpty() || m_current == connection.id;
        if (isOurs && connection.enabled && state->health.isStale())
            states.append(*state);
    }
    std::stable_sort(states.begin(), states.end(), [](const auto &left, const auto &right) {
        return severity(left.health) > severity(right.health);
    });
    return states;
}

void ConnectionBanner::update()
{
    const QList<ConnectionState> states = stale();
    if (states.isEmpty()) {
        m_shown.clear();
        m_pane.setBanner(std::nullopt);
        return;
    }
    const auto shown = std::find_if(states.cbegin(), states.cend(), [this](const auto &state) {
        return state.connection.id == m_shown;
    });
    const ConnectionState &state = shown == states.cend() ? states.constFirst() : *shown;
    const int rows = m_model.rowCountOf(state.connection.id);
    auto content = healthBanner(state.connection, state.health, rows, m_clock);
    if (const auto others = states.size() - 1; content && others > 0)
        content->actions.append(tr("and %1 more").arg(others));
    m_pane.setBanner(content);
}

void ConnectionBanner::press(int button)
{
    const QList<ConnectionState> states = stale();
    if (states.isEmpty())
        return;
    const auto shown = std::find_if(states.cbegin(), states.cend(), [this](const auto &state) {
        return state.connection.id == m_shown;
    });
    const auto at = shown == states.cend() ? 0 : std::distance(states.cbegin(), shown);
    const ConnectionState &state = states.at(at);
    const QList<HealthAction> actions = healthActions(state.connection, state.health);
    if (button >= actions.size()) {
        m_shown = states.at((at + 1) % states.size()).connection.id;
        update();
    } else if (actions.at(button) == HealthAction::ShowLog) {
        emit logRequested(state.connection.id);
    } else if (actions.at(button) == HealthAction::Edit) {
        emit editRequested(state.connection.id);
    } else {
        emit tryNowRequested(state.connection.id);
    }
}

} // namespace Anchorwatch
