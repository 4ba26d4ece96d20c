#include "ui/sessioncommands.h"

#include "models/sessioncells.h"
#include "models/urltext.h"
#include "models/watchingurl.h"
#include "ui/newsessiondialog.h"
#include "ui/terminatedialog.h"
#include "ui/watchingconsent.h"
#include "ui/watchingcostdialog.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString copiedWhat(SessionSnippet::Kind kind, int count)
{
    switch (kind) {
    case SessionSnippet::Kind::Id:
        return count == 1 ? SessionCommands::tr("Session id copied")
                          : SessionCommands::tr("%n session ids copied", nullptr, count);
    case SessionSnippet::Kind::LiveViewUrl:
        return count == 1 ? SessionCommands::tr("Live view address copied")
                          : SessionCommands::tr("%n live view addresses copied", nullptr, count);
    case SessionSnippet::Kind::CdpUrl:
        return count == 1 ? SessionCommands::tr("CDP address copied")
                          : SessionCommands::tr("%n CDP addresses copied", nullptr, count);
    case SessionSnippet::Kind::Playwright:
        return SessionCommands::tr("Playwright code copied");
    case SessionSnippet::Kind::Puppeteer:
        return SessionCommands::tr("Puppeteer code copied");
    case SessionSnippet::Kind::Curl:
    case SessionSnippet::Kind::CurlTerminate:
        return SessionCommands::tr("curl command copied");
    }
    return {};
}

QString snippetOf(SessionSnippet::Kind kind, const SessionRow &row)
{
    return snippet(kind, row.session, row.connection ? *row.connection : Connection());
}

// The page of a Grid's own shows VNC, which holds off nothing (seen on 4.48.0).
QList<SessionRow> withoutGrids(QList<SessionRow> rows)
{
    rows.removeIf([](const SessionRow &row) {
        return row.connection && row.connection->kind == Connection::Kind::Grid;
    });
    return rows;
}

} // namespace

SessionCommands::SessionCommands(SessionTableModel &model, const ConnectionListModel &connections,
                                 const Clock &clock, const UrlOpener &opener, QWidget *window)
    : QObject(window)
    , m_model(model)
    , m_clock(clock)
    , m_opener(opener)
    , m_window(window)
    , m_connections(connections)
    , m_consent(new WatchingConsent(this))
{
    connect(&m_model, &SessionTableModel::rowChanged, this, [this](const SessionKey &key) {
        const SessionRow *row = m_model.find(key);
        if (m_terminate && row)
            m_terminate->updateRow(*row);
    });
}

void SessionCommands::setAbilities(const QString &connectionId, const ServiceAbilities &abilities)
{
    m_abilities.insert(connectionId, abilities);
    m_consent->setCost(connectionId, abilities.watchingCost);
}

void SessionCommands::setCurrentConnection(const QString &id)
{
    m_current = id;
}

void SessionCommands::setConfirmsSingle(bool confirms)
{
    m_confirmsSingle = confirms;
}

QString SessionCommands::watchRefusal(const QList<SessionKey> &keys) const
{
    const bool any = std::ranges::any_of(rowsAt(keys), [](const SessionRow *row) {
        const QString address = watchingUrl(*row);
        const bool isOwn = !address.isEmpty() && address != row->session.liveViewUrl;
        return isOwn && row->openRefusal().isEmpty();
    });
    return any ? QString() : liveViewRefusal(keys); // else its link is for the browser
}

QString SessionCommands::liveViewRefusal(const QList<SessionKey> &keys) const
{
    QString refusal = tr("Select a session first");
    for (const SessionRow *row : rowsAt(keys)) {
        refusal = row->openRefusal();
        if (refusal.isEmpty())
            refusal = openUrlRefusal(row->session.liveViewUrl);
        if (refusal.isEmpty())
            return {};
    }
    return refusal;
}

QString SessionCommands::devToolsRefusal(const QList<SessionKey> &keys) const
{
    auto rows = rowsAt(keys);
    if (rows.empty())
        return tr("Select a session first");
    if (std::next(rows.begin()) != rows.end())
        return tr("DevTools open for one session only");
    const SessionRow &row = *rows.front();
    if (!row.openRefusal().isEmpty())
        return row.openRefusal();
    return row.session.cdpUrl.isEmpty() ? tr("Its service gave no CDP address") : QString();
}

QString SessionCommands::copyRefusal(SessionSnippet::Kind kind, const QList<SessionKey> &keys) const
{
    auto rows = rowsAt(keys);
    if (rows.empty())
        return tr("Select a session first");
    const bool any = std::ranges::any_of(
        rows, [&](const SessionRow *row) { return !snippetOf(kind, *row).isEmpty(); });
    return any ? QString() : tr("Its service gave no such address");
}

QString SessionCommands::terminateRefusal(const QList<SessionKey> &keys) const
{
    auto rows = rowsAt(keys);
    if (rows.empty())
        return tr("Select a session first");
    const bool any = std::ranges::any_of(
        rows, [](const SessionRow *row) { return row->terminateRefusal().isEmpty(); });
    return any ? QString() : rows.front()->terminateRefusal();
}

void SessionCommands::openLiveViews(const QList<SessionKey> &keys)
{
    QStringList opened;
    QString refusal;
    const QList<SessionRow> rows = rowsOf(keys);
    if (!mayWatch(withoutGrids(rows), [this, keys] { openLiveViews(keys); }))
        return;
    for (const SessionRow &row : rows) {
        const QString url = row.session.liveViewUrl;
        const QString why = row.openRefusal().isEmpty() ? openUrlRefusal(url) : row.openRefusal();
        if (!why.isEmpty()) {
            refusal = why;
            continue;
        }
        if (!m_opener(QUrl(url, QUrl::StrictMode))) {
            announceOpened(0, nameOf(row.key), url);
            return;
        }
        opened.append(url);
    }
    if (opened.isEmpty() && !refusal.isEmpty())
        emit announced({u"warning"_s, refusal, {}, {}});
    else if (!opened.isEmpty())
        announceOpened(static_cast<int>(opened.size()), nameOf(rows.constFirst().key),
                       opened.join(u'\n'));
}

void SessionCommands::openTab(const SessionKey &key, int tab)
{
    const QList<SessionRow> rows = rowsOf({key});
    if (rows.isEmpty())
        return;
    const QString refusal = openRefusalOf(rows.first(), SessionColumn::LiveView);
    if (!refusal.isEmpty()) {
        emit announced({u"warning"_s, refusal, {}, {}});
        return;
    }
    if (!mayWatch(rows, [this, key, tab] { openTab(key, tab); }))
        return;
    const QString url = rows.first().session.liveViewUrl + "#tab="_L1 + QString::number(tab);
    announceOpened(m_opener(QUrl(url, QUrl::StrictMode)) ? 1 : 0, nameOf(key), url);
}

void SessionCommands::closeTab(const SessionKey &key, const SessionTab &tab)
{
    const SessionRow *row = m_model.find(key);
    if (row && row->guard() == Connection::Guard::WatchOnly)
        emit announced({u"warning"_s, row->terminateRefusal(), {}, {}});
    else
        emit closeTabRequested(key, tab);
}

void SessionCommands::showTabClosed(const SessionKey &key, const SessionTab &tab,
                                    const std::optional<Fault> &fault)
{
    const QString title = visibleText(tab.title.isEmpty() ? tab.url : tab.title);
    if (!fault) {
        emit announced(
            {u"check"_s,
             tr("The tab “%1” of %2 was closed. The session goes on.").arg(title, nameOf(key)),
             {},
             {}});
        return;
    }
    const QString why = fault->detail.isEmpty() ? fault->what : fault->detail;
    emit announced({u"warning"_s,
                    tr("The tab “%1” of %2 was not closed: %3").arg(title, nameOf(key), why),
                    {},
                    {}});
}

void SessionCommands::openDevTools(const SessionKey &key)
{
    const QString refusal = devToolsRefusal({key});
    if (refusal.isEmpty() && !mayWatch(rowsOf({key}), [this, key] { openDevTools(key); }))
        return;
    if (refusal.isEmpty())
        emit devToolsRequested(key);
    else
        emit announced({u"warning"_s, refusal, {}, {}});
}

void SessionCommands::openDevToolsAt(const SessionKey &key, const QUrl &url)
{
    const bool opened = openUrlRefusal(url.toString(QUrl::FullyEncoded)).isEmpty() && m_opener(url);
    announceOpened(opened ? 1 : 0, tr("DevTools of %1").arg(nameOf(key)), url.toString());
}

void SessionCommands::showDevToolsFault(const SessionKey &key, const Fault &fault)
{
    emit announced(
        {u"warning"_s, tr("No DevTools for %1: %2").arg(nameOf(key), fault.what), {}, {}});
}

void SessionCommands::copy(SessionSnippet::Kind kind, const QList<SessionKey> &keys)
{
    QStringList texts;
    for (const SessionRow &row : rowsOf(keys)) {
        const QString text = snippetOf(kind, row);
        if (!text.isEmpty())
            texts.append(text);
    }
    if (!texts.isEmpty())
        copyText(texts.join(u'\n'), copiedWhat(kind, static_cast<int>(texts.size())));
}

void SessionCommands::copyText(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    emit announced({u"copy"_s, what, {}, {}});
}

void SessionCommands::terminate(const QList<SessionKey> &keys)
{
    terminateOver(m_window, keys);
}

void SessionCommands::terminateOver(QWidget *window, const QList<SessionKey> &keys)
{
    const QList<SessionRow> rows = rowsOf(keys);
    if (m_terminate) {
        m_terminate->raise(); // perhaps over another window
        m_terminate->activateWindow();
    }
    if (rows.isEmpty() || m_terminate)
        return;
    if (const QString refusal = terminateRefusal(keys); !refusal.isEmpty()) {
        emit announced({u"warning"_s, refusal, {}, {}});
        return;
    }
    const bool isGuarded = rows.constFirst().guard() == Connection::Guard::Protected;
    if (rows.size() == 1 && !m_confirmsSingle && !isGuarded)
        sendTermination(keys);
    else
        confirmTermination(window, rows);
}

void SessionCommands::retryTermination(const SessionKey &key)
{
    const SessionRow *row = m_model.find(key);
    const auto asked = m_asked.constFind(key);
    if (row && asked != m_asked.constEnd() && isSameSession(*asked, row->session))
        sendTermination({key});
    else
        terminate({key}); // its id is another session's now, which nobody was asked about
}

void SessionCommands::confirmTermination(QWidget *window, const QList<SessionRow> &rows)
{
    m_terminate = new TerminateDialog(rows, m_clock, window);
    m_terminate->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_terminate, &QDialog::accepted, this, [this] {
        if (m_terminate->dontAskAgain()) {
            m_confirmsSingle = false;
            emit confirmsSingleChanged();
        }
        sendTermination(m_terminate->keysToTerminate());
    });
    m_terminate->open();
}

void SessionCommands::sendTermination(const QList<SessionKey> &keys)
{
    QMap<QString, SessionList> sessions;
    for (const SessionRow &row : rowsOf(keys)) {
        if (!row.terminateRefusal().isEmpty())
            continue;
        sessions[row.key.connectionId].append(row.session);
        m_asked.insert(row.key, row.session);
    }
    for (auto of = sessions.cbegin(); of != sessions.cend(); ++of)
        emit terminateRequested(of.key(), of.value());
}

void SessionCommands::newSession()
{
    if (m_newSession) {
        m_newSession->raise();
        m_newSession->activateWindow();
        return;
    }
    if (const QString refusal = newSessionRefusal(); !refusal.isEmpty()) {
        emit announced({u"warning"_s, refusal, {}, {}});
        return;
    }
    m_newSession = new NewSessionDialog(knownProfiles(), m_window);
    m_newSession->setPlaces(places(), m_current);
    m_newSession->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_newSession, &NewSessionDialog::submitted, this,
            [this](const QString &connectionId, const SessionRequest &request) {
                m_newSession->setBusy();
                emit createRequested(connectionId, request);
            });
    m_newSession->open();
}

void SessionCommands::showCreated()
{
    if (m_newSession)
        m_newSession->accept();
}

void SessionCommands::showCreationFault(const Fault &fault)
{
    const QString why = fault.detail.isEmpty() ? fault.what : fault.detail;
    if (m_newSession)
        m_newSession->showFault(fault);
    else
        emit announced({u"error"_s, tr("No session was started: %1").arg(why), {}, {}});
}

QList<SessionRow> SessionCommands::rowsOf(const QList<SessionKey> &keys) const
{
    QList<SessionRow> rows;
    for (const SessionKey &key : keys) {
        if (const SessionRow *row = m_model.find(key))
            rows.append(*row);
    }
    return rows;
}

void SessionCommands::announceOpened(int opened, const QString &what, const QString &link)
{
    Announcement announcement;
    announcement.icon = opened > 0 ? u"external"_s : u"warning"_s;
    if (opened == 0)
        announcement.text = tr("Your desktop could not open %1").arg(what);
    else if (opened == 1)
        announcement.text = tr("Opened %1 in your browser").arg(what);
    else
        announcement.text = tr("Opened %n live views in your browser", nullptr, opened);
    announcement.actionText = tr("Copy link");
    announcement.action = [link] { QGuiApplication::clipboard()->setText(link); };
    emit announced(announcement);
}

QString SessionCommands::newSessionRefusal() const
{
    if (!places().isEmpty())
        return {};
    QString refusal = tr("Add a connection first");
    for (const Connection &connection : m_connections.connections()) {
        if (!connection.enabled)
            continue;
        refusal = connection.guard == Connection::Guard::WatchOnly
                      ? tr("%1 is set to watch only.").arg(connection.name)
                      : m_abilities.value(connection.id).createRefusal;
    }
    return refusal;
}

QList<NewSessionPlace> SessionCommands::places() const
{
    QList<NewSessionPlace> places;
    for (const Connection &connection : m_connections.connections()) {
        const ServiceAbilities abilities = m_abilities.value(connection.id);
        if (connection.enabled && connection.guard != Connection::Guard::WatchOnly
            && abilities.createRefusal.isEmpty())
            places.append({connection.id, connection.name, abilities});
    }
    return places;
}

bool SessionCommands::mayWatch(const SessionKey &key, const std::function<void()> &later)
{
    return mayWatch(rowsOf({key}), later);
}

bool SessionCommands::mayWatch(const QList<SessionRow> &rows, const std::function<void()> &later)
{
    QStringList ids;
    QString cost;
    for (const SessionRow &row : rows) {
        const QString &id = row.key.connectionId;
        if (m_consent->isAgreed(id) || ids.contains(id))
            continue;
        ids.append(id);
        cost = tr("%1: %2").arg(row.connectionName(), m_consent->cost(id));
    }
    if (ids.isEmpty())
        return true;
    if (m_watchingCost)
        return false;
    m_watchingCost = new WatchingCostDialog(cost, m_window);
    m_watchingCost->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_watchingCost, &QDialog::accepted, this, [this, ids, later] {
        for (const QString &id : ids)
            m_consent->agree(id);
        later();
    });
    m_watchingCost->open();
    return false;
}

QStringList SessionCommands::knownProfiles() const
{
    QStringList names;
    for (const SessionRow &row : m_model.rows()) {
        if (!row.session.profileName.isEmpty())
            names.append(row.session.profileName);
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

QString SessionCommands::nameOf(const SessionKey &key) const
{
    const SessionRow *row = m_model.find(key);
    const QString title = row ? row->pageTitle() : QString();
    return title.isEmpty() ? shortId(key.sessionId) : title;
}

} // namespace Anchorwatch
