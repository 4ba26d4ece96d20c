#pragma once

#include <QWidget>

class QAbstractScrollArea;

namespace Anchorwatch {

// A rounded box around a list in a dialog, with the focus ring when the list has the focus by
// keyboard.
class ListFrame : public QWidget
{
    Q_OBJECT

public:
    // Takes ownership of the list.
    explicit ListFrame(QAbstractScrollArea *list, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QAbstractScrollArea *m_list;
};

} // namespace Anchorwatch
