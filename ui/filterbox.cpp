#include "ui/filterbox.h"

#include "ui/controlkind.h"
#include "ui/filterproblem.h"
#include "ui/icons.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int edge = 10; // from the outline to what is inside
constexpr int iconSize = 14;
constexpr int textStart = 29;
constexpr int clearSize = 22;

// A word is wrong until it is whole ("status:" on the way to "status:idle"), so what is wrong is
// said when the typing stops.
constexpr auto typingPause = 400ms;

} // namespace

FilterBox::FilterBox(QWidget *parent)
    : QLineEdit(parent)
    , m_clear(new QToolButton(this))
{
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: words, status:idle, age>30m"));
    m_clear->setIcon(themedIcon(u"clear"_s));
    m_clear->setAccessibleName(tr("Clear the filter"));
    m_clear->setToolTip(tr("Clear the filter"));
    m_clear->setAutoRaise(true);
    m_clear->setFocusPolicy(Qt::NoFocus); // Esc does the same
    m_clear->setCursor(Qt::ArrowCursor);
    m_clear->hide();
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::showProblem);
    connect(m_clear, &QToolButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, &FilterBox::parse);
    arrange();
}

FilterBox::~FilterBox() = default;

void FilterBox::takeFocus()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void FilterBox::setCounts(int shown, int all)
{
    if (shown == m_shown && all == m_all)
        return;
    m_shown = shown;
    m_all = all;
    if (m_problem.what.isEmpty())
        describeCounts();
    arrange();
    update();
}

void FilterBox::parse()
{
    arrange();
    const QString typed = text().trimmed();
    const auto parsed = SessionFilter::parse(typed);
    if (const auto *problem = std::get_if<SessionFilter::Problem>(&parsed)) {
        m_problem = *problem;
        if (m_problemBox && m_problemBox->isVisible())
            showProblem();
        else
            m_pause.start();
        return;
    }
    m_problem = {};
    m_pause.stop();
    describeCounts();
    setFieldState(*this, FieldState::Sound);
    if (m_problemBox)
        m_problemBox->hide();
    if (typed == m_shownExpression)
        return;
    m_shownExpression = typed;
    emit filterChanged(std::get<SessionFilter>(parsed));
}

void FilterBox::showProblem()
{
    m_pause.stop();
    const QString still = m_shownExpression.isEmpty()
                              ? tr("The list still shows all sessions.")
                              : tr("The list still shows %1.").arg(m_shownExpression);
    setFieldState(*this, FieldState::Wrong);
    setAccessibleDescription(m_problem.what + u". "_s + m_problem.hint + u' ' + still);
    if (!m_problemBox)
        m_problemBox = new FilterProblem(*this);
    m_problemBox->say(m_problem.what, m_problem.hint + u' ' + still);
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    const bool wrong = !m_problem.what.isEmpty();
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            emit escapeToTable();
        else
            clear();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        if (wrong)
            showProblem();
        else
            emit escapeToTable();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void FilterBox::describeCounts()
{
    setAccessibleDescription(tr("%1 of %2 sessions are shown").arg(m_shown).arg(m_all));
}

QString FilterBox::countText() const
{
    if (m_all == 0)
        return {};
    return text().isEmpty() ? QString::number(m_all) : tr("%1 of %2").arg(m_shown).arg(m_all);
}

QFont FilterBox::countFont() const
{
    return Metrics().font(12);
}

// Keeps the room for icon, count and clear button free of text.
void FilterBox::arrange()
{
    const Metrics metrics;
    const int clear = metrics.scaled(clearSize);
    m_clear->setVisible(!text().isEmpty());
    const int inset = (height() - clear) / 2;
    m_clear->setGeometry(QStyle::visualRect(layoutDirection(), rect(),
                                            {width() - inset - clear, inset, clear, clear}));
    const int count = QFontMetrics(countFont()).horizontalAdvance(countText());
    const int before = metrics.scaled(textStart) - metrics.scaled(edge);
    const int after = count + metrics.scaled(edge) + (text().isEmpty() ? 0 : clear);
    if (layoutDirection() == Qt::RightToLeft)
        setTextMargins(after, 0, before, 0);
    else
        setTextMargins(before, 0, after, 0);
}

void FilterBox::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Metrics metrics;
    const Theme &theme = Theme::of(palette());
    const int px = metrics.scaled(iconSize);
    const auto placed = [this](const QRect &place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    drawIcon(painter, placed({metrics.scaled(edge), 0, px, height()}), u"search"_s, theme.text2,
             px);
    const int right =
        width() - metrics.scaled(edge) - (m_clear->isVisible() ? metrics.scaled(clearSize) : 0);
    const int count = QFontMetrics(countFont()).horizontalAdvance(countText()) + 1;
    drawElided(painter, placed({right - count, 0, count, height()}),
               Qt::AlignVCenter | Qt::AlignRight, countFont(), theme.text3, countText());
}

void FilterBox::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    arrange();
}

void FilterBox::hideEvent(QHideEvent *event)
{
    QLineEdit::hideEvent(event);
    m_pause.stop();
    if (m_problemBox)
        m_problemBox->hide();
}

} // namespace Anchorwatch
