#pragma once

#include "models/connection.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace Anchorwatch {

class SessionProxyModel;
class SessionView;

// Repaints the age cells of a view once a second: only those on screen whose text changed, and none
// while the view is hidden.
class AgeTicker : public QObject
{
    Q_OBJECT

public:
    // The view owns it, and shows the model.
    AgeTicker(SessionView &view, const SessionProxyModel &model);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tick();

    SessionView &m_view;
    const SessionProxyModel &m_model;
    QTimer m_timer;
    QHash<SessionKey, QString> m_ages; // of the rows on screen, at the last tick
};

} // namespace Anchorwatch
