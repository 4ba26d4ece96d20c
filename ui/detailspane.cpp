#include "ui/detailspane.h"

#include "models/agetext.h"
#include "models/sessioncells.h"
#include "models/sessionfigures.h"
#include "models/urltext.h"
#include "ui/detailsheader.h"
#include "ui/factgrid.h"
#include "ui/livepreview.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"
#include "ui/timelineview.h"
#include "ui/urlfield.h"
#include "ui/verticalline.h"
#include "ui/watchingconsent.h"

#include <QLocale>
#include <QScrollArea>
#include <QStackedLayout>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int heightBelow = 214;
constexpr int widthBeside = 408;
constexpr int smallestHeight = 120;
constexpr int smallestWidth = 320;
constexpr int timelineWidth = 236;

std::chrono::milliseconds between(const QDateTime &from, const QDateTime &to)
{
    return std::chrono::milliseconds(from.msecsTo(to));
}

QString dayText(const QDateTime &utc, const QDateTime &nowUtc)
{
    const QDate day = utc.toLocalTime().date();
    const qint64 daysAgo = day.daysTo(nowUtc.toLocalTime().date());
    if (daysAgo == 0)
        return DetailsPane::tr("Today");
    if (daysAgo == 1)
        return DetailsPane::tr("Yesterday");
    return QLocale().toString(day, QLocale::ShortFormat);
}

QString startedText(const SessionRow &row, const QDateTime &nowUtc)
{
    const QDateTime &start = row.session.createdAt;
    if (!start.isValid())
        return {};
    return DetailsPane::tr("%1 %2, %3 ago")
        .arg(dayText(start, nowUtc), secondText(start), ageText(between(start, nowUtc)));
}

QString endedText(const SessionRow &row)
{
    if (!row.endedAt.isValid())
        return {};
    const QString time = secondText(row.endedAt);
    if (!row.session.createdAt.isValid())
        return time;
    return DetailsPane::tr("%1, ran %2")
        .arg(time, ageText(between(row.session.createdAt, row.endedAt)));
}

QString profileText(const SessionRow &row)
{
    if (row.session.profileName.isEmpty())
        return DetailsPane::tr("none");
    const QString name = visibleText(row.session.profileName);
    if (row.termination.profile == Termination::Profile::Saved)
        return DetailsPane::tr("%1, saved").arg(name);
    if (row.termination.profile == Termination::Profile::NotSaved)
        return DetailsPane::tr("%1, not saved").arg(name);
    if (!row.session.persist || row.state() == RowState::Kind::Gone)
        return name;
    return *row.session.persist ? DetailsPane::tr("%1, saved when it ends").arg(name)
                                : DetailsPane::tr("%1, read only").arg(name);
}

Note noteOf(const SessionRow &row)
{
    switch (row.state()) {
    case RowState::Kind::Gone:
        if (row.termination.profile == Termination::Profile::NotSaved)
            return {u"warning"_s, &Theme::amber, row.receipt()};
        return {u"check"_s, &Theme::green, row.receipt()};
    case RowState::Kind::StillRunning:
        return {u"error"_s, &Theme::red, row.termination.reason};
    case RowState::Kind::Terminating:
        return {u"status-terminating"_s, &Theme::amber, row.note()};
    case RowState::Kind::Error:
        return {u"error"_s, &Theme::red, visibleText(row.session.error)};
    case RowState::Kind::Malformed:
        return {u"warning"_s, &Theme::amber, visibleText(row.session.malformed)};
    case RowState::Kind::Stale:
        return {u"warning"_s, &Theme::amber,
                DetailsPane::tr("As of %1, the last time its service answered.")
                    .arg(secondText(row.staleSince))};
    case RowState::Kind::Starting:
    case RowState::Kind::Running:
    case RowState::Kind::Idle:
    case RowState::Kind::Stopped:
    case RowState::Kind::Unknown:
        break;
    }
    return {};
}

} // namespace

DetailsPane::DetailsPane(const SessionTableModel &model, const Clock &clock,
                         WatchingConsent &consent, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_clock(clock)
    , m_consent(consent)
    , m_pages(new QStackedLayout(this))
{
    setAccessibleName(tr("Details"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *empty = new TextLabel(tr("Select a session to see its details."), &Theme::text3);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(buildContent());
    connectParts();
    setOrientation(Qt::Vertical);
}

QWidget *DetailsPane::buildContent()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_header = new DetailsHeader;
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(buildBody());
    // The pane's own ground shows through.
    scroll->viewport()->setAutoFillBackground(false);
    scroll->widget()->setAutoFillBackground(false);
    layout->addWidget(m_header);
    layout->addWidget(scroll, 1);
    return content;
}

QWidget *DetailsPane::buildBody()
{
    const Metrics metrics;
    auto *body = new QWidget;
    m_body = new QBoxLayout(QBoxLayout::LeftToRight, body);
    m_left = new QWidget;
    auto *left = new QVBoxLayout(m_left);
    left->setContentsMargins({});
    left->setSpacing(metrics.scaled(5));
    m_cdp = new UrlField({tr("CDP"), tr("CDP address"), tr("Open DevTools"), u"devtools"_s});
    m_liveView = new UrlField(
        {tr("Live view"), tr("live view address"), tr("Open live view"), u"external"_s});
    QStringList labels;
    labels << tr("Session") << tr("Connection") << tr("Profile") << tr("Tags") << tr("Started")
           << tr("Ended") << tr("Actions") << tr("Error");
    m_facts = new FactGrid(labels);
    m_note = new NoteLine;
    m_note->setTextFont(metrics.font(12));
    left->addWidget(m_cdp);
    left->addWidget(m_liveView);
    left->addSpacing(metrics.scaled(6));
    left->addWidget(m_facts);
    left->addWidget(m_note);
    left->addStretch();
    m_line = new VerticalLine;
    m_right = buildTimeline();
    m_preview = new LivePreview(m_clock);
    m_body->addWidget(m_preview);
    m_body->addWidget(m_left);
    m_body->addWidget(m_line);
    m_body->addWidget(m_right);
    return body;
}

QWidget *DetailsPane::buildTimeline()
{
    const Metrics metrics;
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins({});
    layout->setSpacing(metrics.scaled(2));
    auto *heading = new TextLabel(tr("Timeline"), &Theme::text2);
    heading->setFont(metrics.font(12, QFont::DemiBold));
    m_timeline = new TimelineView(m_clock);
    layout->addWidget(heading);
    layout->addWidget(m_timeline);
    layout->addStretch();
    return column;
}

void DetailsPane::connectParts()
{
    connect(&m_model, &SessionTableModel::rowChanged, this, [this](const SessionKey &changed) {
        if (m_row && changed == m_row->key)
            refresh();
    });
    // Ended sessions are kept as long as they are looked at: one that went otherwise is not watched
    // any more.
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!m_row || m_model.find(m_row->key) || !m_row->isLive())
            return;
        m_row.reset();
        m_preview->setRow({});
        m_pages->setCurrentIndex(0);
    });
    // A row that left may come back.
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &DetailsPane::refresh);
    connect(m_header, &DetailsHeader::liveViewClicked, this,
            [this] { emit openLiveViewRequested(key()); });
    connect(m_header, &DetailsHeader::devToolsClicked, this,
            [this] { emit openDevToolsRequested(key()); });
    connect(m_header, &DetailsHeader::terminateClicked, this,
            [this] { emit terminateRequested(key()); });
    connect(m_header, &DetailsHeader::shapeClicked, this, &DetailsPane::shapeToggled);
    connect(m_header, &DetailsHeader::closeClicked, this, &DetailsPane::closeRequested);
    connect(m_preview, &LivePreview::watchRequested, this, &DetailsPane::watchRequested);
    connect(m_preview, &LivePreview::showRequested, &m_consent, &WatchingConsent::show);
    connect(&m_consent, &WatchingConsent::changed, this, &DetailsPane::refresh);
    connect(m_cdp, &UrlField::openRequested, this, [this] { emit openDevToolsRequested(key()); });
    connect(m_cdp, &UrlField::copyRequested, this,
            [this](const QString &url) { emit copyRequested(url, tr("CDP address copied")); });
    connect(m_liveView, &UrlField::openRequested, this,
            [this] { emit openLiveViewRequested(key()); });
    connect(m_liveView, &UrlField::copyRequested, this, [this](const QString &url) {
        emit copyRequested(url, tr("Live view address copied"));
    });
}

void DetailsPane::setLiveFeedFactory(const LiveFeedFactory &factory)
{
    m_preview->setFactory(factory);
}

SessionKey DetailsPane::key() const
{
    return m_row ? m_row->key : SessionKey();
}

void DetailsPane::showSession(const SessionKey &key)
{
    const SessionRow *row = m_model.find(key);
    if (!row)
        return;
    m_row = *row;
    m_pages->setCurrentIndex(1);
    refresh();
}

void DetailsPane::tick()
{
    if (!m_row)
        return;
    showFacts();
    m_timeline->tick();
    m_preview->tick();
}

void DetailsPane::refresh()
{
    if (!m_row)
        return;
    if (const SessionRow *now = m_model.find(m_row->key))
        m_row = *now;
    m_header->setRow(*m_row);
    m_preview->setRow(*m_row, m_consent.reasonToAsk(m_row->key));
    m_cdp->setUrl(m_row->session.cdpUrl);
    m_cdp->setOpenRefusal(openRefusalOf(*m_row, SessionColumn::Cdp));
    m_liveView->setUrl(m_row->session.liveViewUrl);
    m_liveView->setOpenRefusal(openRefusalOf(*m_row, SessionColumn::LiveView));
    m_note->setNote(noteOf(*m_row));
    m_timeline->setRow(*m_row);
    showFacts();
}

void DetailsPane::showFacts()
{
    const Session &session = m_row->session;
    const bool roomy = m_orientation == Qt::Horizontal;
    m_facts->setValue(SessionId, visibleText(roomy ? session.id : shortId(session.id)));
    m_facts->setValue(OnConnection, m_row->connectionName());
    m_facts->setValue(Profile, profileText(*m_row));
    m_facts->setValue(Tags, visibleText(session.tags.join(u", "_s)));
    m_facts->setValue(Started, startedText(*m_row, m_clock.nowUtc()));
    m_facts->setValue(Ended, endedText(*m_row));
    m_facts->setValue(Actions,
                      session.actionCount ? QString::number(*session.actionCount) : QString());
    const bool inNote = m_row->state() == RowState::Kind::Error;
    m_facts->setValue(Error, inNote ? QString() : maskedText(session.error));
    m_facts->setFurther(figureFacts(session) + session.facts);
}

void DetailsPane::setOrientation(Qt::Orientation orientation)
{
    const Metrics metrics;
    m_orientation = orientation;
    const bool below = orientation == Qt::Vertical;
    const auto direction = below ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    m_header->setOrientation(orientation);
    m_body->setDirection(direction);
    m_body->setSpacing(metrics.scaled(below ? 24 : 16));
    m_body->setContentsMargins(metrics.scaled(below ? 16 : 18), metrics.scaled(below ? 4 : 6),
                               metrics.scaled(12), metrics.scaled(below ? 4 : 12));
    m_body->setStretchFactor(m_left, below ? 1 : 0);
    m_body->setStretchFactor(m_right, below ? 0 : 1);
    m_right->setFixedWidth(below ? metrics.scaled(timelineWidth) : QWIDGETSIZE_MAX);
    if (!below)
        m_right->setMinimumWidth(0);
    m_line->setVisible(below);
    m_cdp->setLabelPlace(direction);
    m_liveView->setLabelPlace(direction);
    m_facts->setColumns(below ? 2 : 1);
    m_facts->setValueFont(SessionId, metrics.fixedFont(12));
    updateGeometry();
    if (m_row)
        showFacts();
}

QSize DetailsPane::sizeHint() const
{
    const Metrics metrics;
    return {metrics.scaled(widthBeside), metrics.scaled(heightBelow)};
}

QSize DetailsPane::minimumSizeHint() const
{
    const Metrics metrics;
    return {metrics.scaled(smallestWidth), metrics.scaled(smallestHeight)};
}

} // namespace Anchorwatch
