#pragma once

#include "app/connectionwatch.h"
#include "models/fault.h"
#include "models/session.h"
#include "models/sessionrequest.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Anchorwatch {

// One session that is being made. When the answer is lost it is not known whether there is one, and
// a second try could make a second: the list is read before anything is said. Answers once, then
// deletes itself. Child of its watch.
class Creation : public QObject
{
    Q_OBJECT

public:
    Creation(ConnectionWatch &watch, const SessionRequest &request, const Clock &clock);
    // Of a watch that ends before the answer: says so.
    ~Creation() override;

signals:
    void made(const Anchorwatch::Session &session);
    void failed(const Anchorwatch::Fault &fault);

private:
    void take(const SessionReply &reply);
    void takeList(const PollResult &result);
    void tell(const QString &more);
    [[nodiscard]] QString found() const;

    ConnectionWatch &m_watch;
    const Clock &m_clock;
    QStringList m_appeared;       // ids that no list had before it was asked for
    std::optional<Fault> m_fault; // while the list is being read
    std::chrono::milliseconds m_readSince{0};
    bool m_isAnswered = false;
};

} // namespace Anchorwatch
