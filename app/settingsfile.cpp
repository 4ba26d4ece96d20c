#include "app/settingsfile.h"

#include "network/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int formatVersion = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("SettingsFile", text);
}

template<typename Enum>
QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

template<typename Enum>
Enum valueOf(const QJsonValue &name, Enum fallback)
{
    bool isKnown = false;
    const int value =
        QMetaEnum::fromType<Enum>().keyToValue(name.toString().toLatin1().constData(), &isKnown);
    return isKnown ? static_cast<Enum>(value) : fallback;
}

QJsonObject toJson(const TableLayout &table)
{
    QJsonArray columns;
    for (const ColumnLayout &column : table.columns) {
        columns.append(QJsonObject{
            {u"name"_s, column.name}, {u"width"_s, column.width}, {u"visible"_s, column.visible}});
    }
    return {
        {u"columns"_s, columns},
        {u"sortColumn"_s, table.sortColumn},
        {u"sortOrder"_s, table.sortOrder == Qt::AscendingOrder ? u"ascending"_s : u"descending"_s}};
}

TableLayout tableFromJson(const QJsonObject &json)
{
    TableLayout table;
    int order = 0;
    for (const QJsonValue &column : json[u"columns"_s].toArray()) {
        table.columns.append({column["name"_L1].toString(), column["width"_L1].toInt(), order++,
                              column["visible"_L1].toBool(true)});
    }
    table.sortColumn = json[u"sortColumn"_s].toString();
    const bool descending = json[u"sortOrder"_s].toString() == "descending"_L1;
    table.sortOrder = descending ? Qt::DescendingOrder : Qt::AscendingOrder;
    return table;
}

QJsonArray toJson(const QRect &place)
{
    return {place.x(), place.y(), place.width(), place.height()};
}

QRect rectFromJson(const QJsonArray &place)
{
    if (place.size() != 4)
        return {};
    return {place[0].toInt(), place[1].toInt(), place[2].toInt(), place[3].toInt()};
}

QJsonObject toJson(const WallState &wall)
{
    return {{u"geometry"_s, toJson(wall.geometry)},
            {u"columns"_s, wall.columns},
            {u"everyMs"_s, static_cast<int>(wall.every.count())}};
}

QJsonObject toJson(const ViewerState &viewer)
{
    return {{u"width"_s, viewer.size.width()},
            {u"height"_s, viewer.size.height()},
            {u"keepsOnTop"_s, viewer.keepsOnTop}};
}

ViewerState viewerFromJson(const QJsonObject &json)
{
    const QSize size(json[u"width"_s].toInt(), json[u"height"_s].toInt());
    return {size.isEmpty() ? QSize() : size, json[u"keepsOnTop"_s].toBool()};
}

// Numbers that the wall does not offer do not get past it.
WallState wallFromJson(const QJsonObject &json)
{
    WallState wall;
    wall.geometry = rectFromJson(json[u"geometry"_s].toArray());
    wall.columns = json[u"columns"_s].toInt(wall.columns);
    const int every = static_cast<int>(wall.every.count());
    wall.every = std::chrono::milliseconds(json[u"everyMs"_s].toInt(every));
    return wall;
}

QJsonObject toJson(const WindowState &window)
{
    return {{u"geometry"_s, toJson(window.geometry)},
            {u"maximized"_s, window.isMaximized},
            {u"table"_s, toJson(window.table)},
            {u"filter"_s, window.filter},
            {u"showsSidebar"_s, window.showsSidebar},
            {u"connection"_s, window.connection},
            {u"showsDetails"_s, window.showsDetails},
            {u"detailsPlace"_s, nameOf(window.detailsPlace)},
            {u"confirmsSingle"_s, window.confirmsSingle},
            {u"wall"_s, toJson(window.wall)},
            {u"viewer"_s, toJson(window.viewer)}};
}

WindowState windowFromJson(const QJsonObject &json)
{
    WindowState window;
    window.geometry = rectFromJson(json[u"geometry"_s].toArray());
    window.isMaximized = json[u"maximized"_s].toBool();
    window.table = tableFromJson(json[u"table"_s].toObject());
    window.filter = json[u"filter"_s].toString();
    window.showsSidebar = json[u"showsSidebar"_s].toBool(true);
    window.connection = json[u"connection"_s].toString();
    window.showsDetails = json[u"showsDetails"_s].toBool(true);
    window.detailsPlace = valueOf(json[u"detailsPlace"_s], WindowState::DetailsPlace::Automatic);
    window.confirmsSingle = json[u"confirmsSingle"_s].toBool(true);
    window.wall = wallFromJson(json[u"wall"_s].toObject());
    window.viewer = viewerFromJson(json[u"viewer"_s].toObject());
    return window;
}

} // namespace

SettingsFile::SettingsFile(const QString &path)
    : m_path(path)
{
}

Settings SettingsFile::load()
{
    QFile file(m_path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly)) {
        m_problem = tr("The settings in %1 cannot be read: %2").arg(m_path, file.errorString());
        return {};
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    file.close();
    if (!document.isObject()) {
        const QString aside = m_path + ".damaged"_L1;
        QFile::remove(aside);
        QFile::rename(m_path, aside);
        m_problem = tr("The settings were damaged and are kept as %1.").arg(aside);
        return {};
    }
    Settings settings;
    settings.window = windowFromJson(document[u"window"_s].toObject());
    return settings;
}

bool SettingsFile::save(const Settings &settings)
{
    const QJsonObject json{{u"version"_s, formatVersion}, {u"window"_s, toJson(settings.window)}};
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    const QString problem = writeWholeFile(m_path, QJsonDocument(json).toJson());
    if (problem.isEmpty())
        return true;
    m_problem = tr("The settings cannot be written to %1: %2").arg(m_path, problem);
    return false;
}

} // namespace Anchorwatch
