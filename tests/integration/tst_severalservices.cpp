#include "apiclient.h"
#include "app/connectionbook.h"
#include "app/connectionsfile.h"
#include "app/monitor.h"
#include "leftovers.h"
#include "models/connectionlistmodel.h"
#include "models/knownsecrets.h"
#include "seleniumgrid.h"
#include "serviceprocess.h"
#include "ui/connectioncommands.h"
#include "ui/mainwindow.h"

#include <QClipboard>
#include <QDialog>
#include <QDirIterator>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString apiKey = u"sk-canary-3b0c5f1e77aa"_s;
constexpr int longestMs = 60'000; // for what takes a browser or a Grid a moment on a busy machine

} // namespace

// The real window over real services: Chromium of this machine behind a sessions service, one that
// speaks the Anchor API behind a key, and a Selenium Grid hub with two nodes.
class TestSeveralServices : public QObject
{
    Q_OBJECT

    struct Window
    {
        explicit Window(const QString &folder)
            : file(folder + "/connections.json"_L1)
            , window(model, connections, clock, [](const QUrl &) { return true; })
            , monitor(std::nullopt, model, connections, window, clock)
            , book(&file, secrets, connections, monitor, window)
        {
        }

        SystemClock clock;
        SessionTableModel model{clock};
        ConnectionListModel connections;
        ConnectionsFile file;
        SecretStore secrets;
        MainWindow window;
        Monitor monitor;
        ConnectionBook book;
    };

    static Connection connectionTo(const QString &name, Connection::Kind kind, const QUrl &url)
    {
        Connection connection;
        connection.id = name.toLower();
        connection.name = name;
        connection.badge = name.left(2).toUpper();
        connection.kind = kind;
        connection.baseUrl = url;
        connection.pollInterval = 500ms;
        return connection;
    }

    [[nodiscard]] const SessionRow *rowOn(const QString &connection) const
    {
        for (const SessionRow &row : m_window->model.rows()) {
            if (row.key.connectionId == connection && row.state() != RowState::Kind::Gone)
                return &row;
        }
        return nullptr;
    }

    // Creates a session as a person does.
    void create(const QString &connectionId)
    {
        SessionRequest request;
        request.initialUrl = u"about:blank"_s;
        emit m_window->window.createRequested(connectionId, request);
        QTRY_VERIFY_WITH_TIMEOUT(rowOn(connectionId), longestMs);
        QTRY_COMPARE_WITH_TIMEOUT(rowOn(connectionId)->state(), RowState::Kind::Running, longestMs);
    }

    // By the key and the dialog, as a person does it; true when the row says that it is gone.
    [[nodiscard]] bool terminate(const SessionKey &key)
    {
        SessionView &view = m_window->window.view();
        const auto *proxy = static_cast<SessionProxyModel *>(view.model());
        view.setCurrentIndex(proxy->indexOf(key, SessionColumn::Page));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Delete);
        for (auto *button : m_window->window.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == u"Terminate session"_s)
                button->click();
        }
        const bool isGone = QTest::qWaitFor(
            [&] {
                const SessionRow *row = m_window->model.find(key);
                return row && row->state() == RowState::Kind::Gone;
            },
            longestMs);
        return isGone && !m_window->model.find(key)->receipt().isEmpty();
    }

    // Everything that the window shows, says to a screen reader, or offers as a tooltip.
    [[nodiscard]] QString everythingSaid() const
    {
        QStringList said{QGuiApplication::clipboard()->text()};
        for (const auto *widget : m_window->window.findChildren<QWidget *>()) {
            said << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription()
                 << widget->windowTitle();
            if (const auto *label = qobject_cast<const QLabel *>(widget))
                said << label->text();
            if (const auto *field = qobject_cast<const QLineEdit *>(widget))
                said << field->displayText();
        }
        for (int row = 0; row < m_window->model.rowCount(); ++row) {
            for (int column = 0; column < sessionColumnCount; ++column) {
                const QModelIndex cell = m_window->model.index(row, column);
                for (const int role :
                     {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole),
                      int(SessionTableModel::SecondaryTextRole), int(SessionTableModel::NoteRole)})
                    said << cell.data(role).toString();
            }
        }
        return said.join(u'\n');
    }

    [[nodiscard]] QStringList filesWith(const QByteArray &text, const QString &folder) const
    {
        QStringList found;
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                found << file.fileName();
        }
        return found;
    }

    // Where the key is shown or written, whatever happened to it; empty: nowhere.
    [[nodiscard]] QStringList placesOfKey()
    {
        QStringList places;
        if (everythingSaid().contains(apiKey))
            places << u"the window"_s;
        m_window->book.save();
        const QByteArray key = apiKey.toUtf8();
        places << filesWith(key, m_folder.path()) << filesWith(key, m_anchor.root());
        if (m_anchor.log().contains(key))
            places << u"the service's log"_s;
        return places;
    }

    QTemporaryDir m_folder;
    ServiceProcess m_local;
    ServiceProcess m_anchor;
    SeleniumGrid m_grid;
    std::unique_ptr<Window> m_window;

private slots:
    void initTestCase()
    {
        QFile key(m_folder.filePath(u"key"_s));
        QVERIFY(key.open(QIODevice::WriteOnly));
        key.write(apiKey.toUtf8());
        key.close();
        QVERIFY(m_local.start());
        QVERIFY(m_anchor.start({u"--api-key-file"_s, key.fileName()}));
        QVERIFY2(m_grid.startHub(2), m_grid.log().constData());
        QVERIFY(QFile::remove(key.fileName()));
        QVERIFY(QDir(m_folder.path()).mkpath(u"config"_s));
    }

    void init()
    {
        m_window = std::make_unique<Window>(m_folder.filePath(u"config"_s));
        Connection anchor = connectionTo(u"Anchor"_s, Connection::Kind::Anchor, m_anchor.url());
        anchor.secret.store = SecretReference::Store::ThisRun;
        m_window->window.resize(1280, 800);
        m_window->window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_window->window));
        m_window->book.open({connectionTo(u"Local"_s, Connection::Kind::Service, m_local.url()),
                             connectionTo(u"Grid"_s, Connection::Kind::Grid, m_grid.url())});
        m_window->monitor.start();
        // As the dialog says it.
        emit m_window->window.connectionCommands().saveRequested(anchor, apiKey);
        for (const auto *id : {"local", "grid", "anchor"}) {
            QTRY_VERIFY_WITH_TIMEOUT(m_window->connections.find(QLatin1StringView(id))->hasList,
                                     longestMs);
        }
    }
    void cleanup() { m_window.reset(); }
    void cleanupTestCase()
    {
        QCOMPARE(m_local.terminate(), 0);
        QCOMPARE(m_local.leftovers(), QStringList());
        m_anchor.kill();
        QVERIFY(m_grid.end());
    }

    // Fault matrix: W28
    void aSessionOnEachEndsWithAReceipt()
    {
        create(u"local"_s);
        create(u"anchor"_s);
        const QString ofOthers = m_grid.createByWebDriver(u"nightly"_s);
        QVERIFY(!ofOthers.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(rowOn(u"grid"_s), longestMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->connections.find(u"grid"_s)->note.contains(u"of 2 slots"_s), longestMs);

        for (const auto *id : {"local", "anchor", "grid"}) {
            const SessionRow *row = rowOn(QLatin1StringView(id));
            QVERIFY2(row, id);
            QVERIFY2(terminate(row->key), id);
        }
        QVERIFY(m_grid.capabilitiesOf(ofOthers).isEmpty());
        QCOMPARE(placesOfKey(), QStringList());
    }

    // anchorwatchd in front of the Grid: the same session by another way.
    void aGridBehindAServiceIsEndedThroughIt()
    {
        ServiceProcess front;
        QVERIFY(front.start({u"--backend"_s, u"grid"_s, u"--grid-url"_s, m_grid.url().toString()}));
        emit m_window->window.connectionCommands().saveRequested(
            connectionTo(u"Front"_s, Connection::Kind::Service, front.url()), std::nullopt);
        const QString id = m_grid.createByWebDriver(u"nightly"_s);
        QTRY_VERIFY_WITH_TIMEOUT(rowOn(u"front"_s), longestMs);
        QTRY_VERIFY_WITH_TIMEOUT(rowOn(u"grid"_s), longestMs);
        QCOMPARE(rowOn(u"front"_s)->key.sessionId, id);
        QVERIFY(terminate(rowOn(u"front"_s)->key));
        QTRY_VERIFY_WITH_TIMEOUT(!rowOn(u"grid"_s), longestMs);
        QCOMPARE(front.terminate(), 0);
    }

    // Fault matrix: W1, W23
    void theLossOfOneLeavesTheOthersAlone()
    {
        create(u"local"_s);
        const SessionKey local = rowOn(u"local"_s)->key;
        QVERIFY(m_grid.killNode(m_grid.nodeUris().constFirst()));
        m_anchor.kill();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->connections.find(u"anchor"_s)->health.isStale(),
                                 longestMs);
        const auto asOf = m_window->connections.find(u"local"_s)->health.lastGood;
        QTRY_VERIFY_WITH_TIMEOUT(m_window->connections.find(u"local"_s)->health.lastGood > asOf,
                                 longestMs);
        QVERIFY(!m_window->connections.find(u"local"_s)->health.isStale());
        QVERIFY(!m_window->connections.find(u"grid"_s)->health.isStale());
        QCOMPARE(m_window->model.find(local)->state(), RowState::Kind::Running);
        QVERIFY(terminate(local));
        QCOMPARE(placesOfKey(), QStringList()); // there is a fault to tell of now
    }
};

QTEST_MAIN(TestSeveralServices)
#include "tst_severalservices.moc"
