#pragma once

#include "models/clock.h"
#include "models/sessioncolumns.h"
#include "models/sessiondelta.h"
#include "models/sessionrow.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include <functional>
#include <memory>
#include <ranges>
#include <vector>

namespace Anchorwatch {

// The sessions of all connections as a table. A poll is applied as a delta with the fewest signals;
// the model is never reset. Sessions that ended stay, as Gone, until expireEnded() lets them go.
class SessionTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        // Raw value to sort by; time passing does not change it.
        SortRole = Qt::UserRole + 1,
        // SessionKey of the row.
        KeyRole,
        // RowState::Kind of the row.
        StateRole,
        // Page column: the URL without its scheme. Other columns: empty.
        SecondaryTextRole,
        // What stands over both URL cells instead of the URLs, or an empty string.
        NoteRole,
        // Termination::Profile of the row; NotSaved makes a receipt a warning.
        ProfileOutcomeRole,
        // URL columns: the URL in full, with its secrets; never painted.
        UrlRole,
        // URL columns: why it cannot be opened, or an empty string.
        OpenRefusalRole,
        // bool: is the profile saved when the session ends?
        PersistRole,
        // int: how many tabs a live session can be opened to; 0 when it has one only.
        TabCountRole,
        // Connection of the row; invalid while it is not known.
        ConnectionRole,
    };

    // The clock must outlive the model.
    explicit SessionTableModel(const Clock &clock, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

    // The row of a session, or nullptr. Valid until the row is removed.
    [[nodiscard]] const SessionRow *find(const SessionKey &key) const;
    // Its position as an index of the first column; invalid when there is none.
    [[nodiscard]] QModelIndex indexOf(const SessionKey &key, SessionColumn column = {}) const;
    // All rows, in the order they came.
    [[nodiscard]] auto rows() const
    {
        return std::views::transform(
            m_rows,
            [](const std::unique_ptr<SessionRow> &row) -> const SessionRow & { return *row; });
    }
    // How many rows a connection has; with an empty id all of them.
    [[nodiscard]] int rowCountOf(const QString &connectionId) const;
    // How many rows may have a browser behind them.
    [[nodiscard]] int liveCount() const;
    // The same by connection.
    [[nodiscard]] QHash<QString, int> liveCounts() const;

    // Whose sessions the rows are. Rows of connections that are not among them are dropped.
    void setConnections(const QList<Connection> &connections);

    // Applies one good poll. A session that a list asked for after its proven end still has is
    // Still running again; one that only updateSession() brought and such a list does not have is
    // over. Addresses that the list leaves out are kept.
    void applyDelta(const SessionDelta &delta);
    // Sets how far the ending of sessions has come. Unknown keys are ignored.
    void setTerminations(const TerminationReports &reports);
    // Replaces one session by a fresher description of it (the answer of get() or create()); adds
    // it when it is new, ignores it when it is gone.
    void updateSession(const QString &connectionId, const Session &session);
    // Marks all rows of a connection as old news since that time (UTC), or, with an invalid time,
    // as fresh.
    void setStaleSince(const QString &connectionId, const QDateTime &since);
    // Removes rows that ended longer than `keep` ago, except the held ones.
    void expireEnded(std::chrono::milliseconds keep, const QSet<SessionKey> &held);

signals:
    // Anything of a row changed, cells or not.
    void rowChanged(const Anchorwatch::SessionKey &key);
    // Rows came, went or changed what they count for.
    void countsChanged();
    // What belongs together has changed, and was told: a whole poll, for example.
    void settled();

private:
    // What the rows of one connection add up to.
    struct Counts
    {
        int rows = 0;
        int live = 0;
    };

    void noteListed(const SessionKey &key, const Session &session);
    // Compares what is held for gone, or was never listed, with a list asked for later; true when
    // something changed.
    bool reviseEnds(const SessionDelta &delta);
    bool reviseGone(int row);
    [[nodiscard]] bool isListed(const SessionRow &row) const;
    // Adds the sessions that are new, changes the others.
    void putSessions(const QString &connectionId, const SessionList &sessions);
    void addRows(const QString &connectionId, const SessionList &sessions);
    [[nodiscard]] std::unique_ptr<SessionRow> makeRow(const QString &connectionId,
                                                      const Session &session) const;
    void changeSession(int row, const Session &session);
    // True when that changed what the row counts for.
    bool changeRow(int row, const std::function<void(SessionRow &)> &change);
    // The same without a word.
    bool alterRow(int row, const std::function<void(SessionRow &)> &change);
    void noteTermination(SessionRow &row, const Termination &termination);
    void tellWholeRows(const std::vector<int> &sorted);
    void endRows(std::vector<int> rows);
    void noteLeaving(SessionRow &ended) const;
    void removeRows(int first, int last);
    // Where the row of a session is, or -1.
    [[nodiscard]] int positionOf(const SessionKey &key) const;
    void noteState(SessionRow &row) const;
    void count(const SessionRow &row, int rows);

    const Clock &m_clock;
    // New rows come last, and each gets the next number: they stay in the order of their numbers,
    // whatever is removed, so that the place of a row is a search and nothing has to be renumbered.
    std::vector<std::unique_ptr<SessionRow>> m_rows;
    std::vector<int> m_numbers; // of each row
    QHash<SessionKey, int> m_numberOf;
    int m_nextNumber = 0;
    QHash<QString, Counts> m_counts; // by connection
    QSet<SessionKey> m_ended;        // rows with endedAt
    // By Clock::elapsed(): since when rows are proven gone, and since when those are known that
    // updateSession() brought and no list has had.
    QHash<SessionKey, std::chrono::milliseconds> m_goneAt;
    QHash<SessionKey, std::chrono::milliseconds> m_unlisted;
    QHash<QString, QDateTime> m_staleSince;
    QHash<QString, QSharedPointer<const Connection>> m_connections;
};

} // namespace Anchorwatch
