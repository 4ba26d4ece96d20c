#include "ui/secretfield.h"

#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/noteline.h"
#include "ui/shapes.h"
#include "ui/textlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

#include <algorithm>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

using Store = SecretReference::Store;

namespace {

// An HTTP header takes visible ASCII and spaces (RFC 9110, section 5.5).
bool fitsHeader(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F; });
}

// ANCHOR_API_KEY is what Anchor's own tools read.
QString usualVariable(SecretField::Purpose purpose)
{
    return purpose == SecretField::Purpose::ApiKey ? u"ANCHOR_API_KEY"_s : u"GRID_PASSWORD"_s;
}

bool isVariableName(const QString &text)
{
    static const QRegularExpression name(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    return name.match(text).hasMatch();
}

} // namespace

SecretField::SecretField(QWidget *parent)
    : QWidget(parent)
    , m_store(new QComboBox)
    , m_secret(new QLineEdit)
    , m_variable(new QLineEdit)
    , m_hint(new TextLabel({}, &Theme::text3))
    , m_elsewhere(new QPushButton(tr("Change")))
    , m_keychainNote(new NoteLine)
    , m_error(new NoteLine)
{
    const Metrics metrics;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics.scaled(4));
    column->addWidget(fieldRow());
    column->addWidget(m_error);
    column->addWidget(hintRow());
    column->addWidget(m_keychainNote);
    m_keychainNote->setTextFont(metrics.font(12));
    m_error->setTextFont(metrics.font(12));
    fillStores();
    setPurpose(Purpose::ApiKey);

    connect(m_elsewhere, &QPushButton::clicked, this, [this] {
        m_store->setVisible(true);
        m_store->setFocus(Qt::OtherFocusReason);
        refresh();
    });
    connect(m_store, &QComboBox::currentIndexChanged, this, &SecretField::refresh);
    connect(m_secret, &QLineEdit::textChanged, this, &SecretField::refresh);
    connect(m_variable, &QLineEdit::textChanged, this, &SecretField::refresh);
}

// The place stands before what is typed: it decides what that is.
QWidget *SecretField::fieldRow()
{
    const Metrics metrics;
    m_store->setAccessibleName(tr("Where it is kept"));
    m_store->setVisible(false);
    m_secret->setEchoMode(QLineEdit::Password);
    m_variable->setFont(metrics.fixedFont(11));
    m_variable->setAccessibleName(tr("Environment variable"));
    auto *row = new QWidget;
    auto *fields = new QHBoxLayout(row);
    fields->setContentsMargins({});
    fields->setSpacing(metrics.scaled(8));
    fields->addWidget(m_store);
    fields->addWidget(m_secret, 1);
    fields->addWidget(m_variable, 1);
    return row;
}

QWidget *SecretField::hintRow()
{
    const Metrics metrics;
    m_hint->setFont(metrics.font(12));
    m_hint->setWordWrap(true);
    setControlKind(*m_elsewhere, ControlKind::Flat);
    m_elsewhere->setFont(metrics.font(12));
    m_elsewhere->setAccessibleName(tr("Keep elsewhere"));
    m_elsewhere->setToolTip(tr("Keep it elsewhere"));
    m_elsewhere->setFixedSize(textWidth(m_elsewhere->font(), m_elsewhere->text())
                                  + metrics.scaled(14),
                              metrics.scaled(20));
    m_elsewhere->setAutoDefault(false);
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins({});
    line->setSpacing(metrics.scaled(4));
    line->addWidget(m_hint, 1);
    line->addWidget(m_elsewhere, 0, Qt::AlignTop);
    return row;
}

void SecretField::setPurpose(Purpose purpose)
{
    const QString usual = usualVariable(m_purpose);
    m_purpose = purpose;
    m_secret->setAccessibleName(purpose == Purpose::ApiKey ? tr("API key") : tr("Password"));
    if (m_variable->text().isEmpty() || m_variable->text() == usual)
        m_variable->setText(usualVariable(purpose));
    refresh();
}

void SecretField::setKeychainProblem(const QString &reason)
{
    m_keychainProblem = reason;
    fillStores();
    m_store->setVisible(!reason.isEmpty() || m_store->isVisibleTo(this));
    refresh();
}

void SecretField::setKept(const SecretReference &kept)
{
    m_kept = kept;
    m_isKeptValid = kept.store != Store::None;
    if (!kept.variable.isEmpty())
        m_variable->setText(kept.variable);
    fillStores();
    if (const int index = m_store->findData(QVariant::fromValue(kept.store)); index >= 0)
        m_store->setCurrentIndex(index);
    m_store->setVisible(!m_keychainProblem.isEmpty() || store() != Store::Keychain);
    refresh();
}

void SecretField::setKeptValid(bool valid)
{
    if (valid == m_isKeptValid)
        return;
    m_isKeptValid = valid;
    refresh();
}

// Without a keychain it is no choice, unless the secret is in it already and can stay there.
void SecretField::fillStores()
{
    const Store chosen = m_store->currentData().value<Store>();
    const QSignalBlocker blocker(m_store);
    m_store->clear();
    if (m_keychainProblem.isEmpty() || m_kept.store == Store::Keychain)
        m_store->addItem(tr("Desktop keychain"), QVariant::fromValue(Store::Keychain));
    m_store->addItem(tr("This run only"), QVariant::fromValue(Store::ThisRun));
    m_store->addItem(tr("Environment variable"), QVariant::fromValue(Store::Environment));
    m_store->setCurrentIndex(qMax(0, m_store->findData(QVariant::fromValue(chosen))));
}

SecretReference SecretField::reference() const
{
    SecretReference reference;
    if (!hasSecret())
        return reference;
    reference.store = store();
    if (reference.store == Store::Environment)
        reference.variable = m_variable->text().trimmed();
    return reference;
}

QString SecretField::secret() const
{
    if (store() == Store::Environment)
        return {};
    // A key that was copied often brings a space along; in a password it may belong.
    return m_purpose == Purpose::ApiKey ? m_secret->text().trimmed() : m_secret->text();
}

bool SecretField::hasSecret() const
{
    if (store() == Store::Environment)
        return !m_variable->text().trimmed().isEmpty();
    return !secret().isEmpty() || usesKept();
}

Store SecretField::store() const
{
    return m_store->currentData().value<Store>();
}

bool SecretField::usesKept() const
{
    return m_isKeptValid && m_kept.store == store() && store() != Store::Environment
           && secret().isEmpty();
}

bool SecretField::check(Need need)
{
    const QString found = problem(need);
    showProblem(found);
    return found.isEmpty();
}

QString SecretField::problem(Need need) const
{
    const bool isKey = m_purpose == Purpose::ApiKey;
    if (store() == Store::Environment) {
        const QString name = m_variable->text().trimmed();
        if (isVariableName(name))
            return {};
        return name.isEmpty() ? tr("Name the variable.")
                              : tr("A variable's name has letters, digits and underscores, and "
                                   "begins with no digit.");
    }
    if (isKey && !fitsHeader(secret()))
        return tr("An API key has letters, digits and signs of ASCII alone.");
    if (store() == Store::Keychain && !m_keychainProblem.isEmpty() && !secret().isEmpty())
        return tr("The keychain cannot take it now. Choose another place.");
    if (need == Need::Optional || hasSecret())
        return {};
    if (m_kept.store == store() && !m_isKeptValid)
        return isKey ? tr("Type the key again: the kept one is for another address.")
                     : tr("Type the password again: the kept one is for another address.");
    return isKey ? tr("Type the API key.") : tr("Type the password.");
}

void SecretField::focusField()
{
    QLineEdit *field = store() == Store::Environment ? m_variable : m_secret;
    field->setFocus(Qt::OtherFocusReason);
}

QString SecretField::hint() const
{
    switch (store()) {
    case Store::Environment:
        return tr("Read from this variable at each start, sent to this address alone.");
    case Store::ThisRun:
        return tr("Never written to disk: asked for again after the next start.");
    case Store::Keychain:
    case Store::None:
        break;
    }
    return tr("Kept in the desktop keychain, sent to this address alone.");
}

void SecretField::refresh()
{
    const bool fromVariable = store() == Store::Environment;
    m_secret->setVisible(!fromVariable);
    m_variable->setVisible(fromVariable);
    const bool kept = m_isKeptValid && m_kept.store == store();
    m_secret->setPlaceholderText(kept ? tr("Kept, unchanged") : QString());
    m_hint->setText(hint());
    m_elsewhere->setVisible(!m_store->isVisibleTo(this));
    const QString note = m_keychainProblem.isEmpty()
                             ? QString()
                             : tr("The desktop keychain cannot be used: %1").arg(m_keychainProblem);
    m_keychainNote->setNote({u"warning"_s, &Theme::amber, note});
    showProblem({});
    emit changed();
}

void SecretField::showProblem(const QString &problem)
{
    QLineEdit *field = store() == Store::Environment ? m_variable : m_secret;
    for (QLineEdit *each : {m_secret, m_variable}) {
        const bool wrong = each == field && !problem.isEmpty();
        setFieldState(*each, wrong ? FieldState::Wrong : FieldState::Sound);
        each->setAccessibleDescription(wrong ? problem : QString());
    }
    m_error->setNote({u"error"_s, &Theme::red, problem});
}

} // namespace Anchorwatch
