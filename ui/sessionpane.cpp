#include "ui/sessionpane.h"

#include "ui/sessionview.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

SessionPane::SessionPane(SessionView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_banner(new Banner(this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(view->viewport()))
    , m_stack(new QStackedLayout)
{
    setObjectName(u"sessionPane"_s);
    m_banner->hide();
    m_noMatch->hide();
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addLayout(m_stack, 1);
    auto *overRows = new QVBoxLayout(view->viewport());
    overRows->setContentsMargins(0, 0, 0, 0);
    overRows->addWidget(m_noMatch);

    connect(m_banner, &Banner::actionTriggered, this, &SessionPane::bannerActionTriggered);
    connect(m_empty, &EmptyState::actionTriggered, this, &SessionPane::emptyActionTriggered);
    connect(m_noMatch, &EmptyState::actionTriggered, this, &SessionPane::noMatchActionTriggered);
}

void SessionPane::setBanner(const std::optional<BannerContent> &content)
{
    if (content)
        m_banner->setContent(*content);
    m_banner->setVisible(content.has_value());
}

void SessionPane::showSessions()
{
    m_view->setWaiting(SessionView::Waiting::No);
    m_noMatch->hide();
    m_stack->setCurrentWidget(m_view);
}

void SessionPane::showSkeleton()
{
    showSessions();
    m_view->setWaiting(SessionView::Waiting::ForFirstList);
}

void SessionPane::showEmpty(const EmptyContent &content)
{
    m_empty->setContent(content);
    m_stack->setCurrentWidget(m_empty);
}

void SessionPane::showNoMatch(const EmptyContent &content)
{
    showSessions();
    m_noMatch->setContent(content);
    m_noMatch->show();
}

} // namespace Anchorwatch
