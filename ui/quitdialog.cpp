#include "ui/quitdialog.h"

#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/noteline.h"
#include "ui/profilefate.h"
#include "ui/textlabel.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Anchorwatch {

namespace {

constexpr int dialogWidth = 520;

QString questionFor(int count)
{
    return count == 1
               ? QuitDialog::tr("1 browser is still running on this machine.")
               : QuitDialog::tr("%n browsers are still running on this machine.", nullptr, count);
}

} // namespace

QuitDialog::QuitDialog(const QList<SessionRow> &running, QWidget *parent)
    : Dialog(dialogWidth, parent)
{
    const Metrics metrics;
    const auto count = static_cast<int>(running.size());
    setWindowTitle(tr("Anchorwatch"));
    setAccessibleName(questionFor(count));
    auto *question = new TextLabel(questionFor(count));
    question->setFont(metrics.font(16, QFont::DemiBold));
    question->setWordWrap(true);
    auto *sentence =
        new TextLabel(tr("What is left running is shown again at the next start."), &Theme::text2);
    sentence->setWordWrap(true);
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *leave = new QPushButton(count == 1 ? tr("Leave it running") : tr("Leave them running"));
    auto *end = new QPushButton(count == 1 ? tr("End it") : tr("End them"));
    setControlKind(*end, ControlKind::Danger);

    auto *saved = new NoteLine;
    auto *contested = new NoteLine;
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics.scaled(8));
    buttons->addStretch();
    for (QPushButton *button : {cancel, leave, end})
        buttons->addWidget(button);
    column().addWidget(question);
    column().addWidget(sentence);
    column().addWidget(saved);
    column().addWidget(contested);
    column().addStretch();
    column().addSpacing(metrics.scaled(8));
    column().addLayout(buttons);
    Note note = savedProfilesNote(running);
    if (!note.text.isEmpty())
        note.text = tr("When they end: %1").arg(note.text);
    saved->setNote(note);
    contested->setNote(contestedProfileNote(running));

    connect(cancel, &QPushButton::clicked, this, &QuitDialog::reject);
    connect(leave, &QPushButton::clicked, this, [this] { choose(QuitChoice::LeaveRunning); });
    connect(end, &QPushButton::clicked, this, [this] { choose(QuitChoice::EndThem); });
    cancel->setDefault(true);
    cancel->setFocus();
    keepFromPointer(end);
    fit();
}

void QuitDialog::reject()
{
    QDialog::reject();
    emit chosen(QuitChoice::Cancel);
}

void QuitDialog::choose(QuitChoice choice)
{
    accept();
    emit chosen(choice);
}

} // namespace Anchorwatch
