#pragma once

#include "models/sessionproxymodel.h"
#include "models/sessiontablemodel.h"
#include "tests/fakes/fakeclock.h"

#include <chrono>

namespace Anchorwatch {

// A clock, a table and its proxy, with sessions in every state that a row can be in.
class SampleRows
{
public:
    SampleRows()
        : m_model(m_clock)
        , m_proxy(m_model, m_clock)
    {
    }

    [[nodiscard]] FakeClock &clock() { return m_clock; }
    [[nodiscard]] SessionTableModel &model() { return m_model; }
    [[nodiscard]] SessionProxyModel &proxy() { return m_proxy; }

    // Adds a session of the connection "local" that is that old.
    void add(const Session &session, std::chrono::seconds age)
    {
        Session aged = session;
        aged.createdAt = m_clock.nowUtc().addSecs(-age.count());
        m_model.updateSession(QStringLiteral("local"), aged);
    }

    void end(const QString &id, const Termination &termination)
    {
        m_model.setTermination({QStringLiteral("local"), id}, termination);
    }

private:
    FakeClock m_clock;
    SessionTableModel m_model;
    SessionProxyModel m_proxy;
};

} // namespace Anchorwatch
