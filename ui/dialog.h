#pragma once

#include <QDialog>
#include <QPointer>

class QVBoxLayout;

namespace Anchorwatch {

// What all dialogs share: width and margins, a height that fits wrapped text, and a place on the
// screen where no button that ends something comes up under the pointer.
class Dialog : public QDialog
{
    Q_OBJECT

public:
    // Modal to its window once opened. `width` is a length of the design.
    Dialog(int width, QWidget *parent);

protected:
    [[nodiscard]] QVBoxLayout &column() const { return *m_column; }
    // Makes it high enough for what it says. While it is on screen it only grows, so that no button
    // moves away under the pointer when a line goes.
    void fit();
    // A click that was meant for what was on the screen before must not hit this button.
    void keepFromPointer(QWidget *button);

    void showEvent(QShowEvent *event) override;

private:
    QVBoxLayout *m_column;
    QPointer<QWidget> m_kept;
};

} // namespace Anchorwatch
