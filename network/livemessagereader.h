#pragma once

#include "models/livefeed.h"

#include <QJsonObject>

#include <optional>

namespace Anchorwatch {

// Reads what a service says to its viewers (docs/live-view.md). Nothing is believed: texts and
// lists are bounded, and what is missing or of another type is as if it were empty.
[[nodiscard]] std::optional<LivePicture> readPicture(const QByteArray &message);
[[nodiscard]] std::optional<LiveState::Kind> readStateKind(const QString &word);
[[nodiscard]] QDateTime readTime(const QJsonValue &value);
[[nodiscard]] QString readText(const QJsonValue &value);
[[nodiscard]] QList<LiveTab> readTabs(const QJsonObject &message);
[[nodiscard]] LivePage readPage(const QJsonObject &message);
[[nodiscard]] LiveDialog readDialog(const QJsonObject &message);
[[nodiscard]] LiveSelect readSelect(const QJsonObject &message);
[[nodiscard]] LiveField readField(const QJsonObject &message);
[[nodiscard]] LiveDownload readDownload(const QJsonObject &message);
[[nodiscard]] LiveViewers readViewers(const QJsonObject &message);

} // namespace Anchorwatch
