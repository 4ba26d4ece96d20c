#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "models/sessiontablemodel.h"
#include "ui/windowstate.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace Anchorwatch {

class SessionCommands;
class ViewerWindow;

// The viewer windows: one a session, several at once.
class Viewers : public QObject
{
    Q_OBJECT

public:
    // Model, clock and commands must outlive it.
    Viewers(const SessionTableModel &model, const Clock &clock, SessionCommands &commands,
            QObject *parent = nullptr);
    ~Viewers() override;

    void setFactory(const LiveFeedFactory &factory);
    // Opens the viewer of a session, or brings it to the front. False when the session cannot be
    // watched here: then its link is for the browser.
    bool open(const SessionKey &key);
    [[nodiscard]] ViewerWindow *viewerOf(const SessionKey &key) const;

    [[nodiscard]] const ViewerState &state() const { return m_state; }
    void restore(const ViewerState &state) { m_state = state; }

private:
    const SessionTableModel &m_model;
    const Clock &m_clock;
    SessionCommands &m_commands;
    LiveFeedFactory m_factory;
    QHash<SessionKey, QPointer<ViewerWindow>> m_windows;
    ViewerState m_state;
};

} // namespace Anchorwatch
