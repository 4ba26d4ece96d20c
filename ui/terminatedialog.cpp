#include "ui/terminatedialog.h"

#include "models/urltext.h"
#include "ui/controlkind.h"
#include "ui/listframe.h"
#include "ui/metrics.h"
#include "ui/profilefate.h"
#include "ui/terminationlist.h"
#include "ui/textlabel.h"
#include "ui/typedguard.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int widthForOne = 520;
constexpr int widthForSeveral = 540;

} // namespace

TerminateDialog::TerminateDialog(const QList<SessionRow> &rows, const Clock &clock, QWidget *parent)
    : Dialog(rows.size() == 1 ? widthForOne : widthForSeveral, parent)
{
    Q_ASSERT(!rows.isEmpty());
    setWindowTitle(tr("Anchorwatch"));
    for (const SessionRow &row : rows)
        m_entries.append({row, row.isLive()});
    build(clock);
    refresh();
}

void TerminateDialog::build(const Clock &clock)
{
    const Metrics metrics;
    m_question = new TextLabel;
    m_question->setFont(metrics.font(16, QFont::DemiBold));
    m_sentence = new TextLabel({}, &Theme::text2);
    m_question->setWordWrap(true);
    m_sentence->setWordWrap(true);
    m_list = new TerminationList(clock);
    m_profiles = new NoteLine;
    m_contest = new NoteLine;
    m_leftOut = new NoteLine;
    m_guard = new TypedGuard(isSingle() ? TypedGuard::Word::Name : TypedGuard::Word::Count);
    column().setSpacing(0);
    column().addWidget(m_question);
    column().addSpacing(metrics.scaled(8));
    column().addWidget(m_sentence);
    column().addSpacing(metrics.scaled(14));
    column().addWidget(new ListFrame(m_list));
    for (NoteLine *note : {m_profiles, m_contest, m_leftOut}) {
        note->setContentsMargins(0, metrics.scaled(12), 0, 0);
        column().addWidget(note);
    }
    m_guard->setContentsMargins(0, metrics.scaled(12), 0, 0);
    column().addWidget(m_guard);
    connect(m_guard, &TypedGuard::edited, this, &TerminateDialog::checkTyped);
    column().addStretch();
    column().addSpacing(metrics.scaled(20));

    auto *cancel = new QPushButton(tr("Cancel"));
    m_terminate = new QPushButton;
    setControlKind(*m_terminate, ControlKind::Danger);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_terminate, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics.scaled(8));
    if (isSingle() && m_entries.constFirst().row.guard() == Connection::Guard::Normal) {
        m_dontAsk = new QCheckBox(tr("Don't ask again for one session"));
        buttons->addWidget(m_dontAsk);
    }
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_terminate);
    column().addLayout(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
    keepFromPointer(m_terminate);
}

void TerminateDialog::updateRow(const SessionRow &row)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &known) { return known.row.key == row.key; });
    if (entry == m_entries.end() || entry->row == row)
        return;
    entry->isOver = entry->isOver || (entry->wasLive && !row.isLive())
                    || !isSameSession(entry->row.session, row.session);
    entry->row = row;
    refresh();
}

QList<SessionKey> TerminateDialog::keysToTerminate() const
{
    QList<SessionKey> keys;
    for (const SessionRow &row : targets())
        keys.append(row.key);
    return keys;
}

bool TerminateDialog::dontAskAgain() const
{
    return m_dontAsk && m_dontAsk->isChecked();
}

QString TerminateDialog::leftOut(const Entry &entry)
{
    if (entry.isOver)
        return tr("It has ended meanwhile.");
    return entry.row.terminateRefusal();
}

QList<SessionRow> TerminateDialog::targets() const
{
    QList<SessionRow> rows;
    for (const Entry &entry : m_entries) {
        if (leftOut(entry).isEmpty())
            rows.append(entry.row);
    }
    return rows;
}

// One session says in a sentence below what happens to its profile, so its row shows the page.
QString TerminateDialog::fate(const Entry &entry) const
{
    return isSingle() ? withoutScheme(visibleText(entry.row.session.currentUrl))
                      : profileFate(entry.row);
}

QString TerminateDialog::question(int count) const
{
    if (isSingle())
        return tr("Terminate session %1?")
            .arg(visibleText(shortId(m_entries.constFirst().row.session.id)));
    return count == 1 ? tr("Terminate 1 session?") : tr("Terminate %n sessions?", nullptr, count);
}

QString TerminateDialog::sentence(const QList<SessionRow> &ending) const
{
    if (ending.isEmpty() && isSingle())
        return tr("There is nothing to terminate any more: %1")
            .arg(leftOut(m_entries.constFirst()));
    if (ending.isEmpty())
        return tr("There is nothing to terminate any more.");
    const bool anyLive = std::any_of(ending.cbegin(), ending.cend(),
                                     [](const SessionRow &row) { return row.isLive(); });
    if (!anyLive)
        return ending.size() == 1
                   ? tr("Its browser has ended already. The session is taken off the list.")
                   : tr("Their browsers have ended already. The sessions are taken off the list.");
    return ending.size() == 1 ? tr("The browser closes now and anything connected to it over CDP "
                                   "is disconnected. This cannot be undone.")
                              : tr("The browsers close now and anything connected to them over "
                                   "CDP is disconnected. This cannot be undone.");
}

void TerminateDialog::checkTyped()
{
    m_terminate->setEnabled(!targets().isEmpty() && m_guard->isOpen());
}

void TerminateDialog::refresh()
{
    QList<TerminationItem> items;
    for (const Entry &entry : std::as_const(m_entries))
        items.append({entry.row, fate(entry), leftOut(entry)});
    m_list->setItems(items);

    const QList<SessionRow> ending = targets();
    const auto count = static_cast<int>(ending.size());
    m_question->setText(question(count));
    setAccessibleName(m_question->text());
    m_sentence->setText(sentence(ending));
    m_profiles->setNote(isSingle() && count == 1 ? profileNote(ending.constFirst())
                                                 : savedProfilesNote(ending));
    m_contest->setNote(contestedProfileNote(ending));
    m_leftOut->setNote({u"info"_s, &Theme::text2, leftOutSentence(count)});
    m_terminate->setText(count == 1 || isSingle() ? tr("Terminate session")
                                                  : tr("Terminate %n sessions", nullptr, count));
    m_guard->setEnding(ending);
    checkTyped();
    fit();
}

QString TerminateDialog::leftOutSentence(int count) const
{
    const auto left = static_cast<int>(m_entries.size()) - count;
    if (left == 0 || isSingle())
        return {};
    return left == 1 ? tr("1 session is left out; its row says why.")
                     : tr("%n sessions are left out; their rows say why.", nullptr, left);
}

} // namespace Anchorwatch
