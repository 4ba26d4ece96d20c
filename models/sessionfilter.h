#pragma once

#include "models/sessionrow.h"

#include <QList>
#include <QString>

#include <variant>

namespace Anchorwatch {

// A parsed filter expression: terms that must all hold. Words match title, URL, profile, tags,
// status, connection and the beginning of the id; `status:`, `profile:`, `tag:`, `id:` and
// `connection:` look at one field; `age>30m`, `duration<4h`, `credits>12.5` and `steps<10` compare;
// `!` in front negates; double quotes keep blanks in a word.
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
        enum class Field { Any, Id, Status, Profile, Tag, Connection, Age, Figure };
        enum class Side { Over, Under };

        Field field = Field::Any;
        bool negated = false;
        QString text;
        SessionFigure::Kind figure = SessionFigure::Kind::Duration;
        Side side = Side::Over;
        double limit = 0; // of an age in seconds, of a figure in its unit

        [[nodiscard]] bool matches(const SessionRow &row, const QDateTime &nowUtc) const;
        [[nodiscard]] bool isOnItsSide(double value) const;
    };

    [[nodiscard]] static std::variant<Term, Problem> parseTerm(QString word);
    // A term that compares what has that name; `term` says how.
    [[nodiscard]] static std::variant<Term, Problem>
    parseComparison(const QString &name, const QString &value, Term term);
    // A term that looks at the field of that name; `term` says whether it is negated.
    [[nodiscard]] static std::variant<Term, Problem> parseField(const QString &name,
                                                                const QString &value, Term term);

    QList<Term> m_terms;
};

} // namespace Anchorwatch
