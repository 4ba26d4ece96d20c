#pragma once

#include <QFrame>
#include <QPointer>

namespace Anchorwatch {

class TextLabel;

// The box under a field that says what is wrong with what was typed there. Floats above the
// window's contents and moves with its field.
class FilterProblem : public QFrame
{
    Q_OBJECT

public:
    // A child of the field's window.
    explicit FilterProblem(QWidget &field);

    void say(const QString &what, const QString &rest);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    QPointer<QWidget> m_field;
    TextLabel *m_what;
    TextLabel *m_rest;
};

} // namespace Anchorwatch
