#include "app/creation.h"

#include "models/urltext.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Whether the service may have made a session all the same. One that says in its own words why it
// did not is believed; the bare 502 of something in between is not.
bool isUnclear(const Fault &fault)
{
    switch (fault.kind) {
    case Fault::Kind::Unreachable:
        return fault.certificate.isEmpty(); // then nothing was sent
    case Fault::Kind::TimedOut:
    case Fault::Kind::BadAnswer:
        return true;
    case Fault::Kind::ServiceError:
        return fault.detail.isEmpty();
    case Fault::Kind::NotFound:
    case Fault::Kind::Refused:
    case Fault::Kind::TooMany:
    case Fault::Kind::BadRequest:
    case Fault::Kind::Aborted:
        break;
    }
    return false;
}

} // namespace

Creation::Creation(ConnectionWatch &watch, const SessionRequest &request, const Clock &clock)
    : QObject(&watch)
    , m_watch(watch)
    , m_clock(clock)
{
    connect(&watch, &ConnectionWatch::polled, this, &Creation::takeList);
    connect(&watch, &ConnectionWatch::failed, this, [this] {
        if (m_fault)
            tell(tr("The list cannot be read either, and may have a new session: look at it before "
                    "you start another."));
    });
    SessionReply *reply = watch.create(request);
    connect(reply, &ProviderReply::finished, this, [this, reply] { take(*reply); });
}

Creation::~Creation()
{
    if (m_isAnswered)
        return;
    Fault fault;
    fault.kind = Fault::Kind::Aborted;
    fault.what = tr("The connection was changed before its service answered: the session may have "
                    "been started.");
    emit failed(fault);
}

void Creation::take(const SessionReply &reply)
{
    if (!reply.fault()) {
        m_isAnswered = true;
        emit made(reply.session);
        deleteLater();
        return;
    }
    m_fault = reply.fault();
    if (!isUnclear(*m_fault)) {
        tell({});
        return;
    }
    m_readSince = m_clock.elapsed();
    m_watch.refresh();
}

void Creation::takeList(const PollResult &result)
{
    for (const Session &session : result.delta.added)
        m_appeared.append(session.id);
    if (m_fault && result.delta.askedAt >= m_readSince)
        tell(found());
}

void Creation::tell(const QString &more)
{
    Fault fault = *std::exchange(m_fault, std::nullopt);
    fault.detail = QStringList{fault.detail, more}.join(u' ').trimmed();
    m_isAnswered = true;
    emit failed(fault);
    deleteLater();
}

QString Creation::found() const
{
    if (m_appeared.isEmpty())
        return tr("The list was read since: no session came of it so far.");
    return tr("The list was read since and has what was not there before: %1. It may be the one "
              "you asked for.")
        .arg(visibleText(m_appeared.join(u", "_s)));
}

} // namespace Anchorwatch
