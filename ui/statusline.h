#pragma once

#include "models/clock.h"
#include "models/connectionhealth.h"

#include <QLabel>
#include <QWidget>

namespace Anchorwatch {

// The bottom line of the window: where the sessions run, how many are selected, and how old the
// news are.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    // The clock must outlive it.
    explicit StatusLine(const Clock &clock, QWidget *parent = nullptr);

    void setPlace(const QString &place);
    void setSelected(int count);
    // Of what is shown, the shortest and the longest. Zero says nothing.
    void setIntervals(std::chrono::milliseconds shortest, std::chrono::milliseconds longest);
    void setHealth(const QString &connectionName, const ConnectionHealth &health);

public slots:
    // Time has passed: says the age of the news again.
    void tick();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString freshnessText() const;
    void showIcon();

    const Clock &m_clock;
    QLabel *m_place;
    QLabel *m_selected;
    QLabel *m_icon;
    QLabel *m_freshness;
    QLabel *m_interval;
    QString m_connectionName;
    ConnectionHealth m_health;
};

} // namespace Anchorwatch
