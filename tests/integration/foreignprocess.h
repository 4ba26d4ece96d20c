#pragma once

#include "network/service/processtree.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace Anchorwatch {

// A program that is not ours, with a home and a folder for temporary files of its own, and all that
// it starts. Nothing of it outlives the object.
class ForeignProcess
{
public:
    ForeignProcess();
    ~ForeignProcess();

    void start(const QString &program, const QStringList &arguments);
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    // Kills it with all that it started, and waits until nothing is left.
    [[nodiscard]] bool end();

    // What it wrote since it was started.
    [[nodiscard]] QByteArray log() const;
    [[nodiscard]] QString folder(const QString &name) const { return m_root.filePath(name); }

private:
    [[nodiscard]] BrowserMark mark() const;

    QTemporaryDir m_root;
    QProcess m_process;
    pid_t m_processSession = 0;
};

} // namespace Anchorwatch
