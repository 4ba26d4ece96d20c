#include "ui/logdialog.h"

#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace Anchorwatch {

namespace {

constexpr int dialogWidth = 760;
constexpr int logHeight = 320;

} // namespace

LogDialog::LogDialog(const QString &text, const QString &place, QWidget *parent)
    : Dialog(dialogWidth, parent)
{
    const Metrics metrics;
    setWindowTitle(tr("Log of the local service"));
    auto *log = new QPlainTextEdit(text);
    log->setReadOnly(true);
    log->setLineWrapMode(QPlainTextEdit::NoWrap);
    log->setFont(metrics.fixedFont(12));
    log->setFixedHeight(metrics.scaled(logHeight));
    log->setAccessibleName(windowTitle());
    auto *where = new TextLabel(place, &Theme::text3);
    where->setWordWrap(true);
    auto *close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    column().addWidget(log);
    column().addWidget(where);
    column().addLayout(buttons);
    close->setDefault(true);
    close->setFocus();
    fit();
    log->verticalScrollBar()->setValue(log->verticalScrollBar()->maximum());
}

} // namespace Anchorwatch
