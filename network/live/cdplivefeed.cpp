#include "network/live/cdplivefeed.h"

#include "network/live/cdpliveview.h"
#include "network/live/viewerline.h"

#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

// To a viewer in this program. What is said to the viewer arrives when whoever says it is done:
// those who listen may end the view.
class OwnLine : public ViewerLine
{
public:
    explicit OwnLine(CdpLiveFeed &feed)
        : m_feed(&feed)
    {
    }

    void send(const QJsonObject &message) override
    {
        later([message](CdpLiveFeed &feed) { feed.listen(message); });
    }
    void sendPicture(const LiveFrame &frame, int tab, quint32 serial,
                     std::chrono::milliseconds age) override
    {
        const LivePicture picture{frame.jpeg,    serial,         tab, frame.pageSize,
                                  frame.isStill, frame.isHidden, age};
        later([picture](CdpLiveFeed &feed) { feed.see(picture); });
    }
    void close(Parting) override
    {
        QMetaObject::invokeMethod(this, &ViewerLine::left, Qt::QueuedConnection);
    }

private:
    template<typename Speech>
    void later(const Speech &speech)
    {
        if (CdpLiveFeed *feed = m_feed) {
            QMetaObject::invokeMethod(
                feed, [feed, speech] { speech(*feed); }, Qt::QueuedConnection);
        }
    }

    QPointer<CdpLiveFeed> m_feed;
};

CdpLiveFeed::CdpLiveFeed(std::shared_ptr<CdpLiveView> view, LiveRole role, QObject *parent)
    : MessageFeed(role, 0, parent)
    , m_view(std::move(view))
{
}

CdpLiveFeed::~CdpLiveFeed()
{
    if (m_line)
        emit m_line->left();
}

void CdpLiveFeed::open()
{
    if (m_line || m_isOver)
        return;
    m_line = new OwnLine(*this);
    m_view->addViewer(m_line, role());
    // Queued, as what the view says: the order stays.
    connect(m_view.get(), &CdpLiveView::stateChanged, this, &CdpLiveFeed::tell,
            Qt::QueuedConnection);
    QMetaObject::invokeMethod(
        this, [this, state = m_view->state()] { tell(state); }, Qt::QueuedConnection);
    introduce();
}

void CdpLiveFeed::send(const QJsonObject &message)
{
    if (m_line)
        emit m_line->heard(message);
}

void CdpLiveFeed::greeted() {}

void CdpLiveFeed::stop(const LiveState &state)
{
    m_isOver = true;
    emit stateChanged(state);
}

void CdpLiveFeed::listen(const QJsonObject &message)
{
    // Without the browser there is no page to say how it is, and the view has said why.
    const LiveState::Kind view = m_view->state().kind;
    const bool isUp = view != LiveState::Kind::Lost && view != LiveState::Kind::Refused;
    const bool isOfNoPage = message.value("state"_L1).toString() == "connecting"_L1;
    if (!m_isOver && (isUp || !isOfNoPage))
        hear(message);
}

void CdpLiveFeed::tell(const LiveState &state)
{
    if (m_isOver || state.kind == LiveState::Kind::Live)
        return; // the pages speak for themselves
    m_isOver = state.kind == LiveState::Kind::Refused;
    emit stateChanged(state);
}

} // namespace Anchorwatch
