#pragma once

#include "network/grid/gridcapacity.h"
#include "network/sessioncodec.h"

#include <QHash>
#include <QStringList>
#include <QUrl>

// The JSON of Selenium Grid 4 (seen on 4.48.0) to values and back. Pure functions, any thread; they
// take what a stranger sends, as network/sessioncodec.h does.
namespace Anchorwatch {

// What the Grid says of a session beside what the window shows.
struct GridMark
{
    QString tag;              // ours, of the request that made it
    quint16 debuggerPort = 0; // of its Chromium, on the machine of its node
    QString nodeUri;
};

struct DecodedGridStatus
{
    DecodedSessionList list;
    QHash<QString, GridMark> marks; // by session id
    QString version;                // of its first node, which all share as a rule
    // In the Grid's words: it answers, and cannot say which sessions it has.
    QString unavailable;
};

struct DecodedGridCapacity
{
    GridCapacity capacity;
    QString problem;
};

// Why the Grid did not do what it was asked to.
struct GridError
{
    QString code;  // of WebDriver: "invalid session id"; empty when the body is none of the Grid's
    QString words; // one line
};

// The browser of a new session.
struct GridBrowser
{
    QString name = QStringLiteral("chrome");
    QString binary;        // empty: the node's own
    QStringList arguments; // added to its command line
};

// What a new session carries, so that it is known again.
struct GridLabels
{
    QString name;  // se:name, which the Grid shows
    QString owner; // aw:owner
    QString tag;   // aw:tag
};

// GET /status. Addresses are those by which the base URL reaches them.
[[nodiscard]] DecodedGridStatus decodeGridStatus(const QByteArray &body, const QUrl &baseUrl);

// POST /graphql, to learn what /status does not say: who waits.
[[nodiscard]] QByteArray encodeGridCapacityQuery();
[[nodiscard]] DecodedGridCapacity decodeGridCapacity(const QByteArray &body);

// POST /session
[[nodiscard]] QByteArray encodeNewGridSession(const GridBrowser &browser, const GridLabels &labels);
[[nodiscard]] DecodedSession decodeNewGridSession(const QByteArray &body, const QUrl &baseUrl);

// POST /session/{id}/url
[[nodiscard]] QByteArray encodeNavigation(const QString &url);

// The body of a 4xx or 5xx, of WebDriver or of GraphQL.
[[nodiscard]] GridError decodeGridError(const QByteArray &body);

} // namespace Anchorwatch
