#pragma once

#include "models/sessionrequest.h"
#include "network/service/browserendpoint.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace Anchorwatch {

// What a restarted service must know of a session to go on with it.
struct SessionRecord
{
    Q_GADGET

public:
    enum class Stage {
        Starting, // the working copy is being made, or the browser has not answered yet
        Running,
        Ending,  // asked to end: a restarted service finishes that
        Stopped, // the browser ended by itself
        Failed   // it could not start
    };
    Q_ENUM(Stage)

    QString id;
    QString capability;        // the secret of its live view
    QString controlCapability; // likewise, for those who may act
    SessionRequest request;    // its time limits may lie beyond those of the contract
    QStringList tags;
    QDateTime createdAt; // UTC
    Stage stage = Stage::Starting;
    BrowserEndpoint endpoint; // none until the session ran
    QString workingCopy;      // the folder, empty when there is none any more
    QString error;
    QDateTime overSince; // UTC, when Stopped or Failed

    bool operator==(const SessionRecord &) const = default;
};

// Session records on disk, one file each, written whole with rights 0600.
class SessionRegistry
{
public:
    struct Loaded
    {
        QList<SessionRecord> records;
        QStringList unreadable; // ids whose record is damaged or from a newer version; the files
                                // are kept aside
    };

    explicit SessionRegistry(QString folder);

    [[nodiscard]] Loaded load() const;
    // Returns why the record could not be written, or an empty string.
    [[nodiscard]] QString write(const SessionRecord &record) const;
    void remove(const QString &id) const;
    // Leaves the record's file under another name, for a person to look at.
    void putAside(const QString &id) const;

private:
    [[nodiscard]] QString fileOf(const QString &id) const;

    QString m_folder;
};

} // namespace Anchorwatch
