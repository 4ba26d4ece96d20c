#pragma once

#include "ui/theme.h"

#include <QWidget>

namespace Anchorwatch {

class TextLabel;

// What a note says, and how loud.
struct Note
{
    QString icon;
    QColor Theme::*color = &Theme::text2;
    QString text;                       // empty: there is nothing to say
    QColor Theme::*iconColor = nullptr; // where it is another than that of the words

    bool operator==(const Note &) const = default;
};

// A sentence with an icon before it, wrapped where it is long: what is wrong, what will be saved.
// Takes no room while there is nothing to say.
class NoteLine : public QWidget
{
    Q_OBJECT

public:
    explicit NoteLine(QWidget *parent = nullptr);

    void setNote(const Note &note);
    [[nodiscard]] QString text() const;
    void setTextFont(const QFont &font);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_text;
    Note m_note;
};

} // namespace Anchorwatch
