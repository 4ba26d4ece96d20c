#pragma once

#include <QMetaEnum>
#include <QString>

#include <optional>

namespace Anchorwatch {

// Values of an enum by their names, as files hold them: a number would mean something else after
// one was added in between.
template<typename Enum>
[[nodiscard]] QString wordOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

// Nothing for a word that this version does not know.
template<typename Enum>
[[nodiscard]] std::optional<Enum> valueOf(const QString &word)
{
    bool isKnown = false;
    const int value = QMetaEnum::fromType<Enum>().keyToValue(word.toLatin1().constData(), &isKnown);
    return isKnown ? std::optional(static_cast<Enum>(value)) : std::nullopt;
}

} // namespace Anchorwatch
