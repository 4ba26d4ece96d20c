#pragma once

#include "models/livefeed.h"
#include "network/live/pagecapture.h"
#include "network/live/pagefields.h"
#include "network/live/pageinput.h"

#include <QJsonObject>
#include <QObject>
#include <QTemporaryDir>

#include <deque>
#include <memory>
#include <optional>

namespace Anchorwatch {

// One page of a session, for those who watch it and act on it: its picture, its state, its dialogs,
// which are known from its birth, so that one opened while nobody watched can be answered. Messages
// are those of docs/live-view.md.
class WatchedPage : public QObject
{
    Q_OBJECT

public:
    // The client outlives it; Page is enabled in the CDP session. The number tells the tabs of a
    // session apart. Files that a viewer hands to the page are kept in the folder; without one none
    // can be.
    WatchedPage(CdpClient &client, const QString &cdpSession, const QString &targetId, int number,
                const QString &uploadFolder, QObject *parent = nullptr);

    [[nodiscard]] const QString &targetId() const { return m_targetId; }
    [[nodiscard]] int number() const { return m_info.tab; }
    [[nodiscard]] const LivePage &info() const { return m_info; }
    [[nodiscard]] const LiveState &state() const { return m_state; }
    [[nodiscard]] const std::optional<LiveDialog> &dialog() const { return m_dialog; }
    [[nodiscard]] PageCapture &capture() { return m_capture; }

    // As the browser lists it.
    void setPlace(const QString &url, const QString &title);
    // Takes what concerns it of the events of its CDP session.
    void onEvent(const QString &method, const QJsonObject &parameters);
    void onCrashed();
    // Sees whether a page that is quiet still answers.
    void checkAlive();

    // Somebody is in control of the session, or nobody is any more.
    void setControlled(bool controlled);
    // What the viewer in control asked for. Refusals come by refused().
    void act(const QString &type, const QJsonObject &message);

signals:
    void stateChanged();
    void infoChanged();
    void dialogOpened(const Anchorwatch::LiveDialog &dialog);
    // `answered` by us, or by another client of the browser.
    void dialogClosed(const QString &id, bool answeredHere);
    // For the viewer in control: select, field, chooser, selection.
    void offered(const QJsonObject &message);
    void refused(const QString &reason);

private:
    void updateState();
    void onDialog(const QJsonObject &parameters);
    void onDialogClosed();
    void onNavigated();
    void askForHistory();
    void press(const QJsonObject &message);
    void keyDown(const QJsonObject &message);
    void copySelection(const QJsonObject &message);
    void afterLooking(const std::optional<QJsonObject> &offer, const QJsonObject &message);
    void dispatch(const QString &type, const QJsonObject &message);
    void navigate(const QJsonObject &message);
    void stepHistory(int step);
    void answerDialog(const QJsonObject &message);
    void answerChooser(const QJsonObject &message);
    [[nodiscard]] QString writeFiles(const QJsonArray &files, QJsonArray *paths);

    CdpClient &m_client;
    QString m_cdpSession;
    QString m_targetId;
    QString m_uploadFolder;
    LivePage m_info;
    LiveState m_state;
    PageCapture m_capture;
    PageInput m_input;
    PageFields m_fields;
    std::optional<LiveDialog> m_dialog;
    int m_dialogs = 0;
    bool m_dialogAnswered = false; // by us
    bool m_isCrashed = false;
    bool m_isStuck = false;
    bool m_isControlled = false;
    bool m_isLooking = false; // at what is pressed; what comes after it waits
    std::deque<std::pair<QString, QJsonObject>> m_waiting;
    int m_chooserNode = 0; // that asks for files, 0 when none does
    std::unique_ptr<QTemporaryDir> m_uploads;
    int m_uploadCount = 0;
};

} // namespace Anchorwatch
