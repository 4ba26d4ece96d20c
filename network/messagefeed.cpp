#include "network/messagefeed.h"

#include "network/livecodec.h"

#include <QJsonArray>

#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

MessageFeed::MessageFeed(LiveRole role, int tab, QObject *parent)
    : LiveFeed(parent)
    , m_role(role)
    , m_tab(tab)
{
}

void MessageFeed::introduce()
{
    m_lastSerial = 0;
    if (m_demand)
        send(encode(*m_demand));
    if (m_tab != 0)
        send({{"t"_L1, u"watch"_s}, {"tab"_L1, m_tab}});
}

void MessageFeed::hear(const QJsonObject &message)
{
    const QString kind = message.value("t"_L1).toString();
    if (kind.isEmpty() || !take(kind, message))
        ++m_dropped;
}

void MessageFeed::see(const std::optional<LivePicture> &picture)
{
    if (!picture || picture->serial <= m_lastSerial) {
        ++m_dropped;
        return;
    }
    m_lastSerial = picture->serial;
    emit pictureCame(*picture);
}

bool MessageFeed::take(const QString &kind, const QJsonObject &json)
{
    const auto tell = [this](const auto &value, auto signal) {
        if (value)
            emit(this->*signal)(*value);
        return value.has_value();
    };
    if (kind == "hello"_L1) {
        greeted();
        return true;
    }
    if (kind == "state"_L1) {
        const std::optional<LiveState> state = decodeState(json);
        if (state && state->kind == LiveState::Kind::Ended)
            stop(*state);
        else
            return tell(state, &LiveFeed::stateChanged);
        return true;
    }
    if (kind == "tabs"_L1) {
        const std::optional<QList<SessionTab>> tabs = decodeTabs(json);
        if (tabs)
            emit tabsChanged(*tabs, qBound(0, json.value("watching"_L1).toInt(), 0xffff));
        return tabs.has_value();
    }
    if (kind == "page"_L1)
        return tell(decodePage(json), &LiveFeed::pageChanged);
    if (kind == "viewers"_L1)
        return tell(decodeViewers(json), &LiveFeed::viewersChanged);
    if (kind == "dialog"_L1)
        return tell(decodeDialog(json), &LiveFeed::dialogOpened);
    if (kind == "select"_L1)
        return tell(decodeSelect(json), &LiveFeed::selectOpened);
    if (kind == "field"_L1)
        return tell(decodeField(json), &LiveFeed::fieldOpened);
    if (kind == "download"_L1)
        return tell(decodeDownload(json), &LiveFeed::downloadChanged);
    return takeAsked(kind, json);
}

bool MessageFeed::takeAsked(const QString &kind, const QJsonObject &json)
{
    const QString id = json.value("id"_L1).toString();
    if (kind == "dialogClosed"_L1 && !id.isEmpty())
        emit dialogClosed(id, json.value("by"_L1).toString());
    else if (kind == "chooser"_L1 && !id.isEmpty())
        emit chooserOpened(id, json.value("multiple"_L1).toBool());
    else if (kind == "dialogClosed"_L1 || kind == "chooser"_L1)
        return false;
    else if (kind == "selection"_L1)
        emit copied(json.value("text"_L1).toString());
    else if (kind == "refused"_L1)
        emit refused(json.value("reason"_L1).toString());
    return true; // what is not known is left to later versions
}

void MessageFeed::sendControl(const QJsonObject &json)
{
    // A socket that only watches would be closed for it.
    if (m_role == LiveRole::Control)
        send(json);
}

void MessageFeed::setDemand(const LiveDemand &demand)
{
    if (m_demand == demand)
        return;
    m_demand = demand;
    send(encode(demand));
}

void MessageFeed::acknowledge(quint32 serial)
{
    send({{"t"_L1, u"ack"_s}, {"seq"_L1, qint64(serial)}});
}

void MessageFeed::watchTab(int tab)
{
    m_tab = tab;
    send({{"t"_L1, u"watch"_s}, {"tab"_L1, tab}});
}

void MessageFeed::takeControl()
{
    sendControl({{"t"_L1, u"control"_s}, {"take"_L1, true}});
}

void MessageFeed::giveControlBack()
{
    sendControl({{"t"_L1, u"control"_s}, {"take"_L1, false}});
}

void MessageFeed::sendMouse(const LiveMouse &mouse)
{
    sendControl(encode(mouse));
}

void MessageFeed::sendKey(const LiveKey &key)
{
    sendControl(encode(key));
}

void MessageFeed::sendText(const QString &text)
{
    sendControl({{"t"_L1, u"text"_s}, {"text"_L1, text}});
}

void MessageFeed::sendComposition(const QString &text, int cursor)
{
    sendControl(
        {{"t"_L1, u"compose"_s}, {"text"_L1, text}, {"start"_L1, cursor}, {"end"_L1, cursor}});
}

void MessageFeed::copy()
{
    sendControl({{"t"_L1, u"copy"_s}, {"cut"_L1, false}});
}

void MessageFeed::cut()
{
    sendControl({{"t"_L1, u"copy"_s}, {"cut"_L1, true}});
}

void MessageFeed::navigate(LiveNavigation navigation)
{
    const auto name = [navigation] {
        switch (navigation) {
        case LiveNavigation::Back:
            return u"back"_s;
        case LiveNavigation::Forward:
            return u"forward"_s;
        case LiveNavigation::Reload:
            return u"reload"_s;
        case LiveNavigation::Stop:
            return u"stop"_s;
        }
        return QString();
    };
    sendControl({{"t"_L1, u"nav"_s}, {"op"_L1, name()}});
}

void MessageFeed::goTo(const QString &url)
{
    sendControl({{"t"_L1, u"nav"_s}, {"op"_L1, u"go"_s}, {"url"_L1, url}});
}

void MessageFeed::activateTab(int tab)
{
    sendControl({{"t"_L1, u"tab"_s}, {"op"_L1, u"activate"_s}, {"tab"_L1, tab}});
}

void MessageFeed::closeTab(int tab)
{
    sendControl({{"t"_L1, u"tab"_s}, {"op"_L1, u"close"_s}, {"tab"_L1, tab}});
}

void MessageFeed::openTab()
{
    sendControl({{"t"_L1, u"tab"_s}, {"op"_L1, u"new"_s}});
}

void MessageFeed::answerDialog(const QString &id, bool accept, const QString &text)
{
    sendControl({{"t"_L1, u"dialog"_s}, {"id"_L1, id}, {"accept"_L1, accept}, {"text"_L1, text}});
}

void MessageFeed::answerSelect(const QString &id, const std::optional<QList<int>> &chosen)
{
    QJsonObject json{{"t"_L1, u"select"_s}, {"id"_L1, id}};
    if (chosen) {
        QJsonArray indexes;
        for (const int index : *chosen)
            indexes.append(index);
        json.insert("chosen"_L1, indexes);
    }
    sendControl(json);
}

void MessageFeed::answerField(const QString &id, const std::optional<QString> &value)
{
    QJsonObject json{{"t"_L1, u"field"_s}, {"id"_L1, id}};
    if (value)
        json.insert("value"_L1, *value);
    sendControl(json);
}

void MessageFeed::answerChooser(const QString &id, const std::optional<QList<LiveFile>> &files)
{
    sendControl(files ? encode(*files, id) : QJsonObject{{"t"_L1, u"chooser"_s}, {"id"_L1, id}});
}

} // namespace Anchorwatch
