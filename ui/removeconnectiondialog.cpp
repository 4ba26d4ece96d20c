#include "ui/removeconnectiondialog.h"

#include "models/urltext.h"
#include "ui/controlkind.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace Anchorwatch {

namespace {

constexpr int dialogWidth = 520;

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("RemoveConnectionDialog", text, nullptr, count);
}

QString fateOfSessions(int live)
{
    if (live == 1)
        return tr("Its session keeps running; it is only not shown here any more.");
    if (live > 1)
        return tr("Its %n sessions keep running; they are only not shown here any more.", live);
    return tr("Sessions that it holds keep running; they are only not shown here any more.");
}

QString fateOfSecret(const Connection &connection)
{
    if (connection.secret.store != SecretReference::Store::Keychain)
        return {};
    return connection.kind == Connection::Kind::Grid
               ? tr(" Its password is taken out of the desktop keychain.")
               : tr(" Its API key is taken out of the desktop keychain.");
}

} // namespace

RemoveConnectionDialog::RemoveConnectionDialog(const Connection &connection, int live,
                                               QWidget *parent)
    : Dialog(dialogWidth, parent)
{
    const Metrics metrics;
    setWindowTitle(tr("Anchorwatch"));
    auto *question = new TextLabel(tr("Remove %1?").arg(visibleText(connection.name)));
    question->setFont(metrics.font(16, QFont::DemiBold));
    question->setWordWrap(true);
    setAccessibleName(question->text());
    auto *text = new TextLabel(fateOfSessions(live) + fateOfSecret(connection), &Theme::text2);
    text->setWordWrap(true);
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *remove = new QPushButton(tr("Remove connection"));
    setControlKind(*remove, ControlKind::Danger);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics.scaled(8));
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(remove);
    column().addWidget(question);
    column().addWidget(text);
    column().addStretch();
    column().addSpacing(metrics.scaled(8));
    column().addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(remove, &QPushButton::clicked, this, &QDialog::accept);
    cancel->setDefault(true);
    cancel->setFocus();
    keepFromPointer(remove);
    fit();
}

} // namespace Anchorwatch
