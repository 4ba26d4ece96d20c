#include "ui/quitdialog.h"

#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/noteline.h"
#include "ui/profilefate.h"
#include "ui/textlabel.h"
#include "ui/typedguard.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <iterator>

namespace Anchorwatch {

namespace {

constexpr int dialogWidth = 520;

QString questionFor(int count)
{
    return count == 1
               ? QuitDialog::tr("1 browser is still running on this machine.")
               : QuitDialog::tr("%n browsers are still running on this machine.", nullptr, count);
}

// Sessions of a connection that is only watched, say, stay.
QList<SessionRow> thoseThatEnd(const QList<SessionRow> &running)
{
    QList<SessionRow> ending;
    std::copy_if(running.cbegin(), running.cend(), std::back_inserter(ending),
                 [](const SessionRow &row) { return row.terminateRefusal().isEmpty(); });
    return ending;
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
    auto *guard = new TypedGuard(count == 1 ? TypedGuard::Word::Name : TypedGuard::Word::Count);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics.scaled(8));
    buttons->addStretch();
    for (QPushButton *button : {cancel, leave, end})
        buttons->addWidget(button);
    column().addWidget(question);
    column().addWidget(sentence);
    column().addWidget(saved);
    column().addWidget(contested);
    column().addWidget(guard);
    column().addStretch();
    column().addSpacing(metrics.scaled(8));
    column().addLayout(buttons);
    Note note = savedProfilesNote(running);
    if (!note.text.isEmpty())
        note.text = tr("When they end: %1").arg(note.text);
    saved->setNote(note);
    contested->setNote(contestedProfileNote(running));
    guard->setEnding(thoseThatEnd(running));
    end->setEnabled(guard->isOpen());

    connect(cancel, &QPushButton::clicked, this, &QuitDialog::reject);
    connect(leave, &QPushButton::clicked, this, [this] { choose(QuitChoice::LeaveRunning); });
    connect(guard, &TypedGuard::edited, end, [guard, end] { end->setEnabled(guard->isOpen()); });
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
