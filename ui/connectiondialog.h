#pragma once

#include "models/connection.h"
#include "ui/dialog.h"

class QCheckBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace Anchorwatch {

class CertificateChoice;
class ColorChoice;
class GuardChoice;
class KindChoice;
class NoteLine;
class ResultBox;
class SecretField;
class TextLabel;

// Asks for a new connection, or what shall be other about one. Returns values and acts on nothing:
// accepted() says that connection() is to be saved, with secret() where secretChanged().
class ConnectionDialog : public Dialog
{
    Q_OBJECT

public:
    // For a new connection.
    explicit ConnectionDialog(QWidget *parent = nullptr);
    // To edit one. Its secret is not shown; it stays unless another is typed. Without an id it is a
    // suggestion for a new one.
    explicit ConnectionDialog(const Connection &edited, QWidget *parent = nullptr);
    ~ConnectionDialog() override;

    // Why the desktop's keychain cannot be used, as a sentence; then another place has to be chosen
    // for a secret. Empty: it can be used.
    void setKeychainProblem(const QString &reason);

    // What is in the fields. A new connection has a new id.
    [[nodiscard]] Connection connection() const;
    // The key or password that was typed; empty where none is asked for, where it is read from a
    // variable, and where the kept one is unchanged.
    [[nodiscard]] QString secret() const;
    // Whether what is kept has to change: another secret was typed, or there is none any more.
    [[nodiscard]] bool secretChanged() const;

    // What came of the last testRequested(). Without one, or when the fields changed since, it is
    // dropped.
    void showTestResult(bool good, const QString &title, const QString &text);

    // The certificate that the last testRequested() was refused for. To be said before its result.
    void offerCertificate(const QString &fingerprint);

    void done(int result) override;

signals:
    // Without a typed secret the one that is kept (edited connection) or named is meant.
    void testRequested(const Anchorwatch::Connection &connection, const QString &secret);
    // Nobody waits for the answer to the last testRequested() any more. Its result must not be
    // shown after this.
    void testDropped();

private:
    // Some mistakes are only certain when the field has been left.
    enum class Certainty { WhileTyping, Left };
    struct Row
    {
        TextLabel *label;
        QWidget *cell;
    };

    void build();
    void buildForm();
    Row addRow(const QString &label, QWidget *buddy, QWidget *cell);
    [[nodiscard]] QWidget *nameCell();
    [[nodiscard]] QWidget *addressCell();
    [[nodiscard]] QWidget *userCell();
    [[nodiscard]] QWidget *guardCell();
    [[nodiscard]] QLayout *buttonRow();
    void connectFields();
    void connectChoices();
    void fill();

    [[nodiscard]] bool isEditing() const { return !m_edited.id.isEmpty(); }
    [[nodiscard]] Connection::Kind kind() const;
    [[nodiscard]] bool asksForSecret() const;
    [[nodiscard]] bool hasAddress() const;
    [[nodiscard]] QUrl address() const;
    // A secret would go over the net as everyone can read it.
    [[nodiscard]] bool isExposed() const;

    void changeKind();
    void changeName();
    void changeTarget();
    void showGuardHint();
    void showExposure();
    bool checkName(Certainty certainty);
    bool checkAddress(Certainty certainty);
    bool checkUser();
    // Checks everything, shows what is wrong and goes to the first of it.
    bool check();
    void submit();
    void test();
    void dropTest();
    void setProblem(QLineEdit *field, NoteLine *line, const QString &problem);

    Connection m_edited; // no id: there is none
    QString m_newId;
    QString m_usualAddress; // what stands there by itself
    QUrl m_exposedTo;       // what the yes to plain http is for
    QUrl m_certified;       // what the certificate to judge is of
    bool m_isTesting = false;
    bool m_badgeByHand = false;
    bool m_colorByHand = false;
    bool m_intervalByHand = false;

    KindChoice *m_kind;
    QWidget *m_form;
    QGridLayout *m_grid;
    QLineEdit *m_name;
    QLineEdit *m_badge;
    NoteLine *m_nameError;
    QLineEdit *m_address;
    TextLabel *m_addressHint;
    NoteLine *m_addressError;
    Row m_addressRow;
    QLineEdit *m_user;
    TextLabel *m_userHint;
    NoteLine *m_userWarning;
    NoteLine *m_userError;
    Row m_userRow;
    SecretField *m_secret;
    Row m_secretRow;
    NoteLine *m_exposure;
    QCheckBox *m_exposeAllTheSame;
    ColorChoice *m_color;
    GuardChoice *m_guard;
    TextLabel *m_guardHint;
    QSpinBox *m_interval;
    ResultBox *m_result;
    CertificateChoice *m_certificate;
    QPushButton *m_test;
    QPushButton *m_cancel;
    QPushButton *m_save;
};

} // namespace Anchorwatch
