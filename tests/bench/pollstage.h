#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>

#include <chrono>

namespace Anchorwatch {

// A service of so many sessions and a window that polls it, each in a process of its own
// (crowdservice.cpp and pollwindow.cpp say what they are told and answer).
class PollStage
{
public:
    // The window is that of this program: pollwindow as it was built here, or by an earlier commit.
    PollStage(const QString &window, int sessions, std::chrono::milliseconds interval);
    ~PollStage();
    Q_DISABLE_COPY_MOVE(PollStage)

    // Until the first rows are painted. False when that does not happen.
    [[nodiscard]] bool start();
    // From the start of the window's process until its first rows were painted, less what the
    // service took to make the answer.
    [[nodiscard]] double firstRowsMs() const { return m_firstRowsMs; }

    // "moving", "still" or "same"; the window has heard of it when two more lists were applied.
    void setManner(const QByteArray &manner);
    // What the window answers to a command; empty when it does not.
    [[nodiscard]] QJsonObject ask(const QByteArray &command);
    [[nodiscard]] double pssMib() const;

private:
    QProcess m_service;
    QProcess m_window;
    int m_sessions;
    std::chrono::milliseconds m_interval;
    double m_firstRowsMs = 0;
};

} // namespace Anchorwatch
