#include "ui/keylistdialog.h"

#include "ui/listframe.h"
#include "ui/metrics.h"
#include "ui/shapes.h"
#include "ui/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int dialogWidth = 560;
constexpr int mostRows = 18; // then it scrolls
constexpr int rowHeight = 28;
constexpr int padding = 14;

struct KeyLine
{
    QString what;
    QString keys;
};

QString nativeText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(u", "_s);
}

// What the table and the filter box do with keys of their own.
QList<KeyLine> ownKeys()
{
    const auto text = [](const auto &key) {
        return QKeySequence(key).toString(QKeySequence::NativeText);
    };
    return {
        {KeyListDialog::tr("Table: move over rows, cells and the buttons in cells"),
         KeyListDialog::tr("Arrow keys")},
        {KeyListDialog::tr("Table: press the button that has the focus"), text(Qt::Key_Space)},
        {KeyListDialog::tr("Table: select more rows"), KeyListDialog::tr("Shift+Arrow keys")},
        {KeyListDialog::tr("Table: select all rows"), text(QKeySequence::SelectAll)},
        {KeyListDialog::tr("Table: menu of the current row"),
         nativeText({QKeySequence(Qt::Key_Menu), QKeySequence(Qt::SHIFT | Qt::Key_F10)})},
        {KeyListDialog::tr("Filter: clear it; again: back to the table"), text(Qt::Key_Escape)},
        {KeyListDialog::tr("Filter: to the table"),
         nativeText({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Down)})},
    };
}

QList<KeyLine> linesOf(const QList<QAction *> &actions)
{
    QList<KeyLine> lines;
    for (const QAction *action : actions) {
        if (!action->shortcuts().isEmpty())
            lines.append({action->text().remove(u'&'), nativeText(action->shortcuts())});
    }
    return lines + ownKeys();
}

class KeyDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        return {option.fontMetrics.horizontalAdvance(text) + 2 * Metrics().scaled(padding) + 1,
                Metrics().scaled(rowHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const int pad = Metrics().scaled(padding);
        if (index.row() > 0)
            painter->fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                              theme.line);
        drawElided(*painter, option.rect.adjusted(pad, 0, -pad, 0),
                   Qt::AlignVCenter | Qt::AlignLeft, option.font,
                   index.column() == 0 ? theme.text : theme.text2, index.data().toString());
    }
};

QTableWidget *makeTable(const QList<KeyLine> &lines)
{
    const Metrics metrics;
    auto *table = new QTableWidget(static_cast<int>(lines.size()), 2);
    table->setAccessibleName(KeyListDialog::tr("Keys"));
    for (int row = 0; row < lines.size(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(lines[row].what));
        table->setItem(row, 1, new QTableWidgetItem(lines[row].keys));
    }
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setItemDelegate(new KeyDelegate(table));
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(metrics.scaled(rowHeight));
    table->horizontalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    table->setFixedHeight(qMin(table->rowCount(), mostRows) * metrics.scaled(rowHeight));
    return table;
}

} // namespace

KeyListDialog::KeyListDialog(const QList<QAction *> &actions, QWidget *parent)
    : Dialog(dialogWidth, parent)
{
    setWindowTitle(tr("Keys"));
    auto *close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    auto *table = makeTable(linesOf(actions));
    column().addWidget(new ListFrame(table));
    column().addLayout(buttons);
    close->setDefault(true);
    table->setFocus();
    fit();
}

} // namespace Anchorwatch
