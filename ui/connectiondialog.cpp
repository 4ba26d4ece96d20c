#include "ui/connectiondialog.h"

#include "models/connectionaddress.h"
#include "models/connectionwords.h"
#include "ui/certificatechoice.h"
#include "ui/colorchoice.h"
#include "ui/controlkind.h"
#include "ui/guardchoice.h"
#include "ui/icons.h"
#include "ui/kindchoice.h"
#include "ui/metrics.h"
#include "ui/noteline.h"
#include "ui/resultbox.h"
#include "ui/secretfield.h"
#include "ui/textlabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QUuid>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Connection::Kind;
using Guard = Connection::Guard;

namespace {

constexpr int dialogWidth = 560;
constexpr int labelWidth = 104;
constexpr int fieldHeight = 30;
constexpr int badgeFieldWidth = 56;
constexpr int rowGap = 10;
constexpr int longestName = 64;
constexpr int longestInterval = 3600; // s

// What tells connections apart at a glance and how often they bear to be asked, unless the user
// says otherwise.
Connection::Color usualColor(Kind kind)
{
    switch (kind) {
    case Kind::Service:
        return Connection::Color::Blue;
    case Kind::Anchor:
        return Connection::Color::Teal;
    case Kind::Grid:
        return Connection::Color::Violet;
    case Kind::DevTools:
        return Connection::Color::Amber;
    case Kind::Local:
        break;
    }
    return Connection::Color::Slate;
}

std::chrono::seconds usualInterval(Kind kind)
{
    return kind == Kind::Anchor ? 5s : 2s;
}

// Leaving a field for a button shows no new mistake: the dialog would grow and the button move away
// from the click. Pressing it checks everything anyway.
bool wasLeftForButton()
{
    return qobject_cast<QPushButton *>(QApplication::focusWidget());
}

TextLabel *smallHint()
{
    auto *hint = new TextLabel({}, &Theme::text3);
    hint->setFont(Metrics().font(12));
    hint->setWordWrap(true);
    return hint;
}

NoteLine *smallNote()
{
    auto *line = new NoteLine;
    line->setTextFont(Metrics().font(12));
    return line;
}

QVBoxLayout *columnOf(QWidget *cell)
{
    auto *column = new QVBoxLayout(cell);
    column->setContentsMargins({});
    column->setSpacing(Metrics().scaled(4));
    return column;
}

} // namespace

ConnectionDialog::ConnectionDialog(QWidget *parent)
    : ConnectionDialog(Connection(), parent)
{
}

ConnectionDialog::ConnectionDialog(const Connection &edited, QWidget *parent)
    : Dialog(dialogWidth, parent)
    , m_edited(edited)
    , m_newId(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    setWindowTitle(isEditing() ? tr("Edit connection") : tr("Add connection"));
    build();
    fill();
    connectFields();
    connectChoices();
    m_name->setFocus();
    fit();
}

// ~QDialog hides the dialog: the field that has the focus would report that it was left to what is
// no longer a ConnectionDialog.
ConnectionDialog::~ConnectionDialog()
{
    for (QLineEdit *field : {m_name, m_address, m_user})
        field->disconnect(this);
}

// Parts

void ConnectionDialog::build()
{
    const Metrics metrics;
    m_kind = new KindChoice;
    m_result = new ResultBox;
    m_certificate = new CertificateChoice;
    buildForm();
    column().setSpacing(0);
    column().addWidget(m_kind);
    column().addSpacing(metrics.scaled(16));
    column().addWidget(m_form);
    column().addSpacing(metrics.scaled(20));
    column().addWidget(m_result);
    column().addWidget(m_certificate);
    column().addStretch();
    column().addSpacing(metrics.scaled(20));
    column().addLayout(buttonRow());
}

void ConnectionDialog::buildForm()
{
    const Metrics metrics;
    m_form = new QWidget;
    m_grid = new QGridLayout(m_form);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(metrics.scaled(16));
    m_grid->setVerticalSpacing(metrics.scaled(rowGap));
    m_grid->setColumnMinimumWidth(0, metrics.scaled(labelWidth));
    m_grid->setColumnStretch(1, 1);

    QWidget *name = nameCell();
    addRow(tr("Name, badge"), m_name, name);
    QWidget *address = addressCell();
    m_addressRow = addRow(tr("Address"), m_address, address);
    QWidget *user = userCell();
    m_userRow = addRow(tr("User"), m_user, user);
    m_secret = new SecretField;
    m_secretRow = addRow({}, m_secret, m_secret);
    m_exposure = smallNote();
    m_exposeAllTheSame = new QCheckBox(tr("Send it over plain http all the same"));
    const int row = m_grid->rowCount();
    m_grid->addWidget(m_exposure, row, 1);
    m_grid->addWidget(m_exposeAllTheSame, row + 1, 1);
    m_color = new ColorChoice;
    addRow(tr("Colour"), m_color, m_color);
    QWidget *guard = guardCell();
    addRow(tr("Guard"), m_guard, guard);
    m_interval = new QSpinBox;
    m_interval->setRange(1, longestInterval);
    m_interval->setSuffix(tr(" s"));
    m_interval->setAccessibleName(tr("Ask every, in seconds"));
    m_interval->setFixedWidth(metrics.scaled(92));
    addRow(tr("Ask every"), m_interval, m_interval);
}

ConnectionDialog::Row ConnectionDialog::addRow(const QString &label, QWidget *buddy, QWidget *cell)
{
    auto *name = new TextLabel(label, &Theme::text2);
    name->setBuddy(buddy);
    name->setFixedHeight(Metrics().scaled(fieldHeight));
    const int row = m_grid->rowCount();
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addWidget(cell, row, 1, cell == m_interval ? Qt::AlignLeft : Qt::Alignment());
    return {name, cell};
}

QWidget *ConnectionDialog::nameCell()
{
    const Metrics metrics;
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(longestName);
    m_badge = new QLineEdit;
    m_badge->setAccessibleName(tr("Badge, two letters"));
    m_badge->setToolTip(tr("Two letters that stand for it where the name has no room"));
    m_badge->setMaxLength(2);
    m_badge->setAlignment(Qt::AlignHCenter);
    m_badge->setFixedWidth(metrics.scaled(badgeFieldWidth));
    m_nameError = smallNote();
    auto *cell = new QWidget;
    auto *fields = new QHBoxLayout;
    fields->setSpacing(metrics.scaled(8));
    fields->addWidget(m_name, 1);
    fields->addWidget(m_badge);
    QVBoxLayout *column = columnOf(cell);
    column->addLayout(fields);
    column->addWidget(m_nameError);
    return cell;
}

QWidget *ConnectionDialog::addressCell()
{
    m_address = new QLineEdit;
    m_address->setAccessibleName(tr("Address"));
    m_address->setFont(Metrics().fixedFont(11));
    m_addressHint = smallHint();
    m_addressError = smallNote();
    auto *cell = new QWidget;
    QVBoxLayout *column = columnOf(cell);
    column->addWidget(m_address);
    column->addWidget(m_addressHint);
    column->addWidget(m_addressError);
    return cell;
}

QWidget *ConnectionDialog::userCell()
{
    m_user = new QLineEdit;
    m_user->setAccessibleName(tr("User"));
    m_userHint = smallHint();
    m_userHint->setText(tr("Empty where the Grid asks for no password."));
    m_userWarning = smallNote();
    m_userError = smallNote();
    auto *cell = new QWidget;
    QVBoxLayout *column = columnOf(cell);
    column->addWidget(m_user);
    column->addWidget(m_userHint);
    column->addWidget(m_userError);
    column->addWidget(m_userWarning);
    return cell;
}

QWidget *ConnectionDialog::guardCell()
{
    m_guard = new GuardChoice;
    m_guardHint = smallHint();
    auto *cell = new QWidget;
    QVBoxLayout *column = columnOf(cell);
    column->addWidget(m_guard);
    column->addWidget(m_guardHint);
    return cell;
}

QLayout *ConnectionDialog::buttonRow()
{
    m_test = new QPushButton(themedIcon(u"refresh"_s), tr("Test"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_save = new QPushButton(isEditing() ? tr("Save") : tr("Add connection"));
    setControlKind(*m_save, ControlKind::Primary);
    m_test->setAutoDefault(false);
    m_save->setDefault(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(Metrics().scaled(8));
    row->addWidget(m_test);
    row->addStretch();
    row->addWidget(m_cancel);
    row->addWidget(m_save);
    return row;
}

void ConnectionDialog::connectFields()
{
    connect(m_name, &QLineEdit::textChanged, this, &ConnectionDialog::changeName);
    connect(m_badge, &QLineEdit::textEdited, this, [this](const QString &typed) {
        m_badge->setText(typed.toUpper());
        m_badgeByHand = !typed.isEmpty();
    });
    for (QLineEdit *field : {m_address, m_user})
        connect(field, &QLineEdit::textChanged, this, &ConnectionDialog::changeTarget);
    connect(m_secret, &SecretField::changed, this, &ConnectionDialog::changeTarget);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (!wasLeftForButton())
            checkName(Certainty::Left);
    });
    connect(m_address, &QLineEdit::editingFinished, this, [this] {
        if (!wasLeftForButton())
            checkAddress(Certainty::Left);
    });
    connect(m_exposeAllTheSame, &QCheckBox::toggled, this, [this] {
        m_exposedTo = address();
        showExposure();
    });
    connect(m_certificate, &CertificateChoice::trustChanged, this, [this] {
        dropTest();
        fit();
    });
    connect(m_test, &QPushButton::clicked, this, &ConnectionDialog::test);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &ConnectionDialog::submit);
}

void ConnectionDialog::connectChoices()
{
    connect(m_kind, &KindChoice::kindChanged, this, [this] {
        changeKind();
        changeTarget();
    });
    connect(m_color, &ColorChoice::colorChosen, this, [this] { m_colorByHand = true; });
    connect(m_guard, &GuardChoice::guardChanged, this, &ConnectionDialog::showGuardHint);
    connect(m_interval, &QSpinBox::valueChanged, this, [this] { m_intervalByHand = true; });
}

// What stands in the fields at first. Everything that is given counts as said by hand.
void ConnectionDialog::fill()
{
    const bool isGiven = !m_edited.name.isEmpty();
    m_kind->setKind(isGiven ? m_edited.kind : Kind::Anchor);
    if (isGiven) {
        m_name->setText(m_edited.name);
        m_badge->setText(m_edited.badge);
        m_badgeByHand = m_edited.badge != suggestedBadge(m_edited.name, m_edited.kind);
        m_colorByHand = true;
        m_color->setColor(m_edited.color);
        m_guard->setGuard(m_edited.guard);
        m_address->setText(hasAddress() ? m_edited.baseUrl.toString() : QString());
        m_user->setText(m_edited.user);
        if (isEditing())
            m_secret->setKept(m_edited.secret);
        m_interval->setValue(static_cast<int>(
            std::chrono::round<std::chrono::seconds>(m_edited.pollInterval).count()));
    }
    changeKind();
    m_exposeAllTheSame->setChecked(isEditing()); // it was said when it was added
    m_exposedTo = m_edited.baseUrl;
    m_certified = m_edited.baseUrl;
    if (!m_edited.certificate.isEmpty())
        m_certificate->setTrusted(m_edited.certificate);
    showGuardHint();
    changeTarget();
}

// What the fields say

Kind ConnectionDialog::kind() const
{
    return m_kind->kind();
}

bool ConnectionDialog::hasAddress() const
{
    return kind() != Kind::Local;
}

bool ConnectionDialog::asksForSecret() const
{
    return kind() == Kind::Anchor || (kind() == Kind::Grid && !m_user->text().isEmpty());
}

QUrl ConnectionDialog::address() const
{
    return QUrl(completedAddress(m_address->text()));
}

bool ConnectionDialog::isExposed() const
{
    return hasAddress() && asksForSecret() && m_secret->hasSecret()
           && address().scheme() == "http"_L1 && !isLoopback(address());
}

Connection ConnectionDialog::connection() const
{
    Connection connection = m_edited;
    if (!isEditing())
        connection.id = m_newId;
    connection.name = m_name->text().trimmed();
    connection.badge = m_badge->text().trimmed();
    connection.kind = kind();
    if (hasAddress())
        connection.baseUrl = address();
    else if (m_edited.kind != Kind::Local)
        connection.baseUrl.clear();
    connection.color = m_color->color();
    connection.guard = m_guard->guard();
    if (m_intervalByHand || !isEditing())
        connection.pollInterval = std::chrono::seconds(m_interval->value());
    connection.certificate = hasAddress() ? m_certificate->trusted() : QString();
    connection.user = kind() == Kind::Grid ? m_user->text() : QString();
    connection.secret = asksForSecret() ? m_secret->reference() : SecretReference();
    return connection;
}

QString ConnectionDialog::secret() const
{
    return asksForSecret() ? m_secret->secret() : QString();
}

bool ConnectionDialog::secretChanged() const
{
    return !secret().isEmpty() || connection().secret != m_edited.secret;
}

// What follows from a change

void ConnectionDialog::changeKind()
{
    const bool isGrid = kind() == Kind::Grid;
    if (m_address->text().trimmed() == m_usualAddress) {
        m_usualAddress = usualAddress(kind());
        m_address->setText(m_usualAddress);
    }
    m_secretRow.label->setText(isGrid ? tr("Password") : tr("API key"));
    m_secret->setPurpose(isGrid ? SecretField::Purpose::Password : SecretField::Purpose::ApiKey);
    if (!m_colorByHand)
        m_color->setColor(usualColor(kind()));
    if (!m_intervalByHand && !isEditing()) {
        const QSignalBlocker blocker(m_interval);
        m_interval->setValue(static_cast<int>(usualInterval(kind()).count()));
    }
    const auto show = [](const Row &row, bool shown) {
        row.label->setVisible(shown);
        row.cell->setVisible(shown);
    };
    show(m_addressRow, hasAddress());
    show(m_userRow, isGrid);
    show(m_secretRow, isGrid || kind() == Kind::Anchor);
    changeName();
}

void ConnectionDialog::changeName()
{
    if (!m_badgeByHand)
        m_badge->setText(suggestedBadge(m_name->text(), kind()));
    checkName(Certainty::WhileTyping);
}

// Another service is meant from now on, or another secret.
void ConnectionDialog::changeTarget()
{
    const bool sameTarget = isEditing() && kind() == m_edited.kind
                            && isSameOrigin(address(), m_edited.baseUrl)
                            && (kind() != Kind::Grid || m_user->text() == m_edited.user);
    m_secret->setKeptValid(sameTarget && m_edited.secret.store != SecretReference::Store::None);
    if (!isSameOrigin(address(), m_exposedTo))
        m_exposeAllTheSame->setChecked(false);
    if (!hasAddress() || !isSameOrigin(address(), m_certified))
        m_certificate->clear();
    checkAddress(Certainty::WhileTyping);
    setProblem(m_user, m_userError, {});
    const bool hasUser = !m_user->text().isEmpty();
    m_userHint->setVisible(!hasUser);
    const QString warning = tr("The password protects the Grid's HTTP alone. Whoever reaches its "
                               "address can open its WebSockets (DevTools, live view) without it.");
    m_userWarning->setNote({u"warning"_s, &Theme::amber, hasUser ? warning : QString()});
    dropTest();
    showExposure();
}

void ConnectionDialog::showGuardHint()
{
    switch (m_guard->guard()) {
    case Guard::Normal:
        m_guardHint->setText(tr("Terminating asks first."));
        break;
    case Guard::Protected:
        m_guardHint->setText(tr("Terminating asks for the count to be typed."));
        break;
    case Guard::WatchOnly:
        m_guardHint->setText(tr("Nothing is offered that changes its sessions."));
        break;
    }
    fit();
}

void ConnectionDialog::showExposure()
{
    const bool exposed = isExposed();
    const QString text = tr("Over plain http everyone on the way to %1 can read what is sent, and "
                            "end or take over the sessions with it. Use https if the service has "
                            "it.")
                             .arg(address().host());
    m_exposure->setNote({u"warning"_s, &Theme::amber, exposed ? text : QString()});
    m_exposeAllTheSame->setVisible(exposed);
    const bool allowed = !exposed || m_exposeAllTheSame->isChecked();
    m_save->setEnabled(allowed);
    m_test->setEnabled(allowed && !m_isTesting);
    fit();
}

void ConnectionDialog::setKeychainProblem(const QString &reason)
{
    m_secret->setKeychainProblem(reason);
    fit();
}

// What is wrong

bool ConnectionDialog::checkName(Certainty certainty)
{
    const bool missing = m_name->text().trimmed().isEmpty();
    if (!missing || certainty == Certainty::Left)
        setProblem(m_name, m_nameError, missing ? tr("Give the connection a name.") : QString());
    fit();
    return !missing;
}

bool ConnectionDialog::checkAddress(Certainty certainty)
{
    const QString typed = m_address->text().trimmed();
    const QString problem = hasAddress() ? addressProblem(typed) : QString();
    // An address is incomplete until its last letter.
    if (problem.isEmpty() || certainty == Certainty::Left || !m_addressError->text().isEmpty())
        setProblem(m_address, m_addressError, problem);
    const QString completed = completedAddress(typed);
    const bool added = completed != typed && m_addressError->text().isEmpty();
    m_addressHint->setText(added ? tr("%1:// is added").arg(QUrl(completed).scheme()) : QString());
    m_addressHint->setVisible(added);
    fit();
    return problem.isEmpty();
}

bool ConnectionDialog::checkUser()
{
    if (kind() != Kind::Grid)
        return true;
    QString problem;
    if (m_user->text().isEmpty() && !m_secret->secret().isEmpty())
        problem = tr("A password needs a user name.");
    else if (m_user->text().contains(u':')) // RFC 7617, section 2
        problem = tr("A user name cannot have a colon.");
    setProblem(m_user, m_userError, problem);
    return problem.isEmpty();
}

bool ConnectionDialog::check()
{
    const bool name = checkName(Certainty::Left);
    const bool addressIsGood = checkAddress(Certainty::Left);
    const bool user = checkUser();
    const bool needed = asksForSecret() && !(kind() == Kind::Anchor && isLoopback(address()));
    const bool secret =
        !asksForSecret()
        || m_secret->check(needed ? SecretField::Need::Required : SecretField::Need::Optional);
    fit();
    if (!name)
        m_name->setFocus();
    else if (!addressIsGood)
        m_address->setFocus();
    else if (!user)
        m_user->setFocus();
    else if (!secret)
        m_secret->focusField();
    return name && addressIsGood && user && secret;
}

void ConnectionDialog::setProblem(QLineEdit *field, NoteLine *line, const QString &problem)
{
    setFieldState(*field, problem.isEmpty() ? FieldState::Sound : FieldState::Wrong);
    field->setAccessibleDescription(problem);
    line->setNote({u"error"_s, &Theme::red, problem});
}

// What is done

void ConnectionDialog::submit()
{
    if (check())
        accept();
}

void ConnectionDialog::test()
{
    if (!check())
        return;
    m_isTesting = true;
    if (m_test->hasFocus())
        m_save->setFocus(); // a disabled button would hand it on to Cancel
    m_test->setEnabled(false);
    m_test->setText(tr("Testing…"));
    m_result->showResult(ResultBox::Tone::Waiting,
                         hasAddress() ? tr("Asking %1…").arg(address().host())
                                      : tr("Asking the local service…"),
                         {});
    fit();
    emit testRequested(connection(), secret());
}

void ConnectionDialog::showTestResult(bool good, const QString &title, const QString &text)
{
    if (!m_isTesting)
        return;
    m_isTesting = false;
    m_test->setText(tr("Test again"));
    m_test->setEnabled(true);
    m_result->showResult(good ? ResultBox::Tone::Good : ResultBox::Tone::Bad, title, text);
    fit();
}

void ConnectionDialog::offerCertificate(const QString &fingerprint)
{
    if (!m_isTesting)
        return;
    m_certified = address();
    m_certificate->offer(fingerprint);
}

// A result speaks of what was in the fields when it was asked for.
void ConnectionDialog::dropTest()
{
    m_result->clear();
    m_test->setText(tr("Test"));
    if (!m_isTesting)
        return;
    m_isTesting = false;
    emit testDropped();
}

void ConnectionDialog::done(int result)
{
    dropTest();
    Dialog::done(result);
}

} // namespace Anchorwatch
