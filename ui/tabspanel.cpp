#include "ui/tabspanel.h"

#include "models/urltext.h"
#include "ui/controlkind.h"
#include "ui/elidedlabel.h"
#include "ui/metrics.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Anchorwatch {

namespace {

QString titleOf(const SessionTab &tab)
{
    return tab.title.isEmpty() ? TabsPanel::tr("Untitled page") : visibleText(tab.title);
}

} // namespace

TabsPanel::TabsPanel(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    const Metrics metrics;
    setAccessibleName(tr("Tabs of the session"));
    m_grid->setContentsMargins(metrics.scaled(36), metrics.scaled(6), metrics.scaled(12),
                               metrics.scaled(8));
    m_grid->setHorizontalSpacing(metrics.scaled(12));
    m_grid->setVerticalSpacing(metrics.scaled(4));
    m_grid->setColumnStretch(0, 2);
    m_grid->setColumnStretch(1, 3);
}

void TabsPanel::setTabs(const QList<SessionTab> &tabs)
{
    QList<SessionTab> ordered = tabs;
    std::ranges::sort(ordered, {}, &SessionTab::number);
    const auto isGone = [&ordered](const Line &line) {
        return std::ranges::find(ordered, line.tab.number, &SessionTab::number) == ordered.end();
    };
    for (const Line &line : m_lines) {
        if (!isGone(line))
            continue;
        for (QWidget *part :
             {static_cast<QWidget *>(line.title), static_cast<QWidget *>(line.address),
              static_cast<QWidget *>(line.open), static_cast<QWidget *>(line.close)})
            part->deleteLater();
    }
    std::erase_if(m_lines, isGone);
    for (const SessionTab &tab : std::as_const(ordered)) {
        const auto known = std::ranges::find_if(
            m_lines, [&tab](const Line &line) { return line.tab.number == tab.number; });
        show(known == m_lines.end() ? m_lines.emplace_back(makeLine(tab.number)) : *known, tab);
    }
    arrange();
}

TabsPanel::Line TabsPanel::makeLine(int tab)
{
    Line line{{tab, {}, {}},
              new ElidedLabel({}, &Theme::text),
              new ElidedLabel({}, &Theme::text3),
              new QPushButton(tr("Live view")),
              new QPushButton(tr("Close tab"))};
    setControlKind(*line.open, ControlKind::Small);
    setControlKind(*line.close, ControlKind::Small);
    connect(line.open, &QPushButton::clicked, this, [this, tab] { emit liveViewRequested(tab); });
    connect(line.close, &QPushButton::clicked, this, [this, tab] {
        const auto pressed =
            std::ranges::find_if(m_lines, [tab](const Line &one) { return one.tab.number == tab; });
        if (pressed != m_lines.end())
            emit closeRequested(pressed->tab);
    });
    return line;
}

void TabsPanel::show(Line &line, const SessionTab &tab)
{
    line.tab = tab;
    const QString title = titleOf(tab);
    line.title->setText(title);
    line.address->setText(withoutScheme(visibleText(tab.url)));
    line.open->setAccessibleName(tr("Open the live view of %1").arg(title));
    line.close->setAccessibleName(tr("Close the tab %1; the session goes on").arg(title));
    line.close->setToolTip(tr("Closes this tab. The session goes on."));
}

void TabsPanel::arrange()
{
    for (int row = 0; row < static_cast<int>(m_lines.size()); ++row) {
        const Line &line = m_lines[static_cast<std::size_t>(row)];
        m_grid->addWidget(line.title, row, 0);
        m_grid->addWidget(line.address, row, 1);
        m_grid->addWidget(line.open, row, 2);
        m_grid->addWidget(line.close, row, 3);
    }
    setOpenRefusal(m_openRefusal);
}

void TabsPanel::setOpenRefusal(const QString &refusal)
{
    m_openRefusal = refusal;
    for (const Line &line : m_lines) {
        line.open->setEnabled(refusal.isEmpty());
        line.open->setToolTip(refusal.toHtmlEscaped());
    }
}

QList<QWidget *> TabsPanel::controls() const
{
    QList<QWidget *> controls;
    for (const Line &line : m_lines)
        controls << line.open << line.close;
    return controls;
}

void TabsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit left();
    else
        QWidget::keyPressEvent(event);
}

void TabsPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(0, height() - 1, width(), 1, theme.line);
}

} // namespace Anchorwatch
