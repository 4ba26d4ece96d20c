#pragma once

#include "models/sessionrow.h"

#include <QWidget>

namespace Anchorwatch {

// Shape and word of a session's state, in its colour.
class StateMark : public QWidget
{
    Q_OBJECT

public:
    explicit StateMark(QWidget *parent = nullptr);

    void setState(RowState::Kind state, const QString &word);
    [[nodiscard]] QString word() const { return m_word; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RowState::Kind m_state = RowState::Kind::Unknown;
    QString m_word;
};

} // namespace Anchorwatch
