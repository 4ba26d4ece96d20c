#include "app/connectionwatch.h"

#include "app/providers.h"
#include "network/gatewayprovider.h"
#include "network/grid/gridprovider.h"

namespace Anchorwatch {

using namespace std::chrono_literals;

ConnectionWatch::ConnectionWatch(const Connection &connection, const QString &secret,
                                 const std::optional<LocalServiceProgram> &program,
                                 const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_clock(clock)
    , m_manager(connection.certificate)
    , m_provider(makeProvider(m_manager, connection, secret))
    , m_poller(*m_provider, connection.id, clock)
    , m_terminator(*m_provider, connection, clock)
    , m_details(*m_provider, clock)
    , m_devTools(m_manager)
    , m_service(program ? std::make_unique<LocalService>(*program) : nullptr)
{
    m_poller.setInterval(connection.pollInterval);
    followPoller();
    if (m_service)
        followService();
    if (const auto *grid = qobject_cast<GridProvider *>(m_provider.get())) {
        connect(grid, &GridProvider::capacityChanged, this,
                [this](const GridCapacity &capacity) { emit noted(capacity.text()); });
    }
    connect(&m_details, &DetailFetcher::fetched, this, &ConnectionWatch::fetched);
    connect(&m_terminator, &Terminator::progressed, this, &ConnectionWatch::progressed);
    connect(&m_terminator, &Terminator::batchFinished, this,
            [this](const TerminationSummary &summary) {
                m_poller.pollNow();
                emit batchFinished(summary);
            });
}

ConnectionWatch::~ConnectionWatch() = default;

void ConnectionWatch::start()
{
    if (m_service) {
        setPlace(tr("Starting the local service"));
        m_service->start();
        return;
    }
    setPlace(tr("Sessions of %1").arg(m_connection.baseUrl.toDisplayString()));
    m_poller.pollNow();
}

void ConnectionWatch::refresh()
{
    if (m_service && !m_health.serviceStopped.isEmpty())
        m_service->start();
    else if (!m_service || !m_connection.baseUrl.isEmpty())
        m_poller.pollNow();
}

ServiceAbilities ConnectionWatch::abilities() const
{
    return {m_provider->createRefusal(), m_provider->profileRefusal(), m_provider->timeoutRefusal(),
            m_provider->watchingCost()};
}

void ConnectionWatch::update(const Connection &connection)
{
    const QUrl found = m_connection.baseUrl;
    m_connection = connection;
    m_connection.baseUrl = found;
    m_poller.setInterval(connection.pollInterval);
}

void ConnectionWatch::setPace(Poller::Pace pace)
{
    m_poller.setPace(pace);
}

void ConnectionWatch::catchUp()
{
    const auto lastGood = m_poller.lastGood();
    if (lastGood && m_clock.elapsed() - *lastGood > m_poller.interval())
        m_poller.pollNow();
}

SessionReply *ConnectionWatch::create(const SessionRequest &request)
{
    return m_provider->create(request);
}

CloseTabReply *ConnectionWatch::closeTab(const QString &id, int tab)
{
    return m_provider->closeTab(id, tab);
}

UrlReply *ConnectionWatch::locateDevTools(const QString &cdpUrl)
{
    return m_devTools.locate(cdpUrl);
}

QNetworkRequest ConnectionWatch::cdpRequest(const QUrl &address) const
{
    return m_provider->cdpRequest(address);
}

void ConnectionWatch::followService()
{
    connect(m_service.get(), &LocalService::ready, this, &ConnectionWatch::becomeReady);
    connect(m_service.get(), &LocalService::stopped, this, [this](const QString &reason) {
        m_health.serviceStopped = reason.isEmpty() ? tr("It ended without a word.") : reason;
        setPlace(tr("The local service is not running"));
        publishHealth();
    });
}

void ConnectionWatch::followPoller()
{
    connect(&m_poller, &Poller::polled, this, [this](const PollResult &result) {
        m_health = {};
        m_health.lastGood = m_clock.nowUtc();
        m_health.lastGoodElapsed = m_clock.elapsed();
        emit polled(result);
        publishHealth();
    });
    connect(&m_poller, &Poller::failed, this, [this](const PollFailure &failure) {
        m_health.fault = failure.fault;
        m_health.misses = failure.misses;
        m_health.nextTry.reset();
        if (failure.nextTry > 0ms)
            m_health.nextTry = m_clock.elapsed() + failure.nextTry;
        emit failed(failure);
        publishHealth();
    });
}

void ConnectionWatch::becomeReady(const QUrl &baseUrl)
{
    m_health.serviceStopped.clear();
    m_connection.baseUrl = baseUrl;
    if (auto *gateway = qobject_cast<GatewayProvider *>(m_provider.get()))
        gateway->setBaseUrl(baseUrl);
    setPlace(tr("Local sessions run on this machine, port %1").arg(baseUrl.port()));
    emit moved();
    m_poller.pollNow();
}

void ConnectionWatch::setPlace(const QString &place)
{
    m_place = place;
    emit placeChanged();
}

void ConnectionWatch::publishHealth()
{
    if (m_service && !m_health.serviceStopped.isEmpty())
        m_health.nextTry = m_clock.elapsed() + m_service->untilNextStart();
    emit healthChanged();
}

} // namespace Anchorwatch
