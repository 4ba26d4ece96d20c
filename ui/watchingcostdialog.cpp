#include "ui/watchingcostdialog.h"

#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace Anchorwatch {

namespace {

constexpr int dialogWidth = 520;

} // namespace

WatchingCostDialog::WatchingCostDialog(const QString &cost, QWidget *parent)
    : Dialog(dialogWidth, parent)
{
    const Metrics metrics;
    setWindowTitle(tr("Anchorwatch"));
    auto *question = new TextLabel(tr("Watching is not free here"));
    question->setFont(metrics.font(16, QFont::DemiBold));
    auto *sentence = new TextLabel(cost, &Theme::text2);
    sentence->setWordWrap(true);
    setAccessibleName(question->text());
    setAccessibleDescription(cost);

    auto *cancel = new QPushButton(tr("Cancel"));
    auto *goOn = new QPushButton(tr("Open it"));
    setControlKind(*goOn, ControlKind::Primary);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(goOn, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics.scaled(8));
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(goOn);

    column().setSpacing(0);
    column().addWidget(question);
    column().addSpacing(metrics.scaled(8));
    column().addWidget(sentence);
    column().addStretch();
    column().addSpacing(metrics.scaled(20));
    column().addLayout(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
    fit();
}

} // namespace Anchorwatch
