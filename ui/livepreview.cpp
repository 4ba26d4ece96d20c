#include "ui/livepreview.h"

#include "models/agetext.h"
#include "models/session.h"
#include "models/urltext.h"
#include "models/watchingurl.h"
#include "ui/livescreen.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int previewWidth = 256;
constexpr int previewHeight = 144;
constexpr std::chrono::milliseconds stillEvery = 2s;

} // namespace

LivePreview::LivePreview(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_screen(new LiveScreen(clock))
    , m_question(new QWidget)
    , m_reason(new TextLabel({}, &Theme::text3))
    , m_badge(new TextLabel({}, &Theme::text2))
    , m_caption(new TextLabel({}, &Theme::text3))
{
    const Metrics metrics;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics.scaled(4));
    m_screen->setFixedSize(metrics.scaled(previewWidth), metrics.scaled(previewHeight));
    m_screen->setGround(&Theme::base);
    m_screen->setCursor(Qt::PointingHandCursor);
    m_screen->setFocusPolicy(Qt::TabFocus);
    m_screen->setToolTip(tr("Click to see it move, double click for a window of its own"));
    m_screen->setEvery(stillEvery);
    m_screen->installEventFilter(this);
    buildQuestion();
    m_caption->setFont(metrics.fixedFont(11));
    m_badge->setFont(metrics.font(11, QFont::DemiBold));
    auto *line = new QHBoxLayout;
    line->setSpacing(metrics.scaled(6));
    line->addWidget(m_badge);
    line->addWidget(m_caption);
    line->addStretch();
    layout->addWidget(m_screen);
    layout->addWidget(m_question);
    layout->addLayout(line);
    layout->addStretch();
    connect(m_screen, &LiveScreen::pictureShown, this, &LivePreview::updateBadge);
    connect(m_screen, &LiveScreen::stateChanged, this, &LivePreview::updateBadge);
    hide();
}

void LivePreview::setFactory(const LiveFeedFactory &factory)
{
    m_factory = factory;
}

void LivePreview::buildQuestion()
{
    const Metrics metrics;
    m_question->setFixedSize(metrics.scaled(previewWidth), metrics.scaled(previewHeight));
    auto *show = new QPushButton(tr("Show preview"));
    m_reason->setFont(metrics.font(12));
    m_reason->setWordWrap(true);
    m_reason->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    auto *layout = new QVBoxLayout(m_question);
    layout->setContentsMargins({});
    layout->setSpacing(metrics.scaled(8));
    layout->addStretch();
    layout->addWidget(show, 0, Qt::AlignHCenter);
    layout->addWidget(m_reason);
    layout->addStretch();
    connect(show, &QPushButton::clicked, this, [this] { emit showRequested(m_key); });
}

void LivePreview::setRow(const SessionRow &row, const QString &reasonToAsk)
{
    const bool canWatch =
        m_factory && row.isLive() && row.openRefusal().isEmpty() && !watchingUrl(row).isEmpty();
    const bool isSame = row.key == m_key && watchingUrl(row) == m_link;
    if (isSame && m_screen->feed() && reasonToAsk.isEmpty())
        return; // one that has ended says so itself
    m_key = row.key;
    m_link = watchingUrl(row);
    m_screen->watch(nullptr);
    setMoving(false);
    const bool asks = canWatch && !reasonToAsk.isEmpty();
    LiveFeed *feed = canWatch && !asks ? m_factory(row, LiveRole::Watch, m_screen) : nullptr;
    m_reason->setText(reasonToAsk);
    m_question->setVisible(asks);
    m_question->setAccessibleDescription(reasonToAsk);
    m_screen->setVisible(!asks);
    setVisible(feed || asks);
    if (feed)
        m_screen->watch(feed);
    updateBadge();
}

void LivePreview::tick()
{
    if (isVisible())
        updateBadge();
}

void LivePreview::setMoving(bool moving)
{
    m_isMoving = moving;
    m_screen->setEvery(moving ? 0ms : stillEvery);
    updateBadge();
}

void LivePreview::updateBadge()
{
    const bool speaks = !m_screen->feed() || !m_screen->words().isEmpty();
    QString badge = m_isMoving ? tr("Live") : tr("Stills");
    if (m_screen->state().kind == LiveState::Kind::Quiet)
        badge = tr("Still page");
    m_badge->setText(badge);
    m_badge->setVisible(!speaks);
    QString caption = visibleText(shortId(m_key.sessionId));
    if (const QDateTime taken = m_screen->takenAt(); taken.isValid())
        caption += u" · "_s + secondText(taken);
    m_caption->setText(caption);
}

QSize LivePreview::sizeHint() const
{
    const Metrics metrics;
    return {metrics.scaled(previewWidth), metrics.scaled(previewHeight + 20)};
}

bool LivePreview::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_screen)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonRelease) {
        if (static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton)
            setMoving(!m_isMoving);
        return true;
    }
    if (event->type() == QEvent::MouseButtonDblClick) {
        emit watchRequested(m_key);
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Space) {
            setMoving(!m_isMoving);
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            emit watchRequested(m_key);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Anchorwatch
