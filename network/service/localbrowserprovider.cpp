#include "network/service/localbrowserprovider.h"

#include "network/service/datafolder.h"
#include "network/service/servicelog.h"

#include <QDir>
#include <QFile>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QtConcurrent>

#include <algorithm>
#include <chrono>
#include <csignal>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// So many links of ended sessions still say "ended"; older ones are unknown.
constexpr qsizetype rememberedEnds = 1000;

// 128 bits, as hexadecimal digits.
QString randomName()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    const auto bytes =
        QByteArray::fromRawData(reinterpret_cast<const char *>(bits.data()), sizeof(bits));
    return QString::fromLatin1(bytes.toHex());
}

// Takes as long for a near miss as for a wild one, so that a capability cannot be felt out.
bool isSameSecret(const QString &one, const QString &other)
{
    if (one.size() != other.size())
        return false;
    ushort difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference =
            static_cast<ushort>(difference | (one.at(i).unicode() ^ other.at(i).unicode()));
    return difference == 0;
}

template<typename Reply>
Reply *failed(Reply *reply, const Fault &fault)
{
    reply->fail(fault);
    return reply;
}

// The browser's own DevTools front-end, seen to work from there: its pages have the one Origin that
// Chromium lets in without --remote-allow-origins.
QUrl inspectorAddress(quint16 port, const QString &targetId)
{
    return QUrl(
        u"http://127.0.0.1:%1/devtools/inspector.html?ws=127.0.0.1:%1/devtools/page/%2"_s.arg(port)
            .arg(targetId));
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
    auto *reply = new SessionReply(this);
    if (const std::optional<Fault> fault = refusal(request))
        return failed(reply, *fault);
    SessionRecord record;
    record.id = randomName();
    record.capability = randomName();
    record.request = request;
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

std::optional<Fault> LocalBrowserProvider::refusal(const SessionRequest &request) const
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
    if (request.createNewProfile && m_profiles.exists(name))
        return badProfile(u"There is a profile of this name already."_s);
    // One that persists makes the profile where there is none; without that, a mistyped name would
    // go unnoticed.
    if (!name.isEmpty() && !request.createNewProfile && !request.persists()
        && !isProfileKnown(name))
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

LocalSession *LocalBrowserProvider::find(const QString &id) const
{
    for (LocalSession *session : m_sessions) {
        if (session->record().id == id)
            return session;
    }
    return nullptr;
}

Session LocalBrowserProvider::describe(const LocalSession &session) const
{
    Session description = session.describe();
    const SessionRecord &record = session.record();
    description.liveViewUrl = m_baseUrl.toString(QUrl::StripTrailingSlash) + "/live/"_L1 + record.id
                              + u'/' + record.capability;
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
    m_ended.append({record.id, record.capability});
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
    const SessionRegistry::Loaded loaded = m_registry.load();
    for (const QString &id : loaded.unreadable) {
        qCWarning(serviceLog).noquote() << "the record of session" << id
                                        << "cannot be read; it and the working copy are kept aside";
    }
    QStringList known;
    for (const SessionRecord &record : loaded.records)
        known.append(record.id);
    removeStrays(known, loaded.unreadable);
    (void)QtConcurrent::run(&m_worker, [this] { m_profiles.removeOldGenerations(); });
    for (const SessionRecord &record : loaded.records)
        add(record)->resume();
}

void LocalBrowserProvider::removeStrays(const QStringList &knownIds,
                                        const QStringList &unreadableIds)
{
    const QStringList ids =
        QDir(m_folder.work()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &id : ids) {
        if (unreadableIds.contains(id))
            removeStray(id, m_folder.kept() + u'/' + id);
        else if (!knownIds.contains(id))
            removeStray(id, {});
    }
}

// Ends what still runs on a working copy that belongs to no session, then removes or moves the
// copy.
void LocalBrowserProvider::removeStray(const QString &id, const QString &keepAs)
{
    const QString workingCopy = m_folder.work() + u'/' + id;
    qCWarning(serviceLog).noquote() << "working copy without a session:" << id;
    auto *tree = new ProcessTree(
        {browserEnvironmentMark(id), QFile::encodeName(browserFolder(workingCopy)), 0}, this);
    connect(tree, &ProcessTree::ended, this, [this, tree, id, workingCopy, keepAs] {
        tree->deleteLater();
        (void)QtConcurrent::run(&m_worker, [id, workingCopy, keepAs] {
            if (keepAs.isEmpty() || !QDir().rename(workingCopy, keepAs))
                QDir(workingCopy).removeRecursively();
            QDir(temporaryFolderOf(id)).removeRecursively();
        });
    });
    tree->signalAll(SIGKILL);
    tree->awaitEnd();
}

// --- live view

LiveViewReply *LocalBrowserProvider::liveView(const QString &id, const QString &capability)
{
    auto *reply = new LiveViewReply(this);
    LocalSession *session = find(id);
    const bool isKnown = session && isSameSecret(session->record().capability, capability);
    const bool hasEnded = std::any_of(m_ended.begin(), m_ended.end(), [&](const auto &one) {
        return one.first == id && isSameSecret(one.second, capability);
    });
    if (isKnown && !session->isOver() && session->record().endpoint.port != 0 && session->link()) {
        showFrontPage(reply, session);
        return reply;
    }
    if (hasEnded || (isKnown && session->isOver()))
        reply->state = LiveViewReply::State::Ended;
    else if (isKnown)
        reply->state = LiveViewReply::State::Waiting;
    reply->succeed();
    return reply;
}

// Pages come and go: which one it is, is asked now.
void LocalBrowserProvider::showFrontPage(LiveViewReply *reply, LocalSession *session)
{
    BrowserLink *link = session->link();
    reply->state = LiveViewReply::State::Waiting;
    const auto show = [reply, port = link->endpoint().port](const QString &targetId) {
        if (!targetId.isEmpty()) {
            reply->state = LiveViewReply::State::Live;
            reply->address = inspectorAddress(port, targetId);
        }
        reply->succeed();
    };
    const auto onLooked = [reply, show, link] {
        const QList<BrowserPage> &found = link->pages().pages();
        if (!found.isEmpty()) {
            show(found.first().targetId);
            return;
        }
        CdpReply *opened = link->openPage();
        connect(opened, &CdpReply::finished, reply,
                [opened, show] { show(opened->result().value("targetId"_L1).toString()); });
    };
    connect(&link->pages(), &PageTracker::looked, reply, onLooked, Qt::SingleShotConnection);
    // The browser may go before it answers.
    connect(link, &QObject::destroyed, reply, [reply] {
        if (reply->state == LiveViewReply::State::Waiting)
            reply->state = LiveViewReply::State::Ended;
        reply->succeed();
    });
    link->pages().look();
}

} // namespace Anchorwatch
