#include "app/jsonfile.h"

#include "network/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonFile", text);
}

JsonFile keptAside(const QString &path)
{
    const QString aside = path + ".damaged"_L1;
    QFile::remove(aside);
    if (QFile::rename(path, aside))
        return {
            JsonFile::State::Missing, {}, tr("%1 was damaged and is kept as %2.").arg(path, aside)};
    return {JsonFile::State::Unreadable, {}, tr("%1 is damaged and cannot be renamed.").arg(path)};
}

} // namespace

JsonFile readJsonFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly)) {
        return {JsonFile::State::Unreadable,
                {},
                tr("%1 cannot be read: %2").arg(path, file.errorString())};
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    file.close();
    if (!document.isObject())
        return keptAside(path);
    return {JsonFile::State::Read, document.object(), {}};
}

QString writeJsonFile(const QString &path, const QJsonObject &json)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    const QString problem = writeWholeFile(path, QJsonDocument(json).toJson());
    return problem.isEmpty() ? QString() : tr("%1 cannot be written: %2").arg(path, problem);
}

} // namespace Anchorwatch
