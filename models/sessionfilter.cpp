#include "models/sessionfilter.h"

#include "models/sessionfigures.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionFilter", text);
}

const QStringList &statusWords()
{
    static const QStringList words{u"starting"_s, u"running"_s, u"idle"_s,        u"stopped"_s,
                                   u"error"_s,    u"gone"_s,    u"terminating"_s, u"stale"_s};
    return words;
}

const QStringList &fieldNames()
{
    static const QStringList names{u"status"_s, u"profile"_s, u"tag"_s, u"id"_s, u"connection"_s};
    return names;
}

// Edits needed to turn one word into the other (Levenshtein, two rows).
qsizetype distance(const QString &from, const QString &to)
{
    QList<qsizetype> previous(to.size() + 1);
    for (qsizetype column = 0; column <= to.size(); ++column)
        previous[column] = column;
    for (qsizetype row = 0; row < from.size(); ++row) {
        QList<qsizetype> current(to.size() + 1);
        current[0] = row + 1;
        for (qsizetype column = 0; column < to.size(); ++column) {
            const qsizetype replaced = previous[column] + (from[row] == to[column] ? 0 : 1);
            current[column + 1] =
                std::min({previous[column + 1] + 1, current[column] + 1, replaced});
        }
        previous = current;
    }
    return previous.constLast();
}

// The word that was probably meant: at most two edits away, and no more than a third of its length.
QString nearest(const QString &word, const QStringList &words)
{
    constexpr qsizetype longest = 20;
    if (word.size() > longest)
        return {};
    const auto best = std::min_element(words.cbegin(), words.cend(),
                                       [&](const QString &left, const QString &right) {
                                           return distance(word, left) < distance(word, right);
                                       });
    return distance(word, *best) <= std::clamp<qsizetype>(best->size() / 3, 1, 2) ? *best
                                                                                  : QString();
}

QString suggestion(const QString &word, const QStringList &words)
{
    const QString near = nearest(word.toLower(), words);
    return near.isEmpty() ? tr("Known are %1.").arg(words.join(u", "_s))
                          : tr("Did you mean %1?").arg(near);
}

// Seconds of "30m", "1h30m", "90" (minutes); nothing when it is not a span.
std::optional<double> parsedSpan(const QString &text)
{
    static const QRegularExpression span(
        u"\\A(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})(?:m|min|\\z))?(?:(\\d{1,6})s)?\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = span.match(text);
    if (text.isEmpty() || !match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int part) { return match.captured(part).toDouble(); };
    return ((number(1) * 24 + number(2)) * 60 + number(3)) * 60 + number(4);
}

std::optional<double> parsedNumber(const QString &text)
{
    static const QRegularExpression number(u"\\A\\d{1,12}(?:\\.\\d{1,12})?\\z"_s);
    return number.match(text).hasMatch() ? std::optional(text.toDouble()) : std::nullopt;
}

bool contains(const QString &text, const QString &word)
{
    return text.contains(word, Qt::CaseInsensitive);
}

bool matchesStatus(const SessionRow &row, const QString &word)
{
    switch (row.state()) {
    case RowState::Kind::Gone:
        return word == "gone"_L1;
    case RowState::Kind::Terminating:
        return word == "terminating"_L1;
    case RowState::Kind::Stale:
        if (word == "stale"_L1)
            return true;
        break;
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Stopped:
    case RowState::Kind::Error:
    case RowState::Kind::Unknown:
    case RowState::Kind::Malformed:
    case RowState::Kind::StillRunning:
        break;
    }
    return row.session.status.word().compare(word, Qt::CaseInsensitive) == 0;
}

bool matchesAny(const SessionRow &row, const QString &word)
{
    const Session &session = row.session;
    const bool inTags = std::any_of(session.tags.cbegin(), session.tags.cend(),
                                    [&](const QString &tag) { return contains(tag, word); });
    return inTags || contains(row.pageTitle(), word) || contains(session.currentUrl, word)
           || contains(session.profileName, word) || contains(row.connectionName(), word)
           || contains(row.stateText(), word) || session.id.startsWith(word, Qt::CaseInsensitive)
           || shortId(session.id).compare(word, Qt::CaseInsensitive) == 0;
}

// Words are separated by blanks; a blank inside double quotes belongs to the word. The quotes go.
QStringList wordsOf(const QString &expression)
{
    QStringList words;
    QString word;
    bool quoted = false;
    for (const QChar c : expression) {
        if (c == u'"') {
            quoted = !quoted;
        } else if (c.isSpace() && !quoted) {
            words.append(word);
            word.clear();
        } else {
            word += c;
        }
    }
    words.append(word);
    words.removeAll(QString());
    return words;
}

} // namespace

std::variant<SessionFilter, SessionFilter::Problem> SessionFilter::parse(const QString &expression)
{
    SessionFilter filter;
    for (const QString &word : wordsOf(expression)) {
        auto parsed = parseTerm(word);
        if (const auto *problem = std::get_if<Problem>(&parsed))
            return *problem;
        filter.m_terms.append(std::get<Term>(parsed));
    }
    return filter;
}

std::variant<SessionFilter::Term, SessionFilter::Problem> SessionFilter::parseTerm(QString word)
{
    static const QRegularExpression comparison(u"\\A(age|duration|credits|steps)([<>])(.*)\\z"_s,
                                               QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression field(u"\\A([a-z]+):(?!//)(.*)\\z"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    Term term;
    if (word.size() > 1 && word.startsWith(u'!')) {
        term.negated = true;
        word.remove(0, 1);
    }
    if (const auto match = comparison.match(word); match.hasMatch()) {
        term.side = match.captured(2) == ">"_L1 ? Term::Side::Over : Term::Side::Under;
        return parseComparison(match.captured(1).toLower(), match.captured(3), term);
    }
    if (const auto match = field.match(word); match.hasMatch()) {
        const QString name = match.captured(1).toLower();
        if (fieldNames().contains(name))
            return parseField(name, match.captured(2), term);
        // "localhost:3000" and the like are words, "stauts:" is a slip.
        if (!nearest(name, fieldNames()).isEmpty())
            return Problem{tr("There is no field \"%1:\"").arg(name),
                           suggestion(name, fieldNames())};
    }
    term.text = word;
    return term;
}

std::variant<SessionFilter::Term, SessionFilter::Problem>
SessionFilter::parseComparison(const QString &name, const QString &value, Term term)
{
    const bool isSpan = name == "age"_L1 || name == "duration"_L1;
    const auto limit = isSpan ? parsedSpan(value) : parsedNumber(value);
    if (!limit && isSpan)
        return Problem{tr("\"%1\" is not a time").arg(value), tr("Write it as 30m, 4h or 2d.")};
    if (!limit)
        return Problem{tr("\"%1\" is not a number").arg(value), tr("Write it as 5 or 12.5.")};
    term.limit = *limit;
    term.field = name == "age"_L1 ? Term::Field::Age : Term::Field::Figure;
    if (name == "credits"_L1)
        term.figure = SessionFigure::Kind::Credits;
    else if (name == "steps"_L1)
        term.figure = SessionFigure::Kind::Steps;
    return term;
}

std::variant<SessionFilter::Term, SessionFilter::Problem>
SessionFilter::parseField(const QString &name, const QString &value, Term term)
{
    const bool isStatus = name == "status"_L1;
    term.text = isStatus ? value.toLower() : value;
    if (value.isEmpty())
        return Problem{tr("\"%1:\" needs a value").arg(name),
                       isStatus ? suggestion({}, statusWords())
                                : tr("Write it without a space, as in %1:ci.").arg(name)};
    if (isStatus) {
        term.field = Term::Field::Status;
        if (!statusWords().contains(term.text))
            return Problem{tr("\"status:\" has no \"%1\"").arg(term.text),
                           suggestion(term.text, statusWords())};
    } else if (name == "profile"_L1) {
        term.field = Term::Field::Profile;
    } else if (name == "tag"_L1) {
        term.field = Term::Field::Tag;
    } else if (name == "connection"_L1) {
        term.field = Term::Field::Connection;
    } else {
        term.field = Term::Field::Id;
    }
    return term;
}

bool SessionFilter::matches(const SessionRow &row, const QDateTime &nowUtc) const
{
    return std::all_of(m_terms.cbegin(), m_terms.cend(),
                       [&](const Term &term) { return term.matches(row, nowUtc); });
}

bool SessionFilter::dependsOnTime() const
{
    return std::any_of(m_terms.cbegin(), m_terms.cend(),
                       [](const Term &term) { return term.field == Term::Field::Age; });
}

bool SessionFilter::Term::isOnItsSide(double value) const
{
    return side == Side::Over ? value > limit : value < limit;
}

bool SessionFilter::Term::matches(const SessionRow &row, const QDateTime &nowUtc) const
{
    const auto found = [&] {
        switch (field) {
        case Field::Any:
            return matchesAny(row, text);
        case Field::Id:
            return row.session.id.startsWith(text, Qt::CaseInsensitive);
        case Field::Status:
            return matchesStatus(row, text);
        case Field::Profile:
            return contains(row.session.profileName, text);
        case Field::Connection:
            return contains(row.connectionName(), text);
        case Field::Tag:
            return row.session.tags.contains(text, Qt::CaseInsensitive);
        case Field::Age:
            return row.session.createdAt.isValid()
                   && isOnItsSide(static_cast<double>(row.session.createdAt.msecsTo(nowUtc)) / 1e3);
        case Field::Figure: {
            const auto known = figureOf(row.session, figure);
            return known && isOnItsSide(known->value);
        }
        }
        return false;
    };
    return found() != negated;
}

} // namespace Anchorwatch
