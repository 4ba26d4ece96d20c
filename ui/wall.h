#pragma once

#include "models/sessionproxymodel.h"
#include "ui/announcement.h"
#include "ui/tilebutton.h"
#include "ui/wallstills.h"
#include "ui/windowstate.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLineEdit;
class QMenu;

namespace Anchorwatch {

class EmptyState;
class SessionCommands;
class Toast;
class WallBar;
class WallLine;
class WallView;

// The wall: a window with stills of the sessions that the table's filter lets through. While nobody
// can see it, it asks for nothing.
class Wall : public QWidget
{
    Q_OBJECT

public:
    // The models, the clock, the commands and the table's filter must outlive it.
    Wall(const SessionTableModel &model, SessionProxyModel &proxy, const Clock &clock,
         SessionCommands &commands, QLineEdit &filter, const LiveFeedFactory &factory);
    ~Wall() override;

    [[nodiscard]] WallState state() const;
    void restore(const WallState &state);
    // Visible and not minimised.
    [[nodiscard]] bool isWatched() const;
    [[nodiscard]] WallView &view() const { return *m_view; }
    [[nodiscard]] WallBar &bar() const { return *m_bar; }
    [[nodiscard]] const WallLine &line() const { return *m_line; }

signals:
    // The viewer of a session is wanted.
    void watchRequested(const Anchorwatch::SessionKey &key);
    // Sessions on screen whose addresses are not known.
    void detailsWanted(const QList<Anchorwatch::SessionKey> &keys);
    // It was shown, hidden or minimised.
    void watchedChanged();
    // It is about to be closed; state() is what shall be remembered.
    void closing();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void connectView();
    void addKeys();
    void press(const SessionKey &key, TileButton button);
    [[nodiscard]] QString refusal(const SessionKey &key, TileButton button) const;
    void showContextMenu(const SessionKey &key, const QPoint &globalPosition);
    void addCopies(QMenu &menu, const SessionKey &key);
    void announce(const Announcement &announcement);
    void updateSight();
    void updateWatching();
    void updateCounts();
    void updateLine();

    const SessionTableModel &m_model;
    SessionProxyModel &m_proxy;
    const Clock &m_clock;
    SessionCommands &m_commands;
    WallStills *m_stills;
    WallView *m_view;
    WallBar *m_bar;
    WallLine *m_line;
    EmptyState *m_empty;
    Toast *m_toast = nullptr;
    std::function<void()> m_toastAction; // of the toast that shows
    QTimer m_ticker;
    QDateTime m_pausedAt; // UTC; valid while it is paused
};

} // namespace Anchorwatch
