#include "ui/ageticker.h"

#include "models/sessionproxymodel.h"
#include "ui/sessionview.h"

#include <QEvent>

#include <chrono>

namespace Anchorwatch {

using namespace std::chrono_literals;

AgeTicker::AgeTicker(SessionView &view, const SessionProxyModel &model)
    : QObject(&view)
    , m_view(view)
    , m_model(model)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &AgeTicker::tick);
    view.installEventFilter(this);
}

bool AgeTicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        m_timer.start();
    else if (event->type() == QEvent::Hide)
        m_timer.stop();
    return QObject::eventFilter(watched, event);
}

void AgeTicker::tick()
{
    if (m_view.window()->isMinimized()
        || m_view.isColumnHidden(static_cast<int>(SessionColumn::Age)))
        return;
    QHash<SessionKey, QString> ages;
    const QList<SessionKey> keys = m_view.keysOnScreen();
    for (const SessionKey &key : keys) {
        const QModelIndex cell = m_model.indexOf(key, SessionColumn::Age);
        const QString age = cell.data().toString();
        if (m_ages.value(key) != age)
            m_view.viewport()->update(m_view.visualRect(cell));
        ages.insert(key, age);
    }
    m_ages = ages;
}

} // namespace Anchorwatch
