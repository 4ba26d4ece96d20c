#pragma once

#include "models/connection.h"
#include "models/session.h"

#include <QObject>
#include <QPersistentModelIndex>

#include <vector>

namespace Anchorwatch {

class SessionProxyModel;
class SessionView;
class TabsPanel;
struct SessionRow;

// Which sessions of the table are opened to their tabs. Makes their rows taller and keeps a panel
// in each, under its cells, wherever sorting and filtering put it. A session that is down to one
// tab, or has ended, closes by itself. Costs nothing for the others.
class OpenTabs : public QObject
{
    Q_OBJECT

public:
    // Both outlive it.
    OpenTabs(SessionView &view, SessionProxyModel &model);

    [[nodiscard]] bool isOpen(const SessionKey &key) const;
    void toggle(const SessionKey &key);
    // After anything has moved.
    void place();

signals:
    void liveViewRequested(const Anchorwatch::SessionKey &key, int tab);
    void closeRequested(const Anchorwatch::SessionKey &key, const Anchorwatch::SessionTab &tab);

private:
    struct Opened
    {
        SessionKey key;
        TabsPanel *panel;
        QPersistentModelIndex row; // the one that was made taller
    };

    void open(const SessionKey &key);
    void close(const SessionKey &key);
    void refresh();
    void show(Opened &opened, const SessionRow &row);
    void placeOne(Opened &opened);
    void setHeight(const QPersistentModelIndex &row, int height);

    SessionView &m_view;
    SessionProxyModel &m_model;
    std::vector<Opened> m_opened;
    bool m_isPlacing = false;
};

} // namespace Anchorwatch
