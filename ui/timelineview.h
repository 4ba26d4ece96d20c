#pragma once

#include "models/clock.h"
#include "models/sessionrow.h"

#include <QWidget>

namespace Anchorwatch {

// The states that were seen of a session, newest first: shape, word, how long it lasted, and when
// it began in local time.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    // The clock must outlive it.
    explicit TimelineView(const Clock &clock, QWidget *parent = nullptr);

    void setRow(const SessionRow &row);
    // The last state goes on: counts how long.
    void tick();
    // As shown, a line a state: "Running, 41 min, 13:21:11".
    [[nodiscard]] QStringList lines() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        RowState::Kind state;
        QString word;
        QString span;
        QString time;

        bool operator==(const Line &) const = default;
    };

    [[nodiscard]] QList<Line> linesNow() const;
    [[nodiscard]] QString spanOf(qsizetype moment) const;
    void paintLine(QPainter &painter, const QRect &rect, const Line &line) const;

    const Clock &m_clock;
    SessionRow m_row;
    QList<Line> m_lines;
};

} // namespace Anchorwatch
