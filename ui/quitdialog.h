#pragma once

#include "models/sessionrow.h"
#include "ui/dialog.h"

#include <QMetaType>

namespace Anchorwatch {

// What shall become of the browsers on this machine when the program goes.
enum class QuitChoice { EndThem, LeaveRunning, Cancel };

// Asks that; where a session that would end is on a protected connection, the typed word too. Acts
// on nothing: chosen() says what was decided, once.
class QuitDialog : public Dialog
{
    Q_OBJECT

public:
    // The sessions that may have a browser behind them; at least one.
    explicit QuitDialog(const QList<SessionRow> &running, QWidget *parent = nullptr);

    // Esc and closing the dialog are Cancel.
    void reject() override;

signals:
    void chosen(Anchorwatch::QuitChoice choice);

private:
    void choose(QuitChoice choice);
};

} // namespace Anchorwatch

Q_DECLARE_METATYPE(Anchorwatch::QuitChoice)
