#include "network/livemessagereader.h"

#include <QJsonArray>
#include <QtEndian>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headerBytes = 16;
constexpr char jpegKind = 1;
constexpr int stillFlag = 1;
constexpr int hiddenFlag = 2;
constexpr qsizetype longestText = 65'536;
constexpr qsizetype mostTabs = 1000;
constexpr qsizetype mostOptions = 2000;
constexpr double farthest = 100'000;

template<typename Number>
Number number(const QByteArray &message, int offset)
{
    return qFromBigEndian<Number>(message.constData() + offset);
}

int coordinate(const QJsonValue &value)
{
    const double wanted = value.toDouble();
    return wanted > -farthest && wanted < farthest ? qRound(wanted) : 0;
}

QRect place(const QJsonObject &message)
{
    return {coordinate(message.value("x"_L1)), coordinate(message.value("y"_L1)),
            coordinate(message.value("w"_L1)), coordinate(message.value("h"_L1))};
}

LiveDialog::Kind dialogKind(const QString &word)
{
    if (word == "confirm"_L1)
        return LiveDialog::Kind::Confirm;
    if (word == "prompt"_L1)
        return LiveDialog::Kind::Prompt;
    return word == "beforeunload"_L1 ? LiveDialog::Kind::BeforeUnload : LiveDialog::Kind::Alert;
}

} // namespace

std::optional<LivePicture> readPicture(const QByteArray &message)
{
    if (message.size() <= headerBytes || message.at(0) != jpegKind)
        return {};
    const auto flags = static_cast<quint8>(message.at(1));
    LivePicture picture;
    picture.isStill = (flags & stillFlag) != 0;
    picture.isHidden = (flags & hiddenFlag) != 0;
    picture.tab = number<quint16>(message, 2);
    picture.serial = number<quint32>(message, 4);
    picture.pageSize = {number<quint16>(message, 8), number<quint16>(message, 10)};
    picture.age = std::chrono::milliseconds(number<quint32>(message, 12));
    picture.jpeg = message.mid(headerBytes);
    return picture;
}

std::optional<LiveState::Kind> readStateKind(const QString &word)
{
    using Kind = LiveState::Kind;
    static const QHash<QString, Kind> kinds{
        {u"connecting"_s, Kind::Connecting}, {u"live"_s, Kind::Live},
        {u"quiet"_s, Kind::Quiet},           {u"hidden"_s, Kind::Hidden},
        {u"dialog"_s, Kind::Dialog},         {u"crashed"_s, Kind::Crashed},
        {u"stuck"_s, Kind::Stuck},           {u"ended"_s, Kind::Ended}};
    const auto kind = kinds.constFind(word);
    return kind == kinds.cend() ? std::nullopt : std::optional(*kind);
}

QDateTime readTime(const QJsonValue &value)
{
    const qint64 time = value.toInteger(-1);
    return time < 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(time, Qt::UTC);
}

QString readText(const QJsonValue &value)
{
    return value.toString().left(longestText);
}

QList<LiveTab> readTabs(const QJsonObject &message)
{
    QList<LiveTab> tabs;
    for (const QJsonValue &value : message.value("tabs"_L1).toArray()) {
        if (tabs.size() == mostTabs)
            break;
        tabs.append(
            {value["tab"_L1].toInt(), readText(value["title"_L1]), readText(value["url"_L1])});
    }
    return tabs;
}

LivePage readPage(const QJsonObject &message)
{
    return {message.value("tab"_L1).toInt(),   readText(message.value("title"_L1)),
            readText(message.value("url"_L1)), message.value("loading"_L1).toBool(),
            message.value("back"_L1).toBool(), message.value("forward"_L1).toBool()};
}

LiveDialog readDialog(const QJsonObject &message)
{
    return {readText(message.value("id"_L1)), dialogKind(message.value("kind"_L1).toString()),
            readText(message.value("text"_L1)), readText(message.value("value"_L1)),
            readText(message.value("url"_L1))};
}

LiveSelect readSelect(const QJsonObject &message)
{
    LiveSelect select;
    select.id = readText(message.value("id"_L1));
    select.place = place(message);
    select.isMultiple = message.value("multiple"_L1).toBool();
    for (const QJsonValue &value : message.value("options"_L1).toArray()) {
        if (select.options.size() == mostOptions)
            break;
        select.options.append({readText(value["text"_L1]), readText(value["group"_L1]),
                               value["disabled"_L1].toBool()});
    }
    for (const QJsonValue &value : message.value("chosen"_L1).toArray())
        select.chosen.append(value.toInt());
    return select;
}

LiveField readField(const QJsonObject &message)
{
    return {readText(message.value("id"_L1)),   place(message),
            readText(message.value("kind"_L1)), readText(message.value("value"_L1)),
            readText(message.value("min"_L1)),  readText(message.value("max"_L1)),
            readText(message.value("step"_L1))};
}

LiveDownload readDownload(const QJsonObject &message)
{
    return {readText(message.value("id"_L1)), readText(message.value("name"_L1)),
            std::max<qint64>(message.value("received"_L1).toInteger(), 0),
            std::max<qint64>(message.value("total"_L1).toInteger(), 0),
            readText(message.value("state"_L1))};
}

LiveViewers readViewers(const QJsonObject &message)
{
    return {std::max(message.value("watching"_L1).toInt(), 0),
            std::max(message.value("inControl"_L1).toInt(), 0), message.value("you"_L1).toBool()};
}

} // namespace Anchorwatch
