#include "ui/terminationlist.h"

#include "models/agetext.h"
#include "ui/connectionbadge.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/tabulartext.h"
#include "ui/theme.h"

#include <QAbstractListModel>
#include <QPainter>
#include <QStyledItemDelegate>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowHeight = 44;
constexpr int mostRows = 6;
constexpr int padding = 14;
constexpr int fateStart = 90;
constexpr int badgeGap = 10;
constexpr int stateIconSize = 12;

QString titleOf(const SessionRow &row)
{
    const QString title = row.pageTitle();
    return title.isEmpty() ? TerminationList::tr("Page unknown") : title;
}

QString lineBelow(const TerminationItem &item)
{
    return item.leftOut.isEmpty() ? item.fate
                                  : TerminationList::tr("Left out: %1").arg(item.leftOut);
}

class TerminationModel : public QAbstractListModel
{
public:
    TerminationModel(const Clock &clock, QObject *parent)
        : QAbstractListModel(parent)
        , m_clock(clock)
    {
    }

    // The sessions stay the same from the first call on; what is known of them changes.
    void setItems(const QList<TerminationItem> &items)
    {
        if (items.size() == m_items.size()) {
            m_items = items;
            emit dataChanged(index(0), index(rowCount() - 1));
            return;
        }
        beginResetModel();
        m_items = items;
        endResetModel();
    }

    [[nodiscard]] const TerminationItem &item(const QModelIndex &index) const
    {
        return m_items[index.row()];
    }

    [[nodiscard]] QString age(const QModelIndex &index) const
    {
        const SessionRow &row = item(index).row;
        if (!row.session.createdAt.isValid())
            return {};
        const QDateTime until = row.endedAt.isValid() ? row.endedAt : m_clock.nowUtc();
        return ageText(std::chrono::milliseconds(row.session.createdAt.msecsTo(until)));
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_items.size());
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const TerminationItem &shown = item(index);
        if (role == Qt::DisplayRole)
            return titleOf(shown.row);
        if (role != Qt::AccessibleTextRole)
            return {};
        QStringList said{titleOf(shown.row), shortId(shown.row.session.id), lineBelow(shown),
                         age(index), shown.row.stateText()};
        if (shown.row.connection)
            said.prepend(shown.row.connectionName());
        return said.join(u", "_s);
    }

private:
    const Clock &m_clock;
    QList<TerminationItem> m_items;
};

class TerminationDelegate : public QStyledItemDelegate
{
public:
    explicit TerminationDelegate(const TerminationModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, Metrics().scaled(rowHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Metrics metrics;
        const Theme &theme = Theme::of(option.palette);
        if (index.row() > 0)
            painter->fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                              theme.line);
        const int pad = metrics.scaled(padding);
        QRect content = option.rect.adjusted(pad, 0, -pad, 0);
        if (const auto &connection = m_model.item(index).row.connection) {
            const int width = metrics.scaled(badgeSize.width());
            drawBadge(
                *painter,
                QRect(content.left() - metrics.scaled(2), content.top(), width, content.height()),
                *connection, BadgeLook::Filled, theme, metrics.font(10, QFont::DemiBold));
            content.setLeft(content.left() + width + metrics.scaled(badgeGap));
        }
        const QRect upper(content.left(), content.top() + metrics.scaled(5), content.width(),
                          metrics.scaled(18));
        const QRect lower(content.left(), content.top() + metrics.scaled(22), content.width(),
                          metrics.scaled(16));
        paintUpper(*painter, upper, index, theme);
        paintLower(*painter, lower, index, theme);
    }

private:
    void paintUpper(QPainter &painter, const QRect &line, const QModelIndex &index,
                    const Theme &theme) const
    {
        const Metrics metrics;
        const TerminationItem &item = m_model.item(index);
        const bool ends = item.leftOut.isEmpty();
        const QString age = m_model.age(index);
        painter.setFont(metrics.font(13));
        const int ageWidth = tabularWidth(age, painter.fontMetrics());
        drawTabular(painter, line, age, ends ? theme.text : theme.text3, theme.text3);
        drawElided(painter, line.adjusted(0, 0, -ageWidth - metrics.scaled(padding), 0),
                   Qt::AlignVCenter | Qt::AlignLeft, metrics.font(13, QFont::Medium),
                   ends ? theme.text : theme.text3, titleOf(item.row));
    }

    void paintLower(QPainter &painter, const QRect &line, const QModelIndex &index,
                    const Theme &theme) const
    {
        const Metrics metrics;
        const TerminationItem &item = m_model.item(index);
        const QColor color = theme.stateColor(item.row.state());
        const QFont small = metrics.font(12);
        const QString word = item.row.stateText();
        const int wordWidth = QFontMetrics(small).horizontalAdvance(word);
        drawElided(painter, line, Qt::AlignVCenter | Qt::AlignRight, small, color, word);
        const int px = metrics.scaled(stateIconSize);
        const int shapeLeft = line.right() + 1 - wordWidth - metrics.scaled(6) - px;
        drawIcon(painter, QRect(shapeLeft, line.top(), px, line.height()),
                 stateIcon(item.row.state()), color, px);

        drawElided(painter,
                   QRect(line.left(), line.top(), metrics.scaled(fateStart), line.height()),
                   Qt::AlignVCenter | Qt::AlignLeft, metrics.fixedFont(11), theme.text3,
                   shortId(item.row.session.id));
        const int fateLeft = line.left() + metrics.scaled(fateStart);
        drawElided(painter,
                   QRect(fateLeft, line.top(), shapeLeft - metrics.scaled(padding) - fateLeft,
                         line.height()),
                   Qt::AlignVCenter | Qt::AlignLeft, small,
                   item.leftOut.isEmpty() ? theme.text3 : theme.amber, lineBelow(item));
    }

    const TerminationModel &m_model;
};

} // namespace

TerminationList::TerminationList(const Clock &clock, QWidget *parent)
    : QListView(parent)
{
    auto *model = new TerminationModel(clock, this);
    setModel(model);
    setItemDelegate(new TerminationDelegate(*model, this));
    setAccessibleName(tr("Sessions to terminate"));
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TerminationList::setItems(const QList<TerminationItem> &items)
{
    static_cast<TerminationModel *>(model())->setItems(items);
    updateGeometry();
}

QSize TerminationList::sizeHint() const
{
    const int shown = qMin(model()->rowCount(), mostRows);
    return {QListView::sizeHint().width(), shown * Metrics().scaled(rowHeight)};
}

QSize TerminationList::minimumSizeHint() const
{
    return sizeHint();
}

} // namespace Anchorwatch
