#include "ui/viewers.h"

#include "models/watchingurl.h"
#include "ui/viewerwindow.h"

namespace Anchorwatch {

Viewers::Viewers(const SessionTableModel &model, const Clock &clock, SessionCommands &commands,
                 QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_clock(clock)
    , m_commands(commands)
{
}

Viewers::~Viewers()
{
    for (const QPointer<ViewerWindow> &window : std::as_const(m_windows))
        delete window;
}

void Viewers::setFactory(const LiveFeedFactory &factory)
{
    m_factory = factory;
}

bool Viewers::open(const SessionKey &key)
{
    if (ViewerWindow *window = viewerOf(key)) {
        window->show();
        window->raise();
        window->activateWindow();
        return true;
    }
    const SessionRow *row = m_model.find(key);
    if (!m_factory || !row || !row->isLive() || !row->openRefusal().isEmpty()
        || watchingUrl(*row).isEmpty())
        return false;
    auto *window = new ViewerWindow(key, m_model, m_clock, m_commands, m_factory);
    m_windows.insert(key, window);
    if (!m_state.size.isEmpty())
        window->resize(m_state.size);
    window->setKeepsOnTop(m_state.keepsOnTop);
    connect(window, &ViewerWindow::closing, this, [this, window, key] {
        m_state = {window->size(), window->keepsOnTop()};
        m_windows.remove(key);
    });
    window->show();
    return true;
}

ViewerWindow *Viewers::viewerOf(const SessionKey &key) const
{
    return m_windows.value(key);
}

} // namespace Anchorwatch
