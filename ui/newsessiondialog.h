#pragma once

#include "models/fault.h"
#include "models/serviceabilities.h"
#include "models/sessionrequest.h"
#include "ui/dialog.h"
#include "ui/noteline.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QCompleter;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace Anchorwatch {

class TextLabel;

// A connection that a new session can be started on.
struct NewSessionPlace
{
    QString connectionId;
    QString name;
    ServiceAbilities abilities;
};

// Asks what a new session shall be. Says it by submitted() and stays open, with everything as it
// was typed, until whoever listens has the session (accept()) or a fault to show.
class NewSessionDialog : public Dialog
{
    Q_OBJECT

public:
    // `knownProfiles`: names to offer; others may be typed.
    explicit NewSessionDialog(const QStringList &knownProfiles, QWidget *parent = nullptr);
    ~NewSessionDialog() override;

    // Where it can be started, at least one; `current` is offered first. Asks only where there is a
    // choice.
    void setPlaces(const QList<NewSessionPlace> &places, const QString &current);

    // The session is being started: nothing can be changed, Cancel still works.
    void setBusy();
    // It could not be started; everything can be changed again.
    void showFault(const Fault &fault);

signals:
    // `connectionId` is empty when no places were set.
    void submitted(const QString &connectionId, const Anchorwatch::SessionRequest &request);

private:
    enum class ProfileKind { None, Existing, New };
    // Some mistakes are only certain when the field has been left.
    enum class Certainty { WhileTyping, Left };

    void buildForm();
    void showAbilities();
    TextLabel *addRow(const QString &label, QWidget *buddy, QLayout *cell);
    [[nodiscard]] QLayout *placeCell();
    [[nodiscard]] QLayout *pageCell();
    [[nodiscard]] QLayout *profileCell();
    [[nodiscard]] QLayout *limitsCell();
    [[nodiscard]] QLayout *buttonRow();
    void connectFields();
    void changeProfileKind();
    void checkPage(Certainty certainty);
    void checkName(Certainty certainty);
    void showHints();
    void clearFault();
    void submit();
    [[nodiscard]] ProfileKind profileKind() const;
    [[nodiscard]] QString pageProblem() const;
    [[nodiscard]] QString nameProblem() const;
    [[nodiscard]] SessionRequest request() const;
    void setProblem(QLineEdit *field, NoteLine *line, const QString &problem);

    QStringList m_knownProfiles;
    QList<NewSessionPlace> m_places;
    QWidget *m_form;
    TextLabel *m_placeLabel;
    QComboBox *m_place;
    NoteLine *m_placeNote; // what cannot be asked of that service
    QGridLayout *m_grid;
    QLineEdit *m_page;
    TextLabel *m_pageHint;
    NoteLine *m_pageError;
    QComboBox *m_kind;
    QLineEdit *m_name;
    QCompleter *m_completer;
    TextLabel *m_nameHint;
    NoteLine *m_nameError;
    QCheckBox *m_persist;
    std::optional<bool> m_persistChosen; // by hand; until then the kind of profile decides
    QSpinBox *m_maxDuration;
    QSpinBox *m_idleTimeout;
    NoteLine *m_fault;
    QPushButton *m_cancel;
    QPushButton *m_start;
};

} // namespace Anchorwatch
