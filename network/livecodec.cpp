#include "network/livecodec.h"

#include <QJsonArray>
#include <QtEndian>

#include <cmath>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headerBytes = 16;
constexpr qsizetype longestText = 16 * 1024;
constexpr qsizetype mostTabs = 500;
constexpr qsizetype mostOptions = 20'000;
constexpr int farthest = 1'000'000; // in CSS pixels

template<typename Number>
Number numberAt(const QByteArray &message, qsizetype at)
{
    return qFromBigEndian<Number>(message.constData() + at);
}

QString textOf(const QJsonObject &json, QLatin1StringView name)
{
    return json.value(name).toString().left(longestText);
}

// A whole number in a range; `fallback` is what makes no sense.
int numberOf(const QJsonObject &json, QLatin1StringView name, int least, int most, int fallback)
{
    const double number = json.value(name).toDouble(fallback);
    return number >= least && number <= most ? int(number) : fallback;
}

qint64 sizeOf(const QJsonObject &json, QLatin1StringView name)
{
    return qMax<qint64>(0, json.value(name).toInteger());
}

QRect placeOf(const QJsonObject &json)
{
    const auto number = [&](QLatin1StringView name) {
        return int(std::lround(qBound<double>(-farthest, json.value(name).toDouble(), farthest)));
    };
    return {number("x"_L1), number("y"_L1), qMax(0, number("w"_L1)), qMax(0, number("h"_L1))};
}

std::optional<LiveState::Kind> stateOf(const QString &name)
{
    using Kind = LiveState::Kind;
    static const QHash<QString, Kind> kinds{
        {u"connecting"_s, Kind::Connecting}, {u"live"_s, Kind::Live},
        {u"quiet"_s, Kind::Quiet},           {u"hidden"_s, Kind::Hidden},
        {u"dialog"_s, Kind::Dialog},         {u"crashed"_s, Kind::Crashed},
        {u"stuck"_s, Kind::Stuck},           {u"ended"_s, Kind::Ended}};
    const auto found = kinds.constFind(name);
    return found == kinds.cend() ? std::nullopt : std::optional(*found);
}

QString nameOf(LiveMouse::Kind kind)
{
    switch (kind) {
    case LiveMouse::Kind::Move:
        return u"move"_s;
    case LiveMouse::Kind::Down:
        return u"down"_s;
    case LiveMouse::Kind::Up:
        return u"up"_s;
    case LiveMouse::Kind::Wheel:
        return u"wheel"_s;
    }
    return {};
}

} // namespace

std::optional<LivePicture> decodePicture(const QByteArray &message)
{
    constexpr quint8 jpeg = 1;
    constexpr quint8 still = 1;
    constexpr quint8 hidden = 2;
    if (message.size() <= headerBytes || numberAt<quint8>(message, 0) != jpeg)
        return std::nullopt;
    const auto flags = numberAt<quint8>(message, 1);
    LivePicture picture;
    picture.isStill = flags & still;
    picture.isHidden = flags & hidden;
    picture.tab = numberAt<quint16>(message, 2);
    picture.serial = numberAt<quint32>(message, 4);
    picture.pageSize = {numberAt<quint16>(message, 8), numberAt<quint16>(message, 10)};
    picture.age = std::chrono::milliseconds(numberAt<quint32>(message, 12));
    if (picture.pageSize.isEmpty())
        return std::nullopt;
    picture.jpeg = message.mid(headerBytes);
    return picture;
}

std::optional<LiveState> decodeState(const QJsonObject &json)
{
    const std::optional<LiveState::Kind> kind = stateOf(json.value("state"_L1).toString());
    if (!kind)
        return std::nullopt;
    LiveState state;
    state.kind = *kind;
    state.reason = textOf(json, "reason"_L1);
    if (const qint64 at = json.value("at"_L1).toInteger(); at > 0)
        state.since = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
    return state;
}

std::optional<QList<SessionTab>> decodeTabs(const QJsonObject &json)
{
    const QJsonArray array = json.value("tabs"_L1).toArray();
    if (!json.value("tabs"_L1).isArray() || array.size() > mostTabs)
        return std::nullopt;
    QList<SessionTab> tabs;
    for (const QJsonValue &value : array) {
        const QJsonObject tab = value.toObject();
        const int number = numberOf(tab, "tab"_L1, 1, 0xffff, 0);
        if (number == 0)
            return std::nullopt;
        tabs.append({number, textOf(tab, "title"_L1), textOf(tab, "url"_L1)});
    }
    return tabs;
}

std::optional<LivePage> decodePage(const QJsonObject &json)
{
    const int tab = numberOf(json, "tab"_L1, 0, 0xffff, -1);
    if (tab < 0)
        return std::nullopt;
    return LivePage{tab,
                    textOf(json, "title"_L1),
                    textOf(json, "url"_L1),
                    json.value("loading"_L1).toBool(),
                    json.value("back"_L1).toBool(),
                    json.value("forward"_L1).toBool()};
}

std::optional<LiveViewers> decodeViewers(const QJsonObject &json)
{
    const int watching = numberOf(json, "watching"_L1, 0, 1'000'000, -1);
    const int inControl = numberOf(json, "inControl"_L1, 0, 1'000'000, -1);
    if (watching < 0 || inControl < 0)
        return std::nullopt;
    return LiveViewers{watching, inControl, json.value("you"_L1).toBool()};
}

std::optional<LiveDialog> decodeDialog(const QJsonObject &json)
{
    using Kind = LiveDialog::Kind;
    static const QHash<QString, Kind> kinds{{u"alert"_s, Kind::Alert},
                                            {u"confirm"_s, Kind::Confirm},
                                            {u"prompt"_s, Kind::Prompt},
                                            {u"beforeunload"_s, Kind::BeforeUnload}};
    const auto kind = kinds.constFind(json.value("kind"_L1).toString());
    const QString id = textOf(json, "id"_L1);
    if (kind == kinds.cend() || id.isEmpty())
        return std::nullopt;
    return LiveDialog{id, *kind, textOf(json, "text"_L1), textOf(json, "value"_L1),
                      textOf(json, "url"_L1)};
}

std::optional<LiveSelect> decodeSelect(const QJsonObject &json)
{
    LiveSelect select;
    select.id = textOf(json, "id"_L1);
    const QJsonArray options = json.value("options"_L1).toArray();
    if (select.id.isEmpty() || options.size() > mostOptions)
        return std::nullopt;
    select.place = placeOf(json);
    select.isMultiple = json.value("multiple"_L1).toBool();
    for (const QJsonValue &value : options) {
        const QJsonObject option = value.toObject();
        select.options.append({textOf(option, "text"_L1), textOf(option, "group"_L1),
                               option.value("disabled"_L1).toBool()});
    }
    for (const QJsonValue &value : json.value("chosen"_L1).toArray()) {
        const int index = value.toInt(-1);
        if (index < 0 || index >= select.options.size())
            return std::nullopt;
        select.chosen.append(index);
    }
    return select;
}

std::optional<LiveField> decodeField(const QJsonObject &json)
{
    static const QStringList kinds{u"color"_s,          u"date"_s,  u"time"_s,
                                   u"datetime-local"_s, u"month"_s, u"week"_s};
    const QString id = textOf(json, "id"_L1);
    const QString kind = textOf(json, "kind"_L1);
    if (id.isEmpty() || !kinds.contains(kind))
        return std::nullopt;
    return LiveField{id,
                     placeOf(json),
                     kind,
                     textOf(json, "value"_L1),
                     textOf(json, "min"_L1),
                     textOf(json, "max"_L1),
                     textOf(json, "step"_L1)};
}

std::optional<LiveDownload> decodeDownload(const QJsonObject &json)
{
    static const QStringList states{u"inProgress"_s, u"completed"_s, u"canceled"_s};
    const QString id = textOf(json, "id"_L1);
    const QString state = textOf(json, "state"_L1);
    if (id.isEmpty() || !states.contains(state))
        return std::nullopt;
    return LiveDownload{id, textOf(json, "name"_L1), sizeOf(json, "received"_L1),
                        sizeOf(json, "total"_L1), state};
}

QJsonObject encode(const LiveDemand &demand)
{
    return {{"t"_L1, u"view"_s},
            {"w"_L1, demand.width},
            {"visible"_L1, demand.isVisible},
            {"every"_L1, qint64(demand.every.count())}};
}

QJsonObject encode(const LiveMouse &mouse)
{
    return {{"t"_L1, u"mouse"_s},
            {"k"_L1, nameOf(mouse.kind)},
            {"x"_L1, mouse.position.x()},
            {"y"_L1, mouse.position.y()},
            {"button"_L1, mouse.button.isEmpty() ? u"none"_s : mouse.button},
            {"buttons"_L1, mouse.buttons},
            {"n"_L1, mouse.clickCount},
            {"dx"_L1, mouse.wheel.x()},
            {"dy"_L1, mouse.wheel.y()},
            {"mods"_L1, mouse.modifiers},
            {"w"_L1, mouse.pageSize.width()},
            {"h"_L1, mouse.pageSize.height()}};
}

QJsonObject encode(const LiveKey &key)
{
    return {{"t"_L1, u"key"_s},
            {"k"_L1, key.isDown ? u"down"_s : u"up"_s},
            {"key"_L1, key.key},
            {"code"_L1, key.code},
            {"vk"_L1, key.windowsKeyCode},
            {"text"_L1, key.text},
            {"repeat"_L1, key.isRepeat},
            {"location"_L1, 0},
            {"mods"_L1, key.modifiers}};
}

QJsonObject encode(const QList<LiveFile> &files, const QString &chooserId)
{
    QJsonArray array;
    for (const LiveFile &file : files) {
        array.append(QJsonObject{{"name"_L1, file.name},
                                 {"data"_L1, QString::fromLatin1(file.data.toBase64())}});
    }
    return {{"t"_L1, u"chooser"_s}, {"id"_L1, chooserId}, {"files"_L1, array}};
}

} // namespace Anchorwatch
