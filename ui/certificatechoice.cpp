#include "ui/certificatechoice.h"

#include "ui/metrics.h"
#include "ui/noteline.h"
#include "ui/textlabel.h"

#include <QCheckBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// Nothing breaks it by itself, and all of it has to be read.
QString onTwoLines(const QString &fingerprint)
{
    const qsizetype middle = fingerprint.indexOf(u':', fingerprint.size() / 2) + 1;
    return fingerprint.first(middle) + u'\n' + fingerprint.mid(middle);
}

} // namespace

CertificateChoice::CertificateChoice(QWidget *parent)
    : QWidget(parent)
    , m_text(new TextLabel)
    , m_advice(new NoteLine)
    , m_trust(new QCheckBox(tr("Trust this certificate")))
{
    const Metrics metrics;
    m_text->setFont(metrics.fixedFont(11));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_advice->setTextFont(metrics.font(12));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics.scaled(6));
    column->addWidget(m_text);
    column->addWidget(m_advice);
    column->addWidget(m_trust);
    connect(m_trust, &QCheckBox::toggled, this, &CertificateChoice::trustChanged);
    setVisible(false);
}

void CertificateChoice::offer(const QString &fingerprint)
{
    if (fingerprint != m_fingerprint)
        put(fingerprint, false);
}

void CertificateChoice::setTrusted(const QString &fingerprint)
{
    put(fingerprint, true);
}

void CertificateChoice::clear()
{
    put({}, false);
}

QString CertificateChoice::trusted() const
{
    return m_trust->isChecked() ? m_fingerprint : QString();
}

void CertificateChoice::put(const QString &fingerprint, bool trusted)
{
    m_fingerprint = fingerprint;
    m_text->setText(onTwoLines(fingerprint));
    m_text->setAccessibleName(tr("SHA-256 fingerprint of the certificate: %1").arg(fingerprint));
    m_advice->setNote({u"warning"_s, &Theme::amber,
                       tr("This is the SHA-256 fingerprint of its certificate. Compare it with the "
                          "one that the service's owner gives you: whoever is behind a wrong one "
                          "reads the key and all that is sent. Another certificate is refused from "
                          "then on.")});
    const QSignalBlocker blocker(m_trust);
    m_trust->setChecked(trusted);
    setVisible(!fingerprint.isEmpty());
}

} // namespace Anchorwatch
