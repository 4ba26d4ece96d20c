#pragma once

#include <QHash>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <sys/types.h>

namespace Anchorwatch {

// The real anchorwatchd on a free port, with a data folder, a home and a folder for temporary files
// of its own.
class ServiceProcess
{
public:
    ServiceProcess();
    // Kills what is left, so that a test that failed leaves nothing behind.
    ~ServiceProcess();

    // For what is started from now on: its environment, and the rights that its files do not get.
    void setVariable(const QString &name, const QString &value) { m_variables[name] = value; }
    void removeVariable(const QString &name) { m_variables[name] = QString(); }
    void setUmask(mode_t mask);

    // Starts it and waits until it listens. Returns false when it does not come up.
    [[nodiscard]] bool start(const QStringList &options = {});
    // Runs it to its end, as for a bad option. Returns the exit code.
    [[nodiscard]] int run(const QStringList &options);
    // Sends SIGTERM and waits. Returns the exit code, -1 when it crashed or does not end.
    [[nodiscard]] int terminate();
    // kill -9
    void kill();

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QUrl url() const { return m_url; }
    // What it wrote on its standard error since it was started.
    [[nodiscard]] QByteArray log() const;
    [[nodiscard]] QString root() const { return m_root.path(); }
    [[nodiscard]] QString dataFolder() const { return m_root.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString temporaryFolder() const { return m_root.filePath(QStringLiteral("t")); }

    // What it left behind: processes, working copies, records, temporary files. Empty after a clean
    // end.
    [[nodiscard]] QStringList leftovers() const;

private:
    void prepare(const QStringList &options);

    QTemporaryDir m_root;
    QHash<QString, QString> m_variables; // null: not at all
    QProcess m_process;
    QUrl m_url;
};

} // namespace Anchorwatch
