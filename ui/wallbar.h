#pragma once

#include <QWidget>

#include <chrono>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace Anchorwatch {

class FilterBox;

// The row of tools on top of the wall: how many sessions it shows, how many beside each other, how
// often they are asked for a still, pause, and the filter.
class WallBar : public QWidget
{
    Q_OBJECT

public:
    // What is typed into either filter is in both.
    explicit WallBar(QLineEdit &sharedFilter, QWidget *parent = nullptr);

    // Values that are not offered are left out; the choice then stays.
    void setColumns(int columns);
    void setInterval(std::chrono::milliseconds every);
    void setCounts(int shown, int all);
    [[nodiscard]] int columns() const;
    [[nodiscard]] std::chrono::milliseconds interval() const;
    [[nodiscard]] bool isPaused() const;
    [[nodiscard]] FilterBox &filterBox() const { return *m_filter; }

signals:
    void columnsChosen(int columns);
    void intervalChosen(std::chrono::milliseconds every);
    void pauseToggled();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void addTitle();
    void addChoices();
    void dress();

    QLabel *m_icon;
    QLabel *m_count;
    QComboBox *m_columns;
    QComboBox *m_interval;
    QToolButton *m_pause;
    FilterBox *m_filter;
};

} // namespace Anchorwatch
