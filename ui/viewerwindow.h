#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "models/sessiontablemodel.h"

#include <QTimer>
#include <QWidget>

namespace Anchorwatch {

class LiveInput;
class LiveQuestions;
class LiveScreen;
class SessionCommands;
class TextLabel;
class ViewerBar;

// A window that shows one session as it moves, and lets one act on it. It stays on its session, and
// when that has ended it says so and stays.
class ViewerWindow : public QWidget
{
    Q_OBJECT

public:
    // Model, clock and commands must outlive it.
    ViewerWindow(const SessionKey &key, const SessionTableModel &model, const Clock &clock,
                 SessionCommands &commands, const LiveFeedFactory &factory);

    [[nodiscard]] const SessionKey &key() const { return m_key; }
    [[nodiscard]] LiveScreen &screen() const { return *m_screen; }
    [[nodiscard]] ViewerBar &bar() const { return *m_bar; }
    [[nodiscard]] bool isInControl() const { return m_viewers.isMine; }
    void setKeepsOnTop(bool on);
    [[nodiscard]] bool keepsOnTop() const;

signals:
    // It is about to be closed; its size is what shall be remembered.
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildLayout();
    void buildMenu();
    void connectBar();
    void followFeed();
    void refresh();
    void toggleControl();
    void setViewers(const LiveViewers &viewers);
    void copyPicture();
    void savePicture();
    void updateLine();
    void say(const QString &words);

    const SessionKey m_key;
    bool m_isLive = true; // as far as it is known
    const SessionTableModel &m_model;
    const Clock &m_clock;
    SessionCommands &m_commands;
    ViewerBar *m_bar;
    LiveQuestions *m_questions;
    LiveScreen *m_screen;
    LiveInput *m_input;
    TextLabel *m_line;
    TextLabel *m_freshness;
    LiveViewers m_viewers;
    QString m_said; // shown instead of the measures, for a while
    QTimer m_ticker;
    QTimer m_saidFor;
};

} // namespace Anchorwatch
