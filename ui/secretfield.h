#pragma once

#include "models/connection.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace Anchorwatch {

class NoteLine;
class TextLabel;

// Takes an API key or a password and says where it is kept: in the desktop's keychain, or, where
// that is chosen or there is none, in an environment variable or in memory. A kept secret is never
// shown.
class SecretField : public QWidget
{
    Q_OBJECT

public:
    enum class Purpose { ApiKey, Password };

    explicit SecretField(QWidget *parent = nullptr);

    void setPurpose(Purpose purpose);
    // Why the keychain cannot be used, as a sentence; empty when it can.
    void setKeychainProblem(const QString &reason);
    // Where the secret of an edited connection is. It counts only as long as setKeptValid() says
    // that it is for the address that stands in the dialog.
    void setKept(const SecretReference &kept);
    void setKeptValid(bool valid);

    [[nodiscard]] SecretReference reference() const;
    // What was typed; empty where the secret is elsewhere or unchanged.
    [[nodiscard]] QString secret() const;
    // Whether there is a secret to ask with: typed, kept or named.
    [[nodiscard]] bool hasSecret() const;

    enum class Need { Optional, Required };
    // Shows what is wrong with it, if anything is; true when it can be used.
    bool check(Need need);
    void focusField();

signals:
    // Anything of it; also when it takes another height.
    void changed();

private:
    [[nodiscard]] QWidget *fieldRow();
    [[nodiscard]] QWidget *hintRow();
    [[nodiscard]] SecretReference::Store store() const;
    [[nodiscard]] bool usesKept() const;
    [[nodiscard]] QString problem(Need need) const;
    [[nodiscard]] QString hint() const;
    void fillStores();
    void refresh();
    void showProblem(const QString &problem);

    Purpose m_purpose = Purpose::ApiKey;
    QString m_keychainProblem;
    SecretReference m_kept;
    bool m_isKeptValid = false;
    QComboBox *m_store;
    QLineEdit *m_secret;
    QLineEdit *m_variable;
    TextLabel *m_hint;
    QPushButton *m_elsewhere;
    NoteLine *m_keychainNote;
    NoteLine *m_error;
};

} // namespace Anchorwatch
