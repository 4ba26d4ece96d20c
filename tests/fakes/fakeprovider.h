#pragma once

#include "network/sessionprovider.h"

#include <QPointer>
#include <QStringList>

#include <algorithm>
#include <functional>

namespace Anchorwatch {

// A provider without a service: it keeps every question, and the test answers it by hand, or by a
// script that is called as soon as the question comes. Counts the questions, and the most of a kind
// that were unanswered at the same time.
class FakeProvider : public SessionProvider
{
public:
    using SessionProvider::SessionProvider;

    // A question about one session.
    template<class Reply>
    struct Question
    {
        QString id;
        QPointer<Reply> reply;
    };

    // All questions in the order they came; the replies of answered ones are null once deleted.
    QList<QPointer<ListReply>> lists;
    QList<Question<SessionReply>> gets;
    QList<Question<TerminateReply>> terminates;
    QList<QPointer<SessionReply>> creates;
    QList<SessionRequest> requests; // of creates

    // Scripts; a question without one waits for the test.
    std::function<void(ListReply &)> onList;
    std::function<void(const QString &, SessionReply &)> onGet;
    std::function<void(const QString &, TerminateReply &)> onTerminate;

    qsizetype mostListsAtOnce = 0;
    qsizetype mostTerminatesAtOnce = 0;

    [[nodiscard]] ListReply *list() override
    {
        auto *reply = new ListReply(this);
        lists.append(reply);
        mostListsAtOnce = std::max(
            mostListsAtOnce, std::count_if(lists.cbegin(), lists.cend(), &isUnanswered<ListReply>));
        if (onList)
            onList(*reply);
        return reply;
    }

    [[nodiscard]] SessionReply *get(const QString &id) override
    {
        auto *reply = new SessionReply(this);
        gets.append({id, reply});
        if (onGet)
            onGet(id, *reply);
        return reply;
    }

    [[nodiscard]] SessionReply *create(const SessionRequest &request) override
    {
        auto *reply = new SessionReply(this);
        requests.append(request);
        creates.append(reply);
        return reply;
    }

    [[nodiscard]] TerminateReply *terminate(const QString &id) override
    {
        auto *reply = new TerminateReply(this);
        terminates.append({id, reply});
        mostTerminatesAtOnce = std::max(mostTerminatesAtOnce, unansweredTerminates());
        if (onTerminate)
            onTerminate(id, *reply);
        return reply;
    }

    [[nodiscard]] qsizetype unansweredTerminates() const
    {
        return std::count_if(terminates.cbegin(), terminates.cend(),
                             [](const auto &question) { return isUnanswered(question.reply); });
    }

    // The ids that were asked to end, in that order.
    [[nodiscard]] QStringList terminatedIds() const
    {
        QStringList ids;
        for (const auto &question : terminates)
            ids.append(question.id);
        return ids;
    }

    // Answers the last question for the list, which must be unanswered.
    void answerList(const SessionList &sessions)
    {
        ListReply *reply = lists.constLast();
        reply->sessions = sessions;
        reply->succeed();
    }

    static void answer(SessionReply &reply, const Session &session)
    {
        reply.session = session;
        reply.succeed();
    }

private:
    template<class Reply>
    static bool isUnanswered(const QPointer<Reply> &reply)
    {
        return reply && !reply->isFinished();
    }
};

} // namespace Anchorwatch
