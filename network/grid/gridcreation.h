#pragma once

#include "network/grid/gridclient.h"
#include "network/grid/gridcodec.h"
#include "network/sessionprovider.h"

#include <QObject>

namespace Anchorwatch {

// The making of one session: asks for it, opens its start page, then looks it up as the Grid lists
// it. Where the answer got lost, what carries the tag of the request is looked for before anything
// is said: the browser may be there. Answers the reply and lives as long as that does.
class GridCreation : public QObject
{
    Q_OBJECT

public:
    GridCreation(const GridClient &client, const GridBrowser &browser,
                 const SessionRequest &request, SessionReply *reply);

private:
    void ask(const GridBrowser &browser);
    void takeAnswer(const HttpExchange &exchange);
    void openStartPage();
    void lookItUp();
    void lookForTag(const Fault &fault);
    void takeStatus(const HttpExchange &exchange);

    const GridClient m_client;
    const SessionRequest m_request;
    const QString m_tag;
    SessionReply *m_reply;
};

} // namespace Anchorwatch
