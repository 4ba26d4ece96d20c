#include "servicetest.h"

namespace Anchorwatch {

bool ServiceTest::startService(const QStringList &options)
{
    const bool started = m_service->start(options);
    m_driver.emplace(m_service->url());
    return started;
}

bool ServiceTest::endsCleanly()
{
    const int status = m_service->terminate();
    const QStringList left = m_service->leftovers();
    if (status != 0 || !left.isEmpty())
        qWarning() << "exit" << status << "left" << left;
    return status == 0 && left.isEmpty();
}

void ServiceTest::init()
{
    m_service = std::make_unique<ServiceProcess>();
    m_site = std::make_unique<PageServer>();
}

void ServiceTest::cleanup()
{
    if (QTest::currentTestFailed())
        qWarning().noquote() << m_service->log();
    m_driver.reset();
    m_service.reset();
    m_site.reset();
}

} // namespace Anchorwatch
