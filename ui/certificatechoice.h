#pragma once

#include <QWidget>

class QCheckBox;

namespace Anchorwatch {

class NoteLine;
class TextLabel;

// Shows the fingerprint of a certificate in full and asks whether that one is trusted. Takes no
// room while there is none to ask about.
class CertificateChoice : public QWidget
{
    Q_OBJECT

public:
    explicit CertificateChoice(QWidget *parent = nullptr);

    // One that nothing vouches for: trusted when the user says so.
    void offer(const QString &fingerprint);
    // One that was said yes to before.
    void setTrusted(const QString &fingerprint);
    void clear();

    // The fingerprint that was said yes to; empty: none.
    [[nodiscard]] QString trusted() const;

signals:
    void trustChanged();

private:
    void put(const QString &fingerprint, bool trusted);

    QString m_fingerprint;
    TextLabel *m_text;
    NoteLine *m_advice;
    QCheckBox *m_trust;
};

} // namespace Anchorwatch
