#include "network/detailfetcher.h"
#include "tests/fakes/fakeclock.h"
#include "tests/fakes/fakeprovider.h"
#include "tests/fakes/samplesession.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDetailFetcher : public QObject
{
    Q_OBJECT

    [[nodiscard]] QStringList asked() const
    {
        QStringList ids;
        for (const auto &question : m_provider->gets)
            ids.append(question.id);
        return ids;
    }

    void answer(int question, const Session &session)
    {
        SessionReply *reply = m_provider->gets.at(question).reply;
        reply->session = session;
        reply->succeed();
    }

    // Of a service whose lists never tell all.
    [[nodiscard]] static Session partial(const QString &id)
    {
        Session session = sampleSession(id);
        session.isPartial = true;
        return session;
    }

    FakeClock m_clock;
    std::unique_ptr<FakeProvider> m_provider;
    std::unique_ptr<DetailFetcher> m_fetcher;

private slots:
    void init()
    {
        m_provider = std::make_unique<FakeProvider>();
        m_fetcher = std::make_unique<DetailFetcher>(*m_provider, m_clock);
    }

    void asksAFewAtATimeTheLastWantedFirst()
    {
        m_fetcher->want({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
        m_fetcher->want({u"e"_s, u"a"_s});
        QCOMPARE(asked(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        answer(0, sampleSession(u"a"_s));
        QTRY_COMPARE(asked().size(), 4);
        QCOMPARE(asked().constLast(), u"e"_s);
    }

    void whatListsTellOfIsAskedForOnce()
    {
        QSignalSpy fetched(m_fetcher.get(), &DetailFetcher::fetched);
        m_fetcher->want({u"a"_s});
        answer(0, sampleSession(u"a"_s));
        QTRY_COMPARE(fetched.size(), 1);
        m_clock.advance(1h);
        m_fetcher->want({u"a"_s});
        QCOMPARE(asked().size(), 1);
    }

    void whatIsKnownIsAskedForAgainWhenItIsOld()
    {
        QSignalSpy fetched(m_fetcher.get(), &DetailFetcher::fetched);
        m_fetcher->want({u"a"_s});
        m_fetcher->want({u"a"_s}); // under way
        answer(0, partial(u"a"_s));
        QTRY_COMPARE(fetched.size(), 1);
        m_clock.advance(59s);
        m_fetcher->want({u"a"_s});
        QCOMPARE(asked().size(), 1);
        m_clock.advance(1s);
        m_fetcher->want({u"a"_s});
        QCOMPARE(asked().size(), 2);
    }

    void anAnswerWithoutAPageIsNotTheLast()
    {
        m_fetcher->want({u"a"_s});
        Session session = partial(u"a"_s);
        session.currentUrl.clear();
        QSignalSpy fetched(m_fetcher.get(), &DetailFetcher::fetched);
        answer(0, session);
        QTRY_COMPARE(fetched.size(), 1);
        m_fetcher->want({u"a"_s});
        QCOMPARE(asked().size(), 1);
        m_clock.advance(5s);
        m_fetcher->want({u"a"_s});
        QCOMPARE(asked().size(), 2);
    }

    void aFailedQuestionIsAskedAgain()
    {
        QSignalSpy fetched(m_fetcher.get(), &DetailFetcher::fetched);
        m_fetcher->want({u"a"_s});
        SessionReply *reply = m_provider->gets.at(0).reply;
        QSignalSpy finished(reply, &ProviderReply::finished);
        reply->fail({Fault::Kind::TimedOut, u"too late"_s, {}, {}});
        QTRY_COMPARE(finished.size(), 1);
        m_clock.advance(5s);
        m_fetcher->want({u"a"_s});
        QCOMPARE(asked().size(), 2);
        QCOMPARE(fetched.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDetailFetcher)
#include "tst_detailfetcher.moc"
