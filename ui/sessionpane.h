#pragma once

#include "ui/banner.h"
#include "ui/emptystate.h"

#include <QWidget>

#include <optional>

class QStackedLayout;

namespace Anchorwatch {

class SessionView;

// The table with what stands above, over and in place of it: the banner, the skeleton before the
// first list, and the words for when there is nothing to show.
class SessionPane : public QWidget
{
    Q_OBJECT

public:
    // Takes the view over.
    explicit SessionPane(SessionView *view, QWidget *parent = nullptr);

    // Shows a banner above the table, or none.
    void setBanner(const std::optional<BannerContent> &content);

    void showSessions();
    // Before the first list has come.
    void showSkeleton();
    // There are no sessions at all: the header goes too.
    void showEmpty(const EmptyContent &content);
    // There are, but the filter lets none through: the header stays.
    void showNoMatch(const EmptyContent &content);

    [[nodiscard]] SessionView &view() const { return *m_view; }
    [[nodiscard]] const Banner &banner() const { return *m_banner; }

signals:
    void bannerActionTriggered(int action);
    void emptyActionTriggered();
    void noMatchActionTriggered();

private:
    SessionView *m_view;
    Banner *m_banner;
    EmptyState *m_empty;
    EmptyState *m_noMatch; // over the view's rows
    QStackedLayout *m_stack;
};

} // namespace Anchorwatch
