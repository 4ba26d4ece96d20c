#include "ui/newsessiondialog.h"

#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr int dialogWidth = 520;
constexpr int labelWidth = 104;
constexpr int fieldHeight = 30;

QSpinBox *minutesField(int most, const QString &name)
{
    auto *field = new QSpinBox;
    // One below the least: no limit.
    field->setRange(minTimeoutMinutes - 1, most);
    field->setSpecialValueText(NewSessionDialog::tr("no limit"));
    field->setSuffix(NewSessionDialog::tr(" min"));
    field->setAccessibleName(name);
    field->setMinimumWidth(Metrics().scaled(92));
    return field;
}

std::optional<int> minutesOf(const QSpinBox *field)
{
    if (field->value() < minTimeoutMinutes)
        return std::nullopt;
    return field->value();
}

// Leaving a field for a button shows no new mistake: the dialog would grow and the button move away
// from the click. Pressing Start checks everything anyway.
bool wasLeftForButton()
{
    return qobject_cast<QPushButton *>(QApplication::focusWidget());
}

} // namespace

NewSessionDialog::NewSessionDialog(const QStringList &knownProfiles, QWidget *parent)
    : Dialog(dialogWidth, parent)
    , m_knownProfiles(knownProfiles)
{
    setWindowTitle(tr("New session"));
    buildForm();
    m_fault = new NoteLine;
    column().addWidget(m_form);
    column().addWidget(m_fault);
    column().addStretch();
    column().addSpacing(Metrics().scaled(8));
    column().addLayout(buttonRow());
    connectFields();
    setPlaces({}, {});
    changeProfileKind();
    m_page->setFocus();
}

// ~QDialog hides the dialog: the field that has the focus would report that it was left to what is
// no longer a NewSessionDialog.
NewSessionDialog::~NewSessionDialog()
{
    m_page->disconnect(this);
    m_name->disconnect(this);
}

void NewSessionDialog::buildForm()
{
    const Metrics metrics;
    m_form = new QWidget;
    m_grid = new QGridLayout(m_form);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(metrics.scaled(16));
    m_grid->setVerticalSpacing(metrics.scaled(12));
    m_grid->setColumnMinimumWidth(0, metrics.scaled(labelWidth));
    m_grid->setColumnStretch(1, 1);
    QLayout *place = placeCell();
    m_placeLabel = addRow(tr("Connection"), m_place, place);
    QLayout *page = pageCell();
    addRow(tr("Start page"), m_page, page);
    QLayout *profile = profileCell();
    addRow(tr("Profile"), m_kind, profile);
    m_persist = new QCheckBox(tr("Save cookies and storage to this profile when it ends"));
    m_persist->setFixedHeight(metrics.scaled(fieldHeight));
    m_grid->addWidget(m_persist, m_grid->rowCount(), 1);
    QLayout *limits = limitsCell();
    addRow(tr("Ends"), m_maxDuration, limits);
}

TextLabel *NewSessionDialog::addRow(const QString &label, QWidget *buddy, QLayout *cell)
{
    auto *name = new TextLabel(label, &Theme::text2);
    name->setBuddy(buddy);
    name->setFixedHeight(Metrics().scaled(fieldHeight));
    const int row = m_grid->rowCount();
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addLayout(cell, row, 1);
    return name;
}

QLayout *NewSessionDialog::placeCell()
{
    m_place = new QComboBox;
    m_place->setAccessibleName(tr("Connection"));
    m_placeNote = new NoteLine;
    m_placeNote->setTextFont(Metrics().font(12));
    auto *cell = new QVBoxLayout;
    cell->setSpacing(Metrics().scaled(4));
    cell->addWidget(m_place);
    cell->addWidget(m_placeNote);
    return cell;
}

void NewSessionDialog::setPlaces(const QList<NewSessionPlace> &places, const QString &current)
{
    m_places = places;
    m_place->clear();
    for (const NewSessionPlace &place : places) {
        m_place->addItem(place.name, place.connectionId);
        if (place.connectionId == current)
            m_place->setCurrentIndex(m_place->count() - 1);
    }
    m_place->setVisible(places.size() > 1);
    m_placeLabel->setVisible(places.size() > 1);
    showAbilities();
}

void NewSessionDialog::showAbilities()
{
    const ServiceAbilities abilities = m_places.value(m_place->currentIndex()).abilities;
    const bool hasProfiles = abilities.profileRefusal.isEmpty();
    if (!hasProfiles)
        m_kind->setCurrentIndex(0);
    m_kind->setEnabled(hasProfiles);
    const bool hasTimeouts = abilities.timeoutRefusal.isEmpty();
    for (QSpinBox *field : {m_maxDuration, m_idleTimeout}) {
        if (!hasTimeouts)
            field->setValue(field->minimum());
        field->setEnabled(hasTimeouts);
    }
    QStringList reasons{abilities.profileRefusal, abilities.timeoutRefusal};
    reasons.removeAll(QString());
    m_placeNote->setNote({u"info"_s, &Theme::text2, reasons.join(u' ')});
    showHints();
}

QLayout *NewSessionDialog::pageCell()
{
    m_page = new QLineEdit;
    m_page->setAccessibleName(tr("Start page"));
    m_page->setPlaceholderText(tr("Empty page"));
    m_pageHint = new TextLabel(tr("https:// is added"), &Theme::text3);
    m_pageHint->setFont(Metrics().font(12));
    m_pageError = new NoteLine;
    m_pageError->setTextFont(Metrics().font(12));
    auto *cell = new QVBoxLayout;
    cell->setSpacing(Metrics().scaled(4));
    cell->addWidget(m_page);
    cell->addWidget(m_pageHint);
    cell->addWidget(m_pageError);
    return cell;
}

QLayout *NewSessionDialog::profileCell()
{
    const Metrics metrics;
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("Profile"));
    m_kind->addItem(tr("No profile"), QVariant::fromValue(ProfileKind::None));
    m_kind->addItem(tr("Existing profile"), QVariant::fromValue(ProfileKind::Existing));
    m_kind->addItem(tr("New profile"), QVariant::fromValue(ProfileKind::New));
    m_kind->setMinimumWidth(metrics.scaled(132));
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name of the profile"));
    m_completer = new QCompleter(m_knownProfiles, this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_nameHint = new TextLabel({}, &Theme::text3);
    m_nameHint->setFont(metrics.font(12));
    m_nameHint->setWordWrap(true);
    m_nameError = new NoteLine;
    m_nameError->setTextFont(metrics.font(12));

    auto *fields = new QHBoxLayout;
    fields->setSpacing(metrics.scaled(8));
    fields->addWidget(m_kind);
    fields->addWidget(m_name, 1);
    auto *cell = new QVBoxLayout;
    cell->setSpacing(metrics.scaled(4));
    cell->addLayout(fields);
    cell->addWidget(m_nameHint);
    cell->addWidget(m_nameError);
    return cell;
}

QLayout *NewSessionDialog::limitsCell()
{
    const Metrics metrics;
    m_maxDuration = minutesField(maxMaxDurationMinutes, tr("Ends after, in minutes"));
    m_idleTimeout = minutesField(maxIdleTimeoutMinutes, tr("Ends when unused for, in minutes"));
    auto *cell = new QHBoxLayout;
    cell->setSpacing(metrics.scaled(9));
    cell->addWidget(new TextLabel(tr("after"), &Theme::text2));
    cell->addWidget(m_maxDuration);
    cell->addSpacing(metrics.scaled(7));
    cell->addWidget(new TextLabel(tr("or unused for"), &Theme::text2));
    cell->addWidget(m_idleTimeout);
    cell->addStretch();
    return cell;
}

QLayout *NewSessionDialog::buttonRow()
{
    m_cancel = new QPushButton(tr("Cancel"));
    m_start = new QPushButton(tr("Start session"));
    setControlKind(*m_start, ControlKind::Primary);
    m_start->setDefault(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(Metrics().scaled(8));
    row->addStretch();
    row->addWidget(m_cancel);
    row->addWidget(m_start);
    return row;
}

void NewSessionDialog::connectFields()
{
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &NewSessionDialog::submit);
    connect(m_place, &QComboBox::currentIndexChanged, this, &NewSessionDialog::showAbilities);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NewSessionDialog::changeProfileKind);
    connect(m_persist, &QCheckBox::clicked, this,
            [this](bool checked) { m_persistChosen = checked; });
    connect(m_page, &QLineEdit::textChanged, this, [this] { checkPage(Certainty::WhileTyping); });
    connect(m_name, &QLineEdit::textChanged, this, [this] { checkName(Certainty::WhileTyping); });
    connect(m_page, &QLineEdit::editingFinished, this, [this] {
        if (!wasLeftForButton())
            checkPage(Certainty::Left);
    });
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (!wasLeftForButton())
            checkName(Certainty::Left);
    });
}

void NewSessionDialog::changeProfileKind()
{
    const ProfileKind kind = profileKind();
    m_name->setEnabled(kind != ProfileKind::None);
    m_name->setCompleter(kind == ProfileKind::Existing ? m_completer : nullptr);
    m_persist->setEnabled(kind != ProfileKind::None);
    m_persist->setChecked(kind != ProfileKind::None
                          && m_persistChosen.value_or(kind == ProfileKind::New));
    checkName(Certainty::WhileTyping);
}

void NewSessionDialog::checkPage(Certainty certainty)
{
    const QString problem = pageProblem();
    // An address is incomplete until its last letter.
    if (problem.isEmpty() || certainty == Certainty::Left || !m_pageError->text().isEmpty())
        setProblem(m_page, m_pageError, problem);
    showHints();
}

void NewSessionDialog::checkName(Certainty certainty)
{
    // A character that is not allowed is wrong at once, a missing name only later.
    const bool certain = certainty == Certainty::Left || !m_name->text().isEmpty();
    setProblem(m_name, m_nameError, certain ? nameProblem() : QString());
    showHints();
}

void NewSessionDialog::showHints()
{
    const QString typed = m_page->text().trimmed();
    m_pageHint->setVisible(m_pageError->text().isEmpty() && completedInitialUrl(typed) != typed);
    const bool exists =
        profileKind() == ProfileKind::New && m_knownProfiles.contains(m_name->text());
    m_nameHint->setText(exists ? tr("A session uses a profile of this name already.") : QString());
    m_nameHint->setVisible(exists && m_nameError->text().isEmpty());
    clearFault();
    const bool sound = m_pageError->text().isEmpty() && m_nameError->text().isEmpty();
    m_start->setEnabled(sound);
    fit();
}

void NewSessionDialog::clearFault()
{
    m_fault->setNote({});
}

void NewSessionDialog::submit()
{
    checkPage(Certainty::Left);
    checkName(Certainty::Left);
    if (!m_pageError->text().isEmpty())
        m_page->setFocus();
    else if (!m_nameError->text().isEmpty())
        m_name->setFocus();
    else
        emit submitted(m_place->currentData().toString(), request());
}

void NewSessionDialog::setBusy()
{
    m_form->setEnabled(false);
    m_start->setEnabled(false);
    m_start->setText(tr("Starting…"));
    m_cancel->setFocus();
}

void NewSessionDialog::showFault(const Fault &fault)
{
    m_form->setEnabled(true);
    m_start->setEnabled(true);
    m_start->setText(tr("Start session"));
    m_start->setFocus();
    const QString text = fault.detail.isEmpty() ? fault.what : fault.what + u' ' + fault.detail;
    m_fault->setNote({u"error"_s, &Theme::red, text});
    fit();
}

NewSessionDialog::ProfileKind NewSessionDialog::profileKind() const
{
    return m_kind->currentData().value<ProfileKind>();
}

QString NewSessionDialog::pageProblem() const
{
    return initialUrlProblem(m_page->text());
}

QString NewSessionDialog::nameProblem() const
{
    return profileKind() == ProfileKind::None ? QString() : profileNameProblem(m_name->text());
}

SessionRequest NewSessionDialog::request() const
{
    SessionRequest request;
    request.initialUrl = completedInitialUrl(m_page->text());
    if (profileKind() != ProfileKind::None) {
        request.profileName = m_name->text();
        request.createNewProfile = profileKind() == ProfileKind::New;
        request.persist = m_persist->isChecked();
    }
    request.maxDurationMinutes = minutesOf(m_maxDuration);
    request.idleTimeoutMinutes = minutesOf(m_idleTimeout);
    return request;
}

void NewSessionDialog::setProblem(QLineEdit *field, NoteLine *line, const QString &problem)
{
    setFieldState(*field, problem.isEmpty() ? FieldState::Sound : FieldState::Wrong);
    field->setAccessibleDescription(problem);
    line->setNote({u"error"_s, &Theme::red, problem});
}

} // namespace Anchorwatch
