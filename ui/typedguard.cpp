#include "ui/typedguard.h"

#include "ui/metrics.h"
#include "ui/noteline.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int nameWidth = 240;
constexpr int countWidth = 96;

bool isProtected(const SessionRow &row)
{
    return row.guard() == Connection::Guard::Protected;
}

} // namespace

TypedGuard::TypedGuard(Word word, QWidget *parent)
    : QWidget(parent)
    , m_word(word)
    , m_note(new NoteLine)
    , m_typed(new QLineEdit)
{
    const Metrics metrics;
    m_typed->setObjectName(u"typedToConfirm"_s);
    m_typed->setFixedWidth(metrics.scaled(word == Word::Name ? nameWidth : countWidth));
    auto *indented = new QHBoxLayout;
    indented->setContentsMargins(metrics.scaled(24), 0, 0, 0);
    indented->addWidget(m_typed);
    indented->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics.scaled(8));
    layout->addWidget(m_note);
    layout->addLayout(indented);
    connect(m_typed, &QLineEdit::textChanged, this, &TypedGuard::edited);
    setVisible(false);
}

void TypedGuard::setEnding(const QList<SessionRow> &rows)
{
    m_wanted = wordFor(rows);
    const QString sentence = sentenceFor(rows);
    m_note->setNote({u"lock"_s, &Theme::text2, sentence, &Theme::red});
    m_typed->setAccessibleName(sentence);
    setVisible(!m_wanted.isEmpty());
}

bool TypedGuard::isOpen() const
{
    return m_wanted.isEmpty() || m_typed->text().trimmed() == m_wanted;
}

QString TypedGuard::wordFor(const QList<SessionRow> &rows) const
{
    if (std::none_of(rows.cbegin(), rows.cend(), isProtected))
        return {};
    const QString name = rows.constFirst().connectionName().trimmed();
    return m_word == Word::Name && !name.isEmpty() ? name : QString::number(rows.size());
}

QString TypedGuard::sentenceFor(const QList<SessionRow> &rows) const
{
    if (m_wanted.isEmpty())
        return {};
    if (m_word == Word::Name && m_wanted != "1"_L1)
        return tr("It is on %1, a protected connection. Type that name to go on.").arg(m_wanted);
    QStringList names;
    for (const SessionRow &row : rows) {
        if (isProtected(row) && !names.contains(row.connectionName()))
            names.append(row.connectionName());
    }
    const auto count = std::count_if(rows.cbegin(), rows.cend(), isProtected);
    const QString where = names.size() == 1
                              ? tr("on %1, a protected connection").arg(names.constFirst())
                              : tr("on protected connections: %1").arg(names.join(u", "_s));
    return count == 1 ? tr("1 session is %1. Type %2 to go on.").arg(where, m_wanted)
                      : tr("%1 sessions are %2. Type %3 to go on.")
                            .arg(QString::number(count), where, m_wanted);
}

} // namespace Anchorwatch
