#pragma once

#include "models/sessionrow.h"

#include <QList>
#include <QString>

#include <chrono>
#include <variant>

namespace Anchorwatch {

// A parsed filter expression: terms that must all hold. Words match title, URL, profile, tags,
// status, connection and the beginning of the id; `status:`, `profile:`, `tag:`, `id:` and
// `connection:` look at one field;
// `age>30m` and `age<4h` compare; `!` in front negates; double quotes keep blanks in a word.
class SessionFilter
{
public:
    // What is wrong with an expression, for people.
    struct Problem
    {
        QString what; // "status:" has no "runing"
        QString hint; // Did you mean running?

        bool operator==(const Problem &) const = default;
    };

    // Accepts everything.
    SessionFilter() = default;

    [[nodiscard]] static std::variant<SessionFilter, Problem> parse(const QString &expression);

    [[nodiscard]] bool matches(const SessionRow &row, const QDateTime &nowUtc) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.isEmpty(); }
    // True when time passing alone can change what matches.
    [[nodiscard]] bool dependsOnTime() const;

private:
    struct Term
    {
        enum class Field { Any, Id, Status, Profile, Tag, Connection, AgeOver, AgeUnder };

        Field field = Field::Any;
        bool negated = false;
        QString text;
        std::chrono::milliseconds age{0};

        [[nodiscard]] bool matches(const SessionRow &row, const QDateTime &nowUtc) const;
    };

    [[nodiscard]] static std::variant<Term, Problem> parseTerm(QString word);
    // A term that looks at the field of that name; `term` says whether it is negated.
    [[nodiscard]] static std::variant<Term, Problem> parseField(const QString &name,
                                                                const QString &value, Term term);

    QList<Term> m_terms;
};

} // namespace Anchorwatch
