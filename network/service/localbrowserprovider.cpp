#include "network/service/localbrowserprovider.h"

#include "network/live/livemessages.h"
#include "network/service/datafolder.h"
#include "network/service/samesecret.h"
#include "network/service/servicelog.h"
#include "network/service/socketviewerline.h"

#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>
#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// So many links of ended sessions still say "ended"; older ones are unknown.
constexpr qsizetype rememberedEnds = 1000;
// A page that asks whether to leave it stays open until somebody answers.
constexpr std::chrono::milliseconds tabDeadline = 10s;

// 128 bits, as hexadecimal digits.
QString randomName()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    const auto bytes =
        QByteArray::fromRawData(reinterpret_cast<const char *>(bits.data()), sizeof(bits));
    return QString::fromLatin1(bytes.toHex());
}

template<typename Reply>
Reply *failed(Reply *reply, const Fault &fault)
{
    reply->fail(fault);
    return reply;
}

std::optional<LiveRole> roleOf(const SessionRecord &record, const QString &capability)
{
    // Both are compared, so that the time does not tell which was near.
    const QByteArray shown = capability.toUtf8();
    const bool watches = isSameSecret(record.capability.toUtf8(), shown);
    const bool controls = isSameSecret(record.controlCapability.toUtf8(), shown);
    if (controls && !record.controlCapability.isEmpty())
        return LiveRole::Control;
    return watches ? std::optional(LiveRole::Watch) : std::nullopt;
}

bool hasTab(const LiveStream &live, int number)
{
    const QList<SessionTab> tabs = live.tabs();
    return std::ranges::find(tabs, number, &SessionTab::number) != tabs.end();
}

Fault notFound()
{
    return {Fault::Kind::NotFound, u"Session not found"_s, {}, {}};
}

} // namespace

LocalBrowserProvider::LocalBrowserProvider(const LocalBrowserOptions &options,
                                           const DataFolder &folder, QObject *parent)
    : SessionProvider(parent)
    , m_options(options)
    , m_folder(folder)
    , m_profiles(folder.profiles())
    , m_registry(folder.records())
    , m_around{m_options, m_folder, m_profiles, m_registry, m_worker, m_network}
    , m_strays(folder, m_worker)
{
    m_worker.setMaxThreadCount(1);
    m_network.setProxy(QNetworkProxy::NoProxy);
}

LocalBrowserProvider::~LocalBrowserProvider()
{
    // They use the members above.
    qDeleteAll(std::exchange(m_sessions, {}));
}

ListReply *LocalBrowserProvider::list()
{
    auto *reply = new ListReply(this);
    for (const LocalSession *session : std::as_const(m_sessions))
        reply->sessions.append(describe(*session));
    reply->succeed();
    return reply;
}

SessionReply *LocalBrowserProvider::get(const QString &id)
{
    auto *reply = new SessionReply(this);
    const LocalSession *session = find(id);
    if (!session)
        return failed(reply, notFound());
    reply->session = describe(*session);
    reply->succeed();
    return reply;
}

SessionReply *LocalBrowserProvider::create(const SessionRequest &request)
{
    return create(request, {});
}

SessionReply *LocalBrowserProvider::create(const SessionRequest &request, const LocalWishes &wishes)
{
    auto *reply = new SessionReply(this);
    if (const std::optional<Fault> fault = refusal(request, wishes))
        return failed(reply, *fault);
    SessionRecord record;
    record.id = randomName();
    record.capability = randomName();
    record.controlCapability = randomName();
    record.request = request;
    record.tags = wishes.tags;
    record.createdAt = QDateTime::currentDateTimeUtc();
    record.workingCopy = m_folder.work() + u'/' + record.id;
    const QString problem = m_registry.write(record);
    if (!problem.isEmpty())
        return failed(reply, {Fault::Kind::ServiceError, problem, {}, {}});

    qCInfo(serviceLog).noquote() << "session" << record.id << "is starting";
    LocalSession *session = add(record);
    session->begin();
    reply->session = describe(*session);
    reply->succeed();
    return reply;
}

SessionReply *LocalBrowserProvider::awaitStart(const QString &id)
{
    auto *reply = new SessionReply(this);
    const LocalSession *session = find(id);
    if (!session)
        return failed(reply, notFound());
    const auto look = [this, reply, session] {
        if (session->isOver()) {
            reply->fail({Fault::Kind::ServiceError, session->record().error, {}, {}});
        } else if (session->record().stage == SessionRecord::Stage::Running) {
            reply->session = describe(*session);
            reply->succeed();
        }
    };
    connect(session, &LocalSession::stageChanged, reply, look);
    connect(session, &LocalSession::left, reply, [reply] {
        reply->fail(
            {Fault::Kind::ServiceError, u"The session was ended while it started."_s, {}, {}});
    });
    look();
    return reply;
}

TerminateReply *LocalBrowserProvider::terminate(const QString &id)
{
    auto *reply = new TerminateReply(this);
    LocalSession *session = find(id);
    if (!session || m_terminating.contains(id))
        return failed(reply, notFound());
    qCInfo(serviceLog).noquote() << "session" << id << "is being terminated";
    m_terminating.insert(id, reply);
    session->end();
    return reply;
}

CloseTabReply *LocalBrowserProvider::closeTab(const QString &id, int tab)
{
    auto *reply = new CloseTabReply(this);
    LocalSession *session = find(id);
    if (!session)
        return failed(reply, notFound());
    LiveStream &live = session->live();
    if (!hasTab(live, tab))
        return failed(reply, {Fault::Kind::NotFound, u"Tab not found"_s, {}, {}});
    if (live.tabs().size() == 1) {
        return failed(reply, {Fault::Kind::BadRequest,
                              u"This is the last tab. Terminate the session to end it."_s,
                              {},
                              {}});
    }
    connect(&live, &LiveStream::tabsChanged, reply, [reply, tab, &live] {
        if (!hasTab(live, tab))
            reply->succeed();
    });
    QTimer::singleShot(tabDeadline, reply, [reply] {
        reply->fail({Fault::Kind::ServiceError, u"The tab is still open."_s, {}, {}});
    });
    live.closeTab(tab);
    return reply;
}

std::optional<Fault> LocalBrowserProvider::refusal(const SessionRequest &request,
                                                   const LocalWishes &wishes) const
{
    if (m_isEnding)
        return Fault{Fault::Kind::ServiceError, u"the service is ending"_s, {}, {}};
    const auto live = std::count_if(m_sessions.begin(), m_sessions.end(),
                                    [](const LocalSession *one) { return !one->isOver(); });
    if (live >= m_options.maxSessions) {
        return Fault{Fault::Kind::TooMany, u"%1 sessions are running already"_s.arg(live), {}, 10s};
    }
    const QString &name = request.profileName;
    const auto badProfile = [](const QString &words) {
        return Fault{Fault::Kind::BadRequest, words, u"profileName"_s, {}};
    };
    if (!name.isEmpty() && m_profiles.isObstructed(name))
        return badProfile(u"Something that is no profile lies in its place."_s);
    if (request.createNewProfile && m_profiles.exists(name))
        return badProfile(u"There is a profile of this name already."_s);
    // One that persists makes the profile where there is none; without that, a mistyped name would
    // go unnoticed.
    if (!name.isEmpty() && !request.createNewProfile && !request.persists()
        && wishes.unknownProfile == LocalWishes::UnknownProfile::Refused && !isProfileKnown(name))
        return badProfile(u"There is no profile of this name; createNewProfile makes one."_s);
    const BrowserProgram program = findBrowserProgram(m_options.browser);
    if (!program.problem.isEmpty())
        return Fault{Fault::Kind::ServiceError, program.problem, {}, {}};
    return {};
}

bool LocalBrowserProvider::isProfileKnown(const QString &name) const
{
    return m_profiles.exists(name)
           || std::any_of(m_sessions.begin(), m_sessions.end(), [&name](const LocalSession *one) {
                  const SessionRequest &request = one->record().request;
                  return request.profileName == name && request.persists();
              });
}

QStringList LocalBrowserProvider::ids() const
{
    QStringList ids;
    for (const LocalSession *session : m_sessions)
        ids.append(session->record().id);
    return ids;
}

LocalSession *LocalBrowserProvider::find(const QString &id) const
{
    for (LocalSession *session : m_sessions) {
        if (session->record().id == id)
            return session;
    }
    return nullptr;
}

const EndedSession *LocalBrowserProvider::ended(const QString &id) const
{
    const auto found =
        std::ranges::find(m_ended, id, [](const EndedSession &one) { return one.record.id; });
    return found == m_ended.end() ? nullptr : &*found;
}

Session LocalBrowserProvider::describe(const LocalSession &session) const
{
    Session description = session.describe();
    const SessionRecord &record = session.record();
    const QString live =
        m_baseUrl.toString(QUrl::StripTrailingSlash) + "/live/"_L1 + record.id + u'/';
    description.liveViewUrl = live + record.capability;
    if (!record.controlCapability.isEmpty())
        description.liveControlUrl = live + record.controlCapability;
    return description;
}

LocalSession *LocalBrowserProvider::add(const SessionRecord &record)
{
    auto *session = new LocalSession(record, m_around, this);
    m_sessions.append(session);
    connect(session, &LocalSession::left, this, [this, session] { onLeft(session); });
    connect(session, &LocalSession::notSaved, this,
            [this, session](const QString &reason) { onNotSaved(session, reason); });
    return session;
}

void LocalBrowserProvider::onLeft(LocalSession *session)
{
    const SessionRecord record = session->record();
    qCInfo(serviceLog).noquote() << "session" << record.id << "is gone";
    m_sessions.removeOne(session);
    session->deleteLater();
    m_ended.append(
        {record, {LiveState::Kind::Ended, session->endReason(), QDateTime::currentDateTimeUtc()}});
    if (m_ended.size() > rememberedEnds)
        m_ended.removeFirst();
    if (const QPointer<TerminateReply> reply = m_terminating.take(record.id))
        reply->succeed();
    finishEndAll(record.id);
}

void LocalBrowserProvider::onNotSaved(LocalSession *session, const QString &reason)
{
    const QString id = session->record().id;
    if (const QPointer<TerminateReply> reply = m_terminating.take(id))
        reply->fail({Fault::Kind::ServiceError, u"Failed to terminate session"_s, reason, {}});
    finishEndAll(id);
}

void LocalBrowserProvider::endAll()
{
    m_isEnding = true;
    for (const LocalSession *session : std::as_const(m_sessions))
        m_leaving.insert(session->record().id);
    if (m_leaving.isEmpty())
        QMetaObject::invokeMethod(this, &LocalBrowserProvider::allEnded, Qt::QueuedConnection);
    for (LocalSession *session : std::as_const(m_sessions))
        session->end();
}

void LocalBrowserProvider::finishEndAll(const QString &id)
{
    if (m_leaving.remove(id) && m_leaving.isEmpty())
        emit allEnded();
}

// --- after a start

void LocalBrowserProvider::restore()
{
    SessionRegistry::Loaded loaded = m_registry.load();
    // What a record names as its working copy is removed one day.
    loaded.records.removeIf([&](const SessionRecord &record) {
        const bool isOurs =
            record.workingCopy.isEmpty() || m_folder.isWorkingCopy(record.workingCopy);
        if (!isOurs) {
            m_registry.putAside(record.id);
            loaded.unreadable.append(record.id);
        }
        return !isOurs;
    });
    for (const QString &id : std::as_const(loaded.unreadable)) {
        qCWarning(serviceLog).noquote() << "the record of session" << id
                                        << "cannot be read; it and the working copy are kept aside";
    }
    QStringList known;
    for (const SessionRecord &record : std::as_const(loaded.records))
        known.append(record.id);
    m_strays.removeAllBut(known, loaded.unreadable);
    m_worker.start([this] { m_profiles.removeOldGenerations(); });
    for (const SessionRecord &record : std::as_const(loaded.records))
        add(record)->resume();
}

// --- live view

std::optional<LiveRole> LocalBrowserProvider::liveRole(const QString &id,
                                                       const QString &capability) const
{
    if (const LocalSession *session = find(id))
        return roleOf(session->record(), capability);
    const EndedSession *gone = ended(id);
    return gone ? roleOf(gone->record, capability) : std::nullopt;
}

void LocalBrowserProvider::expectViewer(const QString &id)
{
    if (LocalSession *session = find(id))
        session->live().expectViewer();
}

void LocalBrowserProvider::addViewer(const QString &id, LiveRole role, QWebSocket *socket)
{
    if (LocalSession *session = find(id)) {
        session->live().addViewer(new SocketViewerLine(socket, role), role);
        return;
    }
    const EndedSession *gone = ended(id);
    if (!gone) {
        socket->close();
        connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
        return;
    }
    auto *viewer = new LiveViewer(new SocketViewerLine(socket, role), role, this);
    connect(viewer, &LiveViewer::left, viewer, &QObject::deleteLater);
    viewer->send(helloMessage(role, id, gone->record.createdAt));
    viewer->end(stateMessage(gone->state));
}

} // namespace Anchorwatch
