#include "ui/healthbanner.h"

#include "models/agetext.h"

#include <QCoreApplication>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("HealthBanner", text, nullptr, count);
}

QString nextTryText(const ConnectionHealth &health, const Clock &clock)
{
    if (!health.nextTry)
        return {};
    const auto left = std::max(*health.nextTry - clock.elapsed(), 0ms);
    // Rounded up: "in 0 s" would be a try that does not come.
    return tr("Next try in %1.").arg(ageText(left + 999ms));
}

QString rowsText(const ConnectionHealth &health, int rows)
{
    if (rows == 0 || !health.lastGood.isValid())
        return {};
    return rows == 1 ? tr("Its row is from then.") : tr("Its %n rows are from then.", rows);
}

QString needsText(const Connection &connection)
{
    return connection.kind == Connection::Kind::Anchor ? tr("%1 needs an API key.")
                                                       : tr("%1 needs a user and a password.");
}

QString headline(const Connection &connection, const ConnectionHealth &health)
{
    const QString &name = connection.name;
    const QString since = health.lastGood.isValid() ? secondText(health.lastGood) : QString();
    if (!health.fault->certificate.isEmpty())
        return tr("%1 is not trusted.").arg(name);
    switch (health.fault->kind) {
    case Fault::Kind::Refused:
        return health.fault->lacksSecret ? needsText(connection).arg(name)
                                         : tr("%1 refused us.").arg(name);
    case Fault::Kind::TooMany:
        return tr("%1 was asked too often.").arg(name);
    case Fault::Kind::NotFound:
    case Fault::Kind::BadAnswer:
        return tr("%1 does not answer as a sessions service.").arg(name);
    case Fault::Kind::ServiceError:
        return tr("%1 cannot list its sessions.").arg(name);
    case Fault::Kind::Unreachable:
    case Fault::Kind::TimedOut:
    case Fault::Kind::BadRequest:
    case Fault::Kind::Aborted:
        break;
    }
    return since.isEmpty() ? tr("%1 cannot be reached.").arg(name)
                           : tr("%1 cannot be reached since %2.").arg(name, since);
}

QString joined(QStringList sentences)
{
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

// Whether it will not heal before the connection is changed: its key, or whom it trusts.
bool isForUser(const Connection &connection, const ConnectionHealth &health)
{
    if (!health.fault)
        return false;
    const bool hasSecret = connection.secret.store != SecretReference::Store::None;
    return !health.fault->certificate.isEmpty()
           || (health.fault->kind == Fault::Kind::Refused && hasSecret);
}

QString wordOf(HealthAction action, const ConnectionHealth &health)
{
    switch (action) {
    case HealthAction::TryNow:
        return tr("Try now");
    case HealthAction::ShowLog:
        return tr("Show log");
    case HealthAction::Edit:
        return health.fault->certificate.isEmpty() ? tr("Change key…") : tr("Edit connection…");
    }
    return {};
}

BannerContent stoppedBanner(const ConnectionHealth &health, const Clock &clock)
{
    BannerContent content;
    content.tone = BannerContent::Tone::Problem;
    content.icon = u"error"_s;
    content.headline = tr("The local service stopped.");
    const auto left = health.nextTry ? std::max(*health.nextTry - clock.elapsed(), 0ms) : 0ms;
    content.text = joined({tr("Starting it again, next try in %1.").arg(ageText(left + 999ms)),
                           tr("Its browsers keep running."), health.serviceStopped});
    return content;
}

} // namespace

std::optional<BannerContent> healthBanner(const Connection &connection,
                                          const ConnectionHealth &health, int rows,
                                          const Clock &clock)
{
    if (!health.isStale())
        return std::nullopt;
    BannerContent content;
    if (!health.serviceStopped.isEmpty()) {
        content = stoppedBanner(health, clock);
    } else {
        const Fault &fault = *health.fault;
        const bool refused = fault.kind == Fault::Kind::Refused;
        content.tone = refused ? BannerContent::Tone::Problem : BannerContent::Tone::Warning;
        content.icon = refused ? u"key"_s : u"warning"_s;
        if (fault.kind == Fault::Kind::TooMany)
            content.icon = u"timer"_s;
        content.headline = headline(connection, health);
        content.text = joined({fault.what, fault.detail, rowsText(health, rows),
                               refused ? tr("Polling has stopped.") : nextTryText(health, clock)});
    }
    for (const HealthAction action : healthActions(connection, health))
        content.actions.append(wordOf(action, health));
    return content;
}

QList<HealthAction> healthActions(const Connection &connection, const ConnectionHealth &health)
{
    if (!health.serviceStopped.isEmpty())
        return {HealthAction::ShowLog, HealthAction::TryNow};
    if (isForUser(connection, health))
        return {HealthAction::TryNow, HealthAction::Edit};
    return {HealthAction::TryNow};
}

} // namespace Anchorwatch
