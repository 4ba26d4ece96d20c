#pragma once

#include <QLabel>
#include <QWidget>

namespace Anchorwatch {

// The bottom line of the wall: what is being asked for, and how old the stills are.
class WallLine : public QWidget
{
    Q_OBJECT

public:
    explicit WallLine(QWidget *parent = nullptr);

    enum class Tone { Good, Waiting, Warning };
    void setFreshness(const QString &text, Tone tone);
    [[nodiscard]] QString freshness() const { return m_freshness->text(); }

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void dress();

    QLabel *m_rule;
    QLabel *m_icon;
    QLabel *m_freshness;
    Tone m_tone = Tone::Waiting;
};

} // namespace Anchorwatch
