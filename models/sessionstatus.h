#pragma once

#include <QMetaType>
#include <QString>

namespace Anchorwatch {

// What a session is doing, as its service reports it. The service's own word is kept, so that a
// word this program does not know is shown as it came and never mistaken for one that it does.
class SessionStatus
{
    Q_GADGET

public:
    enum class Kind { Unknown, Starting, Running, Idle, Stopped, Error };
    Q_ENUM(Kind)

    SessionStatus() = default;
    // Implicit, so that code can say `session.status = SessionStatus::Kind::Running`.
    SessionStatus(Kind kind);

    // Reads a service's word, in any case; a word that is not in the contract gives Kind::Unknown.
    [[nodiscard]] static SessionStatus fromWord(const QString &word);

    [[nodiscard]] Kind kind() const { return m_kind; }
    // The word on the wire: lower case for the known kinds, untouched for others.
    [[nodiscard]] QString word() const { return m_word; }
    // The word for people: translated for known kinds, the service's own for others, "Unknown" for
    // none.
    [[nodiscard]] QString text() const;
    // True when no browser can be behind it any more (stopped, error).
    [[nodiscard]] bool isOver() const { return m_kind == Kind::Stopped || m_kind == Kind::Error; }

    bool operator==(const SessionStatus &) const = default;

private:
    Kind m_kind = Kind::Unknown;
    QString m_word;
};

} // namespace Anchorwatch
