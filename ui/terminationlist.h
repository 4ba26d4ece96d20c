#pragma once

#include "models/clock.h"
#include "models/sessionrow.h"

#include <QListView>

namespace Anchorwatch {

// One session that is about to be ended, or is left out of that.
struct TerminationItem
{
    SessionRow row;
    QString fate;    // what happens to its profile, or where its page is
    QString leftOut; // why it is not ended; empty when it is
};

// What a confirmation names: a row for each session, with title, id, fate, age and state. Shows at
// most six rows, then it scrolls.
class TerminationList : public QListView
{
    Q_OBJECT

public:
    // The clock must outlive the list.
    explicit TerminationList(const Clock &clock, QWidget *parent = nullptr);

    void setItems(const QList<TerminationItem> &items);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
};

} // namespace Anchorwatch
