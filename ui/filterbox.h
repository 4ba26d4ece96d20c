#pragma once

#include "models/sessionfilter.h"

#include <QLineEdit>
#include <QTimer>

class QToolButton;

namespace Anchorwatch {

class FilterProblem;

// Where the filter expression is typed: says how much it lets through, and what is wrong with an
// expression while the list keeps the last good one.
class FilterBox : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterBox(QWidget *parent = nullptr);
    ~FilterBox() override;

    // For Ctrl+F: what is typed next replaces what is there.
    void takeFocus();
    void setCounts(int shown, int all);
    // The last good expression, which is what the list shows.
    [[nodiscard]] QString shownExpression() const { return m_shownExpression; }

signals:
    void filterChanged(const Anchorwatch::SessionFilter &filter);
    // The user is done here: the table shall have the focus.
    void escapeToTable();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void parse();
    void showProblem();
    void arrange();
    void describeCounts();
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QFont countFont() const;

    QString m_shownExpression;
    SessionFilter::Problem m_problem; // of what is typed now; empty when it is sound
    QTimer m_pause;
    FilterProblem *m_problemBox = nullptr; // child of the window, above what is below the field
    QToolButton *m_clear;
    int m_shown = 0;
    int m_all = 0;
};

} // namespace Anchorwatch
