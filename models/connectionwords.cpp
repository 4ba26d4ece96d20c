#include "models/connectionwords.h"

#include "models/agetext.h"
#include "models/urltext.h"

#include <QCoreApplication>
#include <QMetaEnum>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("ConnectionWords", text, nullptr, count);
}

QString refusedWords(const ConnectionState &state)
{
    const bool isMissing = state.health.fault->lacksSecret;
    switch (state.connection.kind) {
    case Connection::Kind::Anchor:
        return isMissing ? tr("Key needed") : tr("Key refused");
    case Connection::Kind::Grid:
        return isMissing ? tr("Password needed") : tr("Password refused");
    case Connection::Kind::Local:
    case Connection::Kind::Service:
    case Connection::Kind::DevTools:
        break;
    }
    return tr("Access refused");
}

QString staleWords(const ConnectionHealth &health)
{
    if (!health.serviceStopped.isEmpty())
        return tr("Stopped, starting it again");
    const QString since = health.lastGood.isValid() ? hourText(health.lastGood) : QString();
    switch (health.fault->kind) {
    case Fault::Kind::TooMany:
        return since.isEmpty() ? tr("Asked too often") : tr("Asked too often since %1").arg(since);
    case Fault::Kind::NotFound:
    case Fault::Kind::BadAnswer:
    case Fault::Kind::ServiceError:
    case Fault::Kind::BadRequest:
        return since.isEmpty() ? tr("Answers without a list") : tr("No list since %1").arg(since);
    case Fault::Kind::Unreachable:
    case Fault::Kind::TimedOut:
    case Fault::Kind::Refused:
    case Fault::Kind::Aborted:
        break;
    }
    return since.isEmpty() ? tr("Not answering") : tr("Not answering since %1").arg(since);
}

// The state in words where it has no age; empty while the news are fresh.
QString conditionWords(const ConnectionState &state)
{
    switch (connectionCondition(state)) {
    case ConnectionCondition::Off:
        return tr("Off");
    case ConnectionCondition::Connecting:
        return tr("Connecting…");
    case ConnectionCondition::Stale:
        return staleWords(state.health);
    case ConnectionCondition::Refused:
        return refusedWords(state);
    case ConnectionCondition::Fresh:
        break;
    }
    return {};
}

QString guardWords(Connection::Guard guard)
{
    switch (guard) {
    case Connection::Guard::Protected:
        return tr("protected");
    case Connection::Guard::WatchOnly:
        return tr("watch only");
    case Connection::Guard::Normal:
        break;
    }
    return {};
}

QString withGuard(Connection::Guard guard, const QString &alone, const QString &ageOrTask)
{
    switch (guard) {
    case Connection::Guard::Protected:
        return tr("Protected, %1").arg(ageOrTask);
    case Connection::Guard::WatchOnly:
        return tr("Watch only, %1").arg(ageOrTask);
    case Connection::Guard::Normal:
        break;
    }
    return alone;
}

QString firstLetter(const QString &word)
{
    const bool isPair = word.size() > 1 && word.at(0).isHighSurrogate();
    return word.left(isPair ? 2 : 1).toUpper();
}

// The name's words, each from its first letter or digit on.
QStringList wordsOf(const QString &name)
{
    QStringList words;
    bool inWord = false;
    for (const QChar c : name) {
        const bool belongs = c.isLetterOrNumber() || c.isSurrogate();
        if (belongs && !inWord)
            words.append(QString());
        if (belongs)
            words.last().append(c);
        inWord = belongs;
    }
    return words;
}

} // namespace

ConnectionCondition connectionCondition(const ConnectionState &state)
{
    const ConnectionHealth &health = state.health;
    if (!state.connection.enabled)
        return ConnectionCondition::Off;
    if (health.isStale()) {
        const bool refused = health.serviceStopped.isEmpty() && health.fault
                             && health.fault->kind == Fault::Kind::Refused;
        return refused ? ConnectionCondition::Refused : ConnectionCondition::Stale;
    }
    return state.hasList ? ConnectionCondition::Fresh : ConnectionCondition::Connecting;
}

ConnectionLine connectionLine(const ConnectionState &state, std::chrono::milliseconds elapsed)
{
    const Connection::Guard guard = state.connection.guard;
    const QString words = conditionWords(state);
    if (connectionCondition(state) == ConnectionCondition::Connecting)
        return {withGuard(guard, words, tr("connecting…")), words};
    if (!words.isEmpty())
        return {words, words};
    if (!state.note.isEmpty())
        return {visibleText(state.note), visibleText(state.note)};
    const QString age =
        ageText(elapsed - state.health.lastGoodElapsed.value_or(std::chrono::milliseconds(0)));
    const QString updated = tr("Updated %1 ago").arg(age);
    return {withGuard(guard, updated, tr("updated %1 ago").arg(age)), updated};
}

QString connectionSentence(const ConnectionState &state)
{
    QStringList parts{visibleText(state.connection.name)};
    if (state.hasList && state.connection.enabled)
        parts.append(state.liveCount == 1 ? tr("1 session") : tr("%n sessions", state.liveCount));
    const QString words = conditionWords(state);
    parts.append(words.isEmpty() ? tr("up to date") : words);
    if (words.isEmpty())
        parts.append(visibleText(state.note));
    parts.append(guardWords(state.connection.guard));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString connectionToolTip(const ConnectionState &state)
{
    const Connection &connection = state.connection;
    QStringList lines{visibleText(connection.name)};
    if (connection.kind != Connection::Kind::Local)
        lines.append(maskedUrl(connection.baseUrl.toString()));
    if (!connection.enabled) {
        lines.append(conditionWords(state));
    } else if (state.health.isStale()) {
        lines.append(conditionWords(state));
        const auto &fault = state.health.fault;
        lines.append(state.health.serviceStopped.isEmpty() && fault ? fault->what
                                                                    : state.health.serviceStopped);
    }
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString suggestedBadge(const QString &name, Connection::Kind kind)
{
    QStringList words = wordsOf(name);
    const QString kindWord = QString::fromLatin1(
        QMetaEnum::fromType<Connection::Kind>().valueToKey(static_cast<int>(kind)));
    if (words.size() > 1 && words.constFirst().compare(kindWord, Qt::CaseInsensitive) == 0)
        words.removeFirst();
    if (words.isEmpty())
        return {};
    const QString first = firstLetter(words.constFirst());
    const QString rest = words.size() > 1 ? words.at(1) : words.constFirst().mid(first.size());
    return first + firstLetter(rest);
}

} // namespace Anchorwatch
