#pragma once

#include "models/sessionproxymodel.h"
#include "models/sessiontablemodel.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/samplesession.h"

#include <chrono>

namespace Anchorwatch {

// A clock, a table and its proxy, to be filled with sessions of the connection "local".
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

    [[nodiscard]] static SessionKey key(const QString &id) { return {QStringLiteral("local"), id}; }

    // Adds a session that is that old.
    void add(const Session &session, std::chrono::seconds age)
    {
        Session aged = session;
        aged.createdAt = m_clock.nowUtc().addSecs(-age.count());
        m_model.updateSession(QStringLiteral("local"), aged);
    }
    void add(const QString &id, std::chrono::seconds age) { add(sampleSession(id), age); }

    // Takes a session away as if it had ended long ago.
    void remove(const QString &id)
    {
        SessionDelta delta;
        delta.connectionId = QStringLiteral("local");
        delta.removed = {id};
        m_model.applyDelta(delta);
        m_model.expireEnded(std::chrono::milliseconds(0), {});
    }

    void setTermination(const QString &id, const Termination &termination)
    {
        m_model.setTerminations({{key(id), termination}});
    }

private:
    FakeClock m_clock;
    SessionTableModel m_model;
    SessionProxyModel m_proxy;
};

} // namespace Anchorwatch
