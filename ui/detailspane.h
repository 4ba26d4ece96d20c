#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "models/sessiontablemodel.h"
#include "ui/noteline.h"

#include <QWidget>

#include <optional>

class QBoxLayout;
class QScrollArea;
class QStackedLayout;

namespace Anchorwatch {

class DetailsHeader;
class FactGrid;
class LivePreview;
class TextLabel;
class TimelineView;
class UrlField;
class VerticalLine;
class WatchingConsent;

// Everything that is known of one session. It stays on that session while rows come and go, keeps
// the last that was known when its row leaves, and never turns to another by itself.
class DetailsPane : public QWidget
{
    Q_OBJECT

public:
    // Model, clock and consent must outlive it.
    DetailsPane(const SessionTableModel &model, const Clock &clock, WatchingConsent &consent,
                QWidget *parent = nullptr);

    void setLiveFeedFactory(const LiveFeedFactory &factory);
    // The session it is bound to; empty before the first.
    [[nodiscard]] SessionKey key() const;
    // Where it is, as QSplitter says it: Vertical below the table, Horizontal beside it.
    void setOrientation(Qt::Orientation orientation);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public slots:
    // Ignored when the model has no such session.
    void showSession(const Anchorwatch::SessionKey &key);
    // Brings texts that depend on the time up to date.
    void tick();

signals:
    // In a window of its own.
    void watchRequested(const Anchorwatch::SessionKey &key);
    void openLiveViewRequested(const Anchorwatch::SessionKey &key);
    void openDevToolsRequested(const Anchorwatch::SessionKey &key);
    void terminateRequested(const Anchorwatch::SessionKey &key);
    // `what` says in a few words what is on the clipboard then.
    void copyRequested(const QString &text, const QString &what);
    void closeRequested();
    void shapeToggled();

private:
    enum Fact { SessionId, OnConnection, Profile, Tags, Started, Ended, Actions, Error };

    [[nodiscard]] QWidget *buildContent();
    [[nodiscard]] QWidget *buildBody();
    [[nodiscard]] QWidget *buildTimeline();
    void connectParts();
    void refresh();
    void showFacts();

    const SessionTableModel &m_model;
    const Clock &m_clock;
    WatchingConsent &m_consent;
    std::optional<SessionRow> m_row; // the last that was known
    Qt::Orientation m_orientation = Qt::Vertical;
    QStackedLayout *m_pages;
    DetailsHeader *m_header;
    QBoxLayout *m_body;
    LivePreview *m_preview;
    QWidget *m_left;
    UrlField *m_cdp;
    UrlField *m_liveView;
    FactGrid *m_facts;
    NoteLine *m_note;
    VerticalLine *m_line;
    QWidget *m_right;
    TimelineView *m_timeline;
};

} // namespace Anchorwatch
