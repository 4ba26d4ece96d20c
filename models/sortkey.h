#pragma once

#include <QDateTime>
#include <QString>
#include <QVariant>

#include <variant>

namespace Anchorwatch {

// A raw value of SessionTableModel::SortRole as it is kept to sort by; std::monostate for a missing
// one.
using SortKey = std::variant<std::monostate, qint64, double, QString>;

[[nodiscard]] inline SortKey sortKeyOf(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return {};
    case QMetaType::QString:
        return value.toString();
    case QMetaType::Double:
        return value.toDouble();
    case QMetaType::QDateTime:
        return value.toDateTime().toMSecsSinceEpoch();
    default:
        return value.toLongLong();
    }
}

[[nodiscard]] inline bool isMissing(const SortKey &key)
{
    return std::holds_alternative<std::monostate>(key);
}

} // namespace Anchorwatch
