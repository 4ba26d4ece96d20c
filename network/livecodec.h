#pragma once

#include "models/livefeed.h"

#include <QJsonObject>

#include <optional>

namespace Anchorwatch {

// The messages of a live view (docs/live-view.md) as values. Nothing a service sends is believed:
// texts are cut to a length a window can show, and what makes no sense is nullopt.

[[nodiscard]] std::optional<LivePicture> decodePicture(const QByteArray &message);
[[nodiscard]] std::optional<LiveState> decodeState(const QJsonObject &json);
[[nodiscard]] std::optional<QList<SessionTab>> decodeTabs(const QJsonObject &json);
[[nodiscard]] std::optional<LivePage> decodePage(const QJsonObject &json);
[[nodiscard]] std::optional<LiveViewers> decodeViewers(const QJsonObject &json);
[[nodiscard]] std::optional<LiveDialog> decodeDialog(const QJsonObject &json);
[[nodiscard]] std::optional<LiveSelect> decodeSelect(const QJsonObject &json);
[[nodiscard]] std::optional<LiveField> decodeField(const QJsonObject &json);
[[nodiscard]] std::optional<LiveDownload> decodeDownload(const QJsonObject &json);

[[nodiscard]] QJsonObject encode(const LiveDemand &demand);
[[nodiscard]] QJsonObject encode(const LiveMouse &mouse);
[[nodiscard]] QJsonObject encode(const LiveKey &key);
[[nodiscard]] QJsonObject encode(const QList<LiveFile> &files, const QString &chooserId);

} // namespace Anchorwatch
