#include "app/settingsfile.h"

#include "app/enumwords.h"
#include "app/jsonfile.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int formatVersion = 1;

QJsonObject toJson(const TableLayout &table)
{
    QList<ColumnLayout> ordered = table.columns;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto &left, const auto &right) { return left.order < right.order; });
    QJsonArray columns;
    for (const ColumnLayout &column : std::as_const(ordered)) {
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
            {u"detailsPlace"_s, wordOf(window.detailsPlace)},
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
    window.detailsPlace = valueOf<WindowState::DetailsPlace>(json[u"detailsPlace"_s].toString())
                              .value_or(WindowState::DetailsPlace::Automatic);
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
    const JsonFile file = readJsonFile(m_path);
    m_problem = file.problem;
    Settings settings;
    if (file.state != JsonFile::State::Read)
        return settings;
    settings.window = windowFromJson(file.json[u"window"_s].toObject());
    return settings;
}

bool SettingsFile::save(const Settings &settings)
{
    const QJsonObject json{{u"version"_s, formatVersion}, {u"window"_s, toJson(settings.window)}};
    m_problem = writeJsonFile(m_path, json);
    return m_problem.isEmpty();
}

} // namespace Anchorwatch
