#pragma once

#include "ui/controlkind.h"

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Anchorwatch {

// What stands where rows would be. All texts are plain.
struct EmptyContent
{
    QString icon; // a name for tintedPixmap(); empty for the program's own icon
    QString heading;
    QString sentence;
    QString action; // words of the one button; empty for none
    QString actionIcon;
    ControlKind actionKind = ControlKind::Plain;

    bool operator==(const EmptyContent &) const = default;
};

// Says why there is nothing to see, and offers the one thing to do about it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setContent(const EmptyContent &content);
    [[nodiscard]] const EmptyContent &content() const { return m_content; }

signals:
    void actionTriggered();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void dress();

    EmptyContent m_content;
    QLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace Anchorwatch
