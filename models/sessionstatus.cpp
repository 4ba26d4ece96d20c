#include "models/sessionstatus.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

using Kind = SessionStatus::Kind;

const std::array<std::pair<Kind, QLatin1StringView>, 5> contractWords{{
    {Kind::Starting, "starting"_L1},
    {Kind::Running, "running"_L1},
    {Kind::Idle, "idle"_L1},
    {Kind::Stopped, "stopped"_L1},
    {Kind::Error, "error"_L1},
}};

} // namespace

SessionStatus::SessionStatus(Kind kind)
    : m_kind(kind)
{
    for (const auto &[known, word] : contractWords) {
        if (known == kind)
            m_word = word;
    }
}

SessionStatus SessionStatus::fromWord(const QString &word)
{
    for (const auto &[kind, known] : contractWords) {
        if (word.compare(known, Qt::CaseInsensitive) == 0)
            return kind;
    }
    SessionStatus other;
    other.m_word = word;
    return other;
}

QString SessionStatus::text() const
{
    switch (m_kind) {
    case Kind::Starting:
        return QCoreApplication::translate("SessionStatus", "Starting");
    case Kind::Running:
        return QCoreApplication::translate("SessionStatus", "Running");
    case Kind::Idle:
        return QCoreApplication::translate("SessionStatus", "Idle");
    case Kind::Stopped:
        return QCoreApplication::translate("SessionStatus", "Stopped");
    case Kind::Error:
        return QCoreApplication::translate("SessionStatus", "Error");
    case Kind::Unknown:
        break;
    }
    return m_word.isEmpty() ? QCoreApplication::translate("SessionStatus", "Unknown") : m_word;
}

} // namespace Anchorwatch
