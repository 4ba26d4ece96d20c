#include "tests/window/windowdriver.h"

#include "ui/filterbox.h"
#include "ui/sessiondelegate.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Connection connectionTo(const FakeSessionsService &service, Connection::Kind kind)
{
    Connection connection;
    connection.id = u"fake"_s;
    connection.name = u"Fake"_s;
    connection.kind = kind;
    connection.baseUrl = service.url();
    connection.pollInterval = 100ms;
    return connection;
}

} // namespace

WindowDriver::WindowDriver(Connection::Kind kind)
    : connection(connectionTo(service, kind))
    , model(clock)
    , window(model, connections, clock,
             [this](const QUrl &url) {
                 opened.append(url);
                 return opens;
             })
    , monitor(std::nullopt, model, connections, window, clock)
{
    connect(&monitor, &Monitor::readyToQuit, this, [this] {
        ++quits;
        window.allowClosing();
    });
    monitor.setConnections({connection});
}

bool WindowDriver::start()
{
    bool hasList = false;
    connect(&monitor, &Monitor::firstListApplied, this, [&hasList] { hasList = true; });
    window.resize(1280, 800);
    window.show();
    if (!QTest::qWaitForWindowActive(&window))
        return false;
    monitor.start();
    return QTest::qWaitFor([&hasList] { return hasList; });
}

QModelIndex WindowDriver::index(const QString &id, SessionColumn column)
{
    const auto &proxy = *static_cast<SessionProxyModel *>(view().model());
    return proxy.indexOf(key(id), column);
}

QString WindowDriver::text(const QString &id, SessionColumn column)
{
    return index(id, column).data().toString();
}

RowState::Kind WindowDriver::state(const QString &id)
{
    const SessionRow *row = model.find(key(id));
    return row ? row->state() : RowState::Kind::Unknown;
}

QString WindowDriver::note(const QString &id)
{
    const SessionRow *row = model.find(key(id));
    return row ? row->note() : QString();
}

void WindowDriver::clickRow(const QString &id, Qt::KeyboardModifiers modifiers)
{
    const QRect cell = view().visualRect(index(id, SessionColumn::Page));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, modifiers, cell.center());
}

bool WindowDriver::clickCellButton(const QString &id, SessionColumn column, CellButton wanted)
{
    const QModelIndex cell = index(id, column);
    QStyleOptionViewItem option;
    option.initFrom(&view());
    option.widget = &view();
    option.rect = view().visualRect(cell);
    for (const PlacedButton &placed : view().delegate().buttonsIn(option, cell)) {
        if (placed.button != wanted)
            continue;
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, placed.rect.center());
        return true;
    }
    return false;
}

void WindowDriver::typeIntoTable(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    view().setFocus();
    QTest::keyClick(&view(), key, modifiers);
}

void WindowDriver::typeFilter(const QString &expression)
{
    auto *box = window.findChild<FilterBox *>();
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, expression);
}

QAction &WindowDriver::action(const QString &name)
{
    return *window.findChild<QAction *>(name);
}

QDialog *WindowDriver::dialog()
{
    for (auto *dialog : window.findChildren<QDialog *>()) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

QAbstractButton *WindowDriver::button(QWidget &in, const QString &text)
{
    for (auto *button : in.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

void WindowDriver::click(QWidget *widget)
{
    QTest::mouseClick(widget, Qt::LeftButton);
}

} // namespace Anchorwatch
