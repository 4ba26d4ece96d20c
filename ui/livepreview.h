#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "models/sessionrow.h"

#include <QWidget>

namespace Anchorwatch {

class LiveScreen;
class TextLabel;

// A small picture of one session in the details: stills, after a click the moving page, after a
// double click a window of its own. Where watching is not free it asks first. It is bound to one
// session and link at a time: at any change the picture is gone before the next is asked for.
class LivePreview : public QWidget
{
    Q_OBJECT

public:
    // The clock must outlive it.
    explicit LivePreview(const Clock &clock, QWidget *parent = nullptr);

    void setFactory(const LiveFeedFactory &factory);
    // Hides itself when the session cannot be watched. With a reason to ask, why watching is not
    // free, nothing is asked of the session before the user wants to see it.
    void setRow(const SessionRow &row, const QString &reasonToAsk = {});
    // Brings the age up to date.
    void tick();
    [[nodiscard]] LiveScreen &screen() const { return *m_screen; }
    [[nodiscard]] bool isMoving() const { return m_isMoving; }

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void watchRequested(const Anchorwatch::SessionKey &key);
    // The user has read the reason, and wants to see it.
    void showRequested(const Anchorwatch::SessionKey &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildQuestion();
    void setMoving(bool moving);
    void updateBadge();

    LiveFeedFactory m_factory;
    SessionKey m_key;
    QString m_link;
    LiveScreen *m_screen;
    QWidget *m_question; // in its place
    TextLabel *m_reason;
    TextLabel *m_badge;
    TextLabel *m_caption;
    bool m_isMoving = false;
};

} // namespace Anchorwatch
