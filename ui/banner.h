#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace Anchorwatch {

// What a banner says. All texts are plain.
struct BannerContent
{
    enum class Tone { Information, Warning, Problem };

    Tone tone = Tone::Warning;
    QString icon;        // a name for tintedPixmap()
    QString headline;    // what, and since when
    QString text;        // cause, next try
    QStringList actions; // words of the buttons, from left to right

    bool operator==(const BannerContent &) const = default;
};

// One line above the table that says what is wrong and what can be done about it. It stands in the
// layout, never over rows, and goes away with its cause.
class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    // Shows the content. A text that only counts down leaves the buttons, and the focus on one,
    // alone; a new headline is announced to screen readers.
    void setContent(const BannerContent &content);
    [[nodiscard]] const BannerContent &content() const { return m_content; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    // `action` counts the content's actions from 0.
    void actionTriggered(int action);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setActions(const QStringList &actions);
    void describe();
    [[nodiscard]] int buttonsWidth() const;

    BannerContent m_content;
    QHBoxLayout *m_layout;
    QList<QPushButton *> m_buttons;
};

} // namespace Anchorwatch
