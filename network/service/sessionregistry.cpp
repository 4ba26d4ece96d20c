#include "network/service/sessionregistry.h"

#include "network/sessioncodec.h"
#include "network/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

#include <optional>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int formatVersion = 1;
constexpr qint64 maxRecordBytes = qint64(256) * 1024;

QMetaEnum stages()
{
    return QMetaEnum::fromType<SessionRecord::Stage>();
}

// Apart from the request, which is checked by the contract's rules: other APIs know longer ones.
QJsonObject limitsOf(const SessionRequest &request)
{
    QJsonObject limits;
    if (request.maxDurationMinutes)
        limits.insert("maxDuration"_L1, *request.maxDurationMinutes);
    if (request.idleTimeoutMinutes)
        limits.insert("idleTimeout"_L1, *request.idleTimeoutMinutes);
    return limits;
}

std::optional<int> minutes(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

QJsonObject toJson(const SessionRecord &record)
{
    SessionRequest request = record.request;
    request.maxDurationMinutes.reset();
    request.idleTimeoutMinutes.reset();
    return {{"version"_L1, formatVersion},
            {"id"_L1, record.id},
            {"capability"_L1, record.capability},
            {"controlCapability"_L1, record.controlCapability},
            {"request"_L1, QJsonDocument::fromJson(encodeSessionRequest(request)).object()},
            {"limits"_L1, limitsOf(record.request)},
            {"tags"_L1, QJsonArray::fromStringList(record.tags)},
            {"createdAt"_L1, record.createdAt.toString(Qt::ISODateWithMs)},
            {"stage"_L1, QLatin1StringView(stages().valueToKey(static_cast<int>(record.stage)))},
            {"port"_L1, record.endpoint.port},
            {"endpointPath"_L1, record.endpoint.path},
            {"workingCopy"_L1, record.workingCopy},
            {"error"_L1, record.error},
            {"overSince"_L1, record.overSince.toString(Qt::ISODateWithMs)}};
}

std::optional<SessionRecord> fromJson(const QJsonObject &object)
{
    bool isStage = false;
    const QByteArray stage = object.value("stage"_L1).toString().toLatin1();
    const int stageValue = stages().keyToValue(stage.constData(), &isStage);
    const QJsonDocument requestBody(object.value("request"_L1).toObject());
    const DecodedRequest request = decodeSessionRequest(requestBody.toJson());
    if (object.value("version"_L1).toInt() != formatVersion || !isStage
        || !request.problems.isEmpty()) {
        return {};
    }
    SessionRecord record;
    record.id = object.value("id"_L1).toString();
    record.capability = object.value("capability"_L1).toString();
    record.controlCapability = object.value("controlCapability"_L1).toString();
    record.request = request.request;
    if (const QJsonValue limits = object.value("limits"_L1); limits.isObject()) {
        record.request.maxDurationMinutes = minutes(limits["maxDuration"_L1]);
        record.request.idleTimeoutMinutes = minutes(limits["idleTimeout"_L1]);
    }
    for (const QJsonValue &tag : object.value("tags"_L1).toArray())
        record.tags.append(tag.toString());
    record.createdAt =
        QDateTime::fromString(object.value("createdAt"_L1).toString(), Qt::ISODateWithMs);
    record.stage = static_cast<SessionRecord::Stage>(stageValue);
    record.endpoint.port = static_cast<quint16>(object.value("port"_L1).toInt());
    record.endpoint.path = object.value("endpointPath"_L1).toString();
    record.workingCopy = object.value("workingCopy"_L1).toString();
    record.error = object.value("error"_L1).toString();
    record.overSince =
        QDateTime::fromString(object.value("overSince"_L1).toString(), Qt::ISODateWithMs);
    if (record.capability.isEmpty() || !record.createdAt.isValid())
        return {};
    return record;
}

std::optional<SessionRecord> readFile(const QString &path)
{
    QFile file(path);
    // Records are ours alone; a link would be followed.
    if (QFileInfo(path).isSymLink() || !file.open(QIODevice::ReadOnly))
        return {};
    return fromJson(QJsonDocument::fromJson(file.read(maxRecordBytes)).object());
}

} // namespace

SessionRegistry::SessionRegistry(QString folder)
    : m_folder(std::move(folder))
{
}

SessionRegistry::Loaded SessionRegistry::load() const
{
    Loaded loaded;
    const QStringList names = QDir(m_folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QString id = name.chopped(5);
        std::optional<SessionRecord> record = readFile(fileOf(id));
        if (record && record->id == id) {
            loaded.records.append(*record);
            continue;
        }
        loaded.unreadable.append(id);
        putAside(id);
    }
    return loaded;
}

QString SessionRegistry::write(const SessionRecord &record) const
{
    const QString problem =
        writeWholeFile(fileOf(record.id), QJsonDocument(toJson(record)).toJson());
    return problem.isEmpty() ? problem : u"the session could not be recorded: %1"_s.arg(problem);
}

void SessionRegistry::remove(const QString &id) const
{
    QFile::remove(fileOf(id));
}

void SessionRegistry::putAside(const QString &id) const
{
    QFile::remove(fileOf(id) + ".unreadable"_L1);
    QFile::rename(fileOf(id), fileOf(id) + ".unreadable"_L1);
}

QString SessionRegistry::fileOf(const QString &id) const
{
    return m_folder + u'/' + id + ".json"_L1;
}

} // namespace Anchorwatch
