#pragma once

#include "app/monitor.h"
#include "models/clock.h"
#include "models/sessiontablemodel.h"
#include "tests/fakes/fakesessionsservice.h"
#include "ui/mainwindow.h"
#include "ui/sessionview.h"

#include <QAbstractButton>
#include <QDialog>
#include <QTest>

namespace Anchorwatch {

// The real window over a fake service, driven as a person drives it: by what is written on
// controls, by clicks and by keys. What it would have opened in a browser is recorded.
class WindowDriver : public QObject
{
    Q_OBJECT

public:
    explicit WindowDriver(Connection::Kind kind = Connection::Kind::Service);

    // Shows the window and waits for the first list.
    [[nodiscard]] bool start();

    [[nodiscard]] SessionView &view() { return window.view(); }
    [[nodiscard]] SessionKey key(const QString &id) const { return {connection.id, id}; }
    // An index of the view; not valid when the row is filtered or gone.
    [[nodiscard]] QModelIndex index(const QString &id, SessionColumn column = {});
    [[nodiscard]] QString text(const QString &id, SessionColumn column);
    [[nodiscard]] RowState::Kind state(const QString &id);
    [[nodiscard]] QString note(const QString &id);

    void clickRow(const QString &id, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    // False when the cell shows no such button.
    [[nodiscard]] bool clickCellButton(const QString &id, SessionColumn column, CellButton button);
    void typeIntoTable(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void typeFilter(const QString &expression);
    [[nodiscard]] QAction &action(const QString &name);

    // The dialog that is open, or nullptr.
    [[nodiscard]] QDialog *dialog();
    // A button, by what is written on it; nullptr when there is none on screen.
    [[nodiscard]] QAbstractButton *button(QWidget &in, const QString &text);
    void click(QWidget *widget);

    FakeSessionsService service;
    SystemClock clock;
    Connection connection;
    SessionTableModel model;
    ConnectionListModel connections;
    QList<QUrl> opened;
    bool opens = true; // whether the desktop can open addresses
    MainWindow window;
    Monitor monitor;
    int quits = 0; // how often the program would have ended
};

} // namespace Anchorwatch
