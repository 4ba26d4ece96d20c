#include "tests/fakes/samplesession.h"
#include "tests/window/windowdriver.h"
#include "ui/connectioncommands.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QTextDocument>
#include <QTextEdit>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

const auto hostile = QStringLiteral("<img src=\"http://127.0.0.1:9/x\"><b>FOREIGN</b>");

bool isForeign(const QString &text)
{
    return text.contains("FOREIGN"_L1);
}

// Whether Qt would take it for markup, in which what is foreign is markup too.
bool isMarkup(const QString &text)
{
    return Qt::mightBeRichText(text) && text.contains("<b>FOREIGN"_L1);
}

void checkModel(const QAbstractItemView &view, QStringList &found)
{
    const QAbstractItemModel *model = view.model();
    for (int row = 0; model && row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex index = model->index(row, column);
            for (const int role : {Qt::ToolTipRole, Qt::StatusTipRole, Qt::WhatsThisRole}) {
                if (isMarkup(index.data(role).toString()))
                    found.append(u"%1: %2"_s.arg(view.objectName(), index.data(role).toString()));
            }
        }
    }
}

// What shows foreign text as markup, from here down; `seen` counts what shows it at all.
QStringList markupIn(QWidget &root, int *seen)
{
    QStringList found;
    QList<QWidget *> all = root.findChildren<QWidget *>();
    all.prepend(&root);
    for (QWidget *widget : std::as_const(all)) {
        const QString name =
            QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName();
        for (const QString &tip : {widget->toolTip(), widget->statusTip(), widget->whatsThis()}) {
            *seen += isForeign(tip) ? 1 : 0;
            if (isMarkup(tip))
                found.append(name + u": "_s + tip);
        }
        if (const auto *label = qobject_cast<QLabel *>(widget); label && isForeign(label->text())) {
            ++*seen;
            if (label->textFormat() != Qt::PlainText)
                found.append(name + u": "_s + label->text());
        }
        // Its text is a document; none of ours shows what is foreign in one.
        if (const auto *edit = qobject_cast<QTextEdit *>(widget);
            edit && isForeign(edit->toPlainText()))
            found.append(name);
        if (const auto *view = qobject_cast<QAbstractItemView *>(widget))
            checkModel(*view, found);
        for (const QAction *action : widget->actions()) {
            *seen += isForeign(action->toolTip()) ? 1 : 0;
            if (isMarkup(action->toolTip()) || isMarkup(action->whatsThis()))
                found.append(name + u": "_s + action->toolTip());
        }
    }
    return found;
}

Session hostileSession(const QString &id)
{
    Session session = sampleSession(id);
    session.title = hostile;
    session.currentUrl = u"https://example.com/"_s + hostile;
    session.profileName = hostile;
    session.persist = true;
    session.error = hostile;
    session.tags = {hostile};
    session.facts = {{hostile, hostile}};
    session.tabs = {{1, hostile, hostile}, {2, hostile, hostile}};
    return session;
}

} // namespace

// What a service says is text, wherever the window shows it: no label, tooltip or delegate guesses
// markup in it, and nothing is loaded because of it.
class tst_PlainText : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void theWindowShowsNoMarkup();
    void dialogsShowNoMarkup_data();
    void dialogsShowNoMarkup();

private:
    std::unique_ptr<WindowDriver> m_driver;
};

void tst_PlainText::init()
{
    m_driver = std::make_unique<WindowDriver>();
    m_driver->connection.name = hostile;
    m_driver->monitor.setConnections({m_driver->connection});
    Session ended = hostileSession(u"ended"_s);
    ended.status = SessionStatus::fromWord(hostile);
    m_driver->service.setSessions({hostileSession(u"one"_s), hostileSession(u"two"_s), ended,
                                   hostileSession(u"all"_s), hostileSession(hostile)});
    QVERIFY(m_driver->start());
    m_driver->window.announce({u"warning"_s, hostile, {}, {}});
}

void tst_PlainText::cleanup()
{
    m_driver.reset();
}

// Fault matrix: W14
void tst_PlainText::theWindowShowsNoMarkup()
{
    int seen = 0;
    QStringList found;
    for (const SessionRow &row : m_driver->model.rows()) {
        m_driver->clickRow(row.key.sessionId); // in the details and the bottom line
        found += markupIn(m_driver->window, &seen);
    }
    m_driver->action(u"showWall"_s).trigger();
    for (QWidget *other : QApplication::topLevelWidgets())
        found += markupIn(*other, &seen);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    QVERIFY2(seen > 10, qPrintable(QString::number(seen)));
}

void tst_PlainText::dialogsShowNoMarkup_data()
{
    QTest::addColumn<QString>("dialog");
    for (const char *name :
         {"terminate one", "terminate several", "new session", "edit", "remove", "failed test"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

// Fault matrix: W14
void tst_PlainText::dialogsShowNoMarkup()
{
    QFETCH(QString, dialog);
    ConnectionCommands &commands = m_driver->window.connectionCommands();
    const QString id = m_driver->connection.id;
    if (dialog.startsWith("terminate"_L1)) {
        m_driver->clickRow(u"one"_s);
        if (dialog.endsWith("several"_L1))
            m_driver->clickRow(u"two"_s, Qt::ControlModifier);
        m_driver->typeIntoTable(Qt::Key_Delete);
    } else if (dialog == u"new session") {
        m_driver->action(u"newSession"_s).trigger();
        emit m_driver->window.createRequested(id, {});
        m_driver->window.showCreationFault({Fault::Kind::ServiceError, hostile, hostile, {}});
    } else if (dialog == u"remove") {
        commands.remove(id);
    } else {
        commands.edit(id);
    }
    QTRY_VERIFY(m_driver->dialog());
    if (dialog == u"failed test") {
        m_driver->click(m_driver->button(*m_driver->dialog(), u"Test"_s));
        commands.showTestResult(false, hostile, hostile);
    }
    int seen = 0;
    const QStringList found = markupIn(*m_driver->dialog(), &seen);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_MAIN(tst_PlainText)
#include "tst_plaintext.moc"
