#pragma once

#include <QWidget>

namespace Anchorwatch {

class TextLabel;

// What came of a trial, in a tinted box; takes no room while there is nothing to say. Screen
// readers read it when it is shown.
class ResultBox : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Waiting, Good, Bad };

    explicit ResultBox(QWidget *parent = nullptr);

    // `text` may be empty.
    void showResult(Tone tone, const QString &title, const QString &text);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_title;
    TextLabel *m_text;
    Tone m_tone = Tone::Waiting;
};

} // namespace Anchorwatch
