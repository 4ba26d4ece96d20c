#pragma once

#include "leftovers.h"
#include "pageserver.h"
#include "serviceprocess.h"
#include "sessiondriver.h"

#include <QTest>

#include <memory>
#include <optional>

namespace Anchorwatch {

// What every test here has: a service of its own, a web site, a client. Each test function begins with
// startService() and ends with endsCleanly().
class ServiceTest : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] bool startService(const QStringList &options = {})
    {
        const bool started = m_service->start(options);
        m_driver.emplace(m_service->url());
        return started;
    }
    // The service, asked to end, ends with 0 and leaves nothing behind.
    [[nodiscard]] bool endsCleanly()
    {
        const int status = m_service->terminate();
        const QStringList left = m_service->leftovers();
        if (status != 0 || !left.isEmpty())
            qWarning() << "exit" << status << "left" << left;
        return status == 0 && left.isEmpty();
    }

    [[nodiscard]] ServiceProcess &service() { return *m_service; }
    [[nodiscard]] SessionDriver &driver() { return *m_driver; }
    [[nodiscard]] PageServer &site() { return *m_site; }

private slots:
    void init()
    {
        m_service = std::make_unique<ServiceProcess>();
        m_site = std::make_unique<PageServer>();
    }
    void cleanup()
    {
        if (QTest::currentTestFailed())
            qWarning().noquote() << m_service->log();
        m_driver.reset();
        m_service.reset();
        m_site.reset();
    }

private:
    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<PageServer> m_site;
    std::optional<SessionDriver> m_driver;
};

} // namespace Anchorwatch
