#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>

namespace Anchorwatch {

// A field longer than this is dropped and flagged.
inline constexpr qsizetype maxFieldLength = 64 * 1024;

// No service nests deeper than a few levels.
inline constexpr int maxJsonDepth = 64;

// What a stranger sent, as JSON; `problem` says why it is none.
[[nodiscard]] QJsonDocument parseJson(const QByteArray &body, QString *problem);

// Reads the fields of an object that a stranger sent, and notes the first thing that is wrong with
// it. A field that is missing or null is no problem. The object must outlive it.
class FieldReader
{
public:
    explicit FieldReader(const QJsonObject &object)
        : m_object(object)
    {
    }

    [[nodiscard]] QString text(QLatin1StringView name);
    [[nodiscard]] std::optional<bool> flagValue(QLatin1StringView name);
    [[nodiscard]] std::optional<int> count(QLatin1StringView name);
    // A time without a zone is one in UTC.
    [[nodiscard]] QDateTime time(QLatin1StringView name);
    [[nodiscard]] QStringList texts(QLatin1StringView name);
    [[nodiscard]] QJsonObject object(QLatin1StringView name);

    void flag(const QString &problem);
    [[nodiscard]] QString problem() const { return m_problem; }

private:
    const QJsonObject &m_object;
    QString m_problem;
};

} // namespace Anchorwatch
