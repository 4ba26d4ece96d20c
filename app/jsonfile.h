#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Anchorwatch {

// What a file of ours holds.
struct JsonFile
{
    enum class State {
        Missing, // also when it was damaged and has been kept aside
        Unreadable,
        Read
    };

    State state = State::Missing;
    QJsonObject json;
    QString problem; // a sentence for people, empty where there is none
};

// Reads the file. One that holds no JSON object is renamed to "….damaged", and the problem says so.
[[nodiscard]] JsonFile readJsonFile(const QString &path);

// Writes it for its owner alone, making its folder where needed. Never leaves half a file. Returns
// the problem, empty when all of it is there.
[[nodiscard]] QString writeJsonFile(const QString &path, const QJsonObject &json);

} // namespace Anchorwatch
