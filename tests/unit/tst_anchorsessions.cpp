#include "network/anchor/anchorsessions.h"

#include <QTest>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

using Kind = SessionStatus::Kind;

namespace {

const QString key = u"sk-canary-4f9c0e"_s;
const QString id = u"session-1"_s;

Session sessionOf(const QString &name, Kind kind = Kind::Running)
{
    Session session;
    session.id = name;
    session.status = kind;
    session.isPartial = true;
    return session;
}

Session created()
{
    Session session = sessionOf(id);
    session.cdpUrl = u"wss://connect.example/?sessionId=session-1&rt=1"_s;
    session.liveViewUrl = u"https://live.example/inspector.html?sessionId=session-1"_s;
    session.profileName = u"shop"_s;
    session.persist = true;
    return session;
}

DecodedAnchorSession details()
{
    DecodedAnchorSession details;
    details.session = sessionOf(id);
    details.session.isPartial = false;
    details.session.title = u"Shop"_s;
    details.session.currentUrl = u"https://shop.example/"_s;
    details.session.figures = {{SessionFigure::Kind::Credits, 1}};
    details.session.facts = {{u"Owner"_s, u"me@here"_s}};
    return details;
}

QStringList idsOf(const SessionList &sessions)
{
    QStringList ids;
    for (const Session &session : sessions)
        ids.append(session.id);
    return ids;
}

} // namespace

class TestAnchorSessions : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_sessions = AnchorSessions(QUrl(u"https://api.anchor.example"_s));
        m_sessions.setKey(key);
    }

    void unknownOnesHaveDerivedAddresses()
    {
        const Session session = m_sessions.listed({sessionOf(id)}).constFirst();
        QCOMPARE(session.cdpUrl, u"wss://connect.anchor.example/?sessionId=session-1"_s);
        QCOMPARE(session.liveViewUrl, u"https://live.anchor.example/?sessionId=session-1"_s);
        QVERIFY(session.urlsDerived);
        QVERIFY(session.isPartial);
    }

    void createdOnesKeepTheAddressesOfTheAnswer()
    {
        m_sessions.noteCreated(created());
        const Session session = m_sessions.listed({sessionOf(id)}).constFirst();
        QCOMPARE(session.cdpUrl, created().cdpUrl);
        QCOMPARE(session.liveViewUrl, created().liveViewUrl);
        QCOMPARE(session.profileName, u"shop"_s);
        QCOMPARE(session.persist, true);
        QVERIFY(!session.urlsDerived);
        QVERIFY(session.isPartial);
    }

    void detailsStayWithTheSession()
    {
        m_sessions.noteCreated(created());
        m_sessions.noteDetails(details());
        const Session session = m_sessions.listed({sessionOf(id)}).constFirst();
        QCOMPARE(session.title, u"Shop"_s);
        QCOMPARE(session.currentUrl, u"https://shop.example/"_s);
        QCOMPARE(session.figures, details().session.figures);
        QCOMPARE(session.facts, details().session.facts);
        QVERIFY(session.isPartial); // the page may change, and lists do not say so
        // What details do not say, the creation did.
        QCOMPARE(session.profileName, u"shop"_s);
        QCOMPARE(session.cdpUrl, created().cdpUrl);
    }

    void statusIsTheOneOfTheList()
    {
        m_sessions.noteDetails(details());
        Session listed = sessionOf(id);
        listed.status = SessionStatus::fromWord(u"hibernating"_s);
        QCOMPARE(m_sessions.listed({listed}).constFirst().status.word(), u"hibernating"_s);
    }

    void endedOnesHaveNoAddress()
    {
        m_sessions.noteCreated(created());
        const Session session = m_sessions.listed({sessionOf(id, Kind::Stopped)}).constFirst();
        QCOMPARE(session.cdpUrl, QString());
        QCOMPARE(session.liveViewUrl, QString());
        QVERIFY(!session.urlsDerived);
        QCOMPARE(session.profileName, u"shop"_s);
    }

    void malformedOnesHaveNoAddress()
    {
        Session malformed = sessionOf(u"all"_s);
        malformed.malformed = u"Reserved"_s;
        malformed.cdpUrl = u"wss://h/"_s;
        QCOMPARE(m_sessions.enriched(malformed).cdpUrl, QString());
    }

    void doorsThatDoNotOpenAreNotDerived_data()
    {
        QTest::addColumn<bool>("cdp");
        QTest::addColumn<bool>("liveView");
        QTest::newRow("both") << true << true;
        QTest::newRow("headless") << true << false;
        QTest::newRow("tokens alone") << false << false;
    }
    void doorsThatDoNotOpenAreNotDerived()
    {
        QFETCH(bool, cdp);
        QFETCH(bool, liveView);
        DecodedAnchorSession known = details();
        known.doors = {cdp, liveView};
        m_sessions.noteDetails(known);
        const Session session = m_sessions.listed({sessionOf(id)}).constFirst();
        QCOMPARE(!session.cdpUrl.isEmpty(), cdp);
        QCOMPARE(!session.liveViewUrl.isEmpty(), liveView);
        QCOMPARE(session.urlsDerived, cdp || liveView);
    }

    void historyIsLeftOut()
    {
        const SessionList first{sessionOf(u"ended-before"_s, Kind::Stopped), sessionOf(id),
                                sessionOf(u"failed-before"_s, Kind::Error)};
        QCOMPARE(idsOf(m_sessions.listed(first)), QStringList{id});
        const SessionList second{first.at(0), sessionOf(id, Kind::Stopped), first.at(2)};
        // It ended in our sight, and stays as long as it is listed.
        for (int poll = 0; poll < 3; ++poll) {
            const SessionList shown = m_sessions.listed(second);
            QCOMPARE(idsOf(shown), QStringList{id});
            QCOMPARE(shown.constFirst().status.kind(), Kind::Stopped);
        }
        QVERIFY(m_sessions.listed({}).isEmpty());
        QVERIFY(m_sessions.listed(second).isEmpty());
    }

    void whatLeftTheListForGoodIsForgotten()
    {
        m_sessions.noteCreated(created());
        // One list was under way when it was made, the next one lags.
        QVERIFY(m_sessions.listed({}).isEmpty());
        QVERIFY(m_sessions.listed({}).isEmpty());
        QCOMPARE(m_sessions.listed({sessionOf(id)}).constFirst().cdpUrl, created().cdpUrl);
        for (int poll = 0; poll < 3; ++poll)
            QVERIFY(m_sessions.listed({}).isEmpty());
        QVERIFY(m_sessions.listed({sessionOf(id)}).constFirst().urlsDerived);
    }

    void revisionSaysWhetherAListReadsOtherwise()
    {
        const int before = m_sessions.revision();
        (void)m_sessions.listed({sessionOf(id)});
        QCOMPARE(m_sessions.revision(), before);
        m_sessions.noteDetails(details());
        const int detailed = m_sessions.revision();
        QVERIFY(detailed != before);
        m_sessions.noteDetails(details());
        QCOMPARE(m_sessions.revision(), detailed);
        m_sessions.noteCreated(created());
        QVERIFY(m_sessions.revision() != detailed);
    }

    void addressWithTheKeyIsNotShown_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::newRow("raw") << key;
        QTest::newRow("encoded") << u"sk%2Dcanary%2d4f9c0e"_s;
    }
    void addressWithTheKeyIsNotShown()
    {
        QFETCH(QString, secret);
        Session session = created();
        session.cdpUrl = u"wss://connect.example?apiKey=%1&sessionId=session-1"_s.arg(secret);
        m_sessions.noteCreated(session);
        const Session shown = m_sessions.enriched(session);
        QCOMPARE(shown.cdpUrl, u"wss://connect.anchor.example/?sessionId=session-1"_s);
        QCOMPARE(shown.liveViewUrl, created().liveViewUrl);
        QVERIFY(shown.urlsDerived);
        QCOMPARE(shown.facts.size(), 1);
        QCOMPARE(shown.facts.constFirst().label, u"Account key"_s);
        m_sessions.noteDetails(details());
        QCOMPARE(m_sessions.listed({sessionOf(id)}).constFirst().facts.size(), 2);
    }

    void keyIsInNoTextOfASession()
    {
        DecodedAnchorSession known = details();
        known.session.title = "My key is "_L1 + key;
        known.session.currentUrl = "https://h/?k="_L1 + key;
        known.session.profileName = key;
        known.session.facts = {{u"Owner"_s, key}};
        m_sessions.noteDetails(known);
        Session listed = sessionOf(id);
        listed.tags = {key};
        const Session session = m_sessions.listed({listed}).constFirst();
        QCOMPARE(session.title, u"My key is ••••"_s);
        for (const QString &text : {session.currentUrl, session.profileName,
                                    session.tags.constFirst(), session.facts.constFirst().value}) {
            QVERIFY2(!text.contains(key), qPrintable(text));
            QVERIFY2(text.contains(u'•'), qPrintable(text));
        }
    }

private:
    AnchorSessions m_sessions{QUrl()};
};

QTEST_GUILESS_MAIN(TestAnchorSessions)
#include "tst_anchorsessions.moc"
