#pragma once

#include "leftovers.h"
#include "pageserver.h"
#include "serviceprocess.h"
#include "sessiondriver.h"

#include <QTest>

#include <memory>
#include <optional>

namespace Anchorwatch {

// What every test here has: a service of its own, a web site, a client. Each test function begins
// with startService() and ends with endsCleanly().
class ServiceTest : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] bool startService(const QStringList &options = {});
    // The service, asked to end, ends with 0 and leaves nothing behind.
    [[nodiscard]] bool endsCleanly();

    [[nodiscard]] ServiceProcess &service() { return *m_service; }
    [[nodiscard]] SessionDriver &driver() { return *m_driver; }
    [[nodiscard]] PageServer &site() { return *m_site; }

private slots:
    void init();
    void cleanup();

private:
    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<PageServer> m_site;
    std::optional<SessionDriver> m_driver;
};

} // namespace Anchorwatch
