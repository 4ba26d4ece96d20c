#pragma once

#include "models/sessionrow.h"

#include <QList>
#include <QWidget>

class QLineEdit;

namespace Anchorwatch {

class NoteLine;

// Wants a word typed before sessions of protected connections are ended. Takes no room while none
// of them is protected.
class TypedGuard : public QWidget
{
    Q_OBJECT

public:
    enum class Word {
        Name,  // of the connection of the one session that ends
        Count, // of the sessions that end
    };

    explicit TypedGuard(Word word, QWidget *parent = nullptr);

    // What would end now.
    void setEnding(const QList<SessionRow> &rows);
    // Whether nothing has to be typed, or it is.
    [[nodiscard]] bool isOpen() const;

signals:
    // Something was typed.
    void edited();

private:
    [[nodiscard]] QString wordFor(const QList<SessionRow> &rows) const;
    [[nodiscard]] QString sentenceFor(const QList<SessionRow> &rows) const;

    Word m_word;
    QString m_wanted; // empty: nothing
    NoteLine *m_note;
    QLineEdit *m_typed;
};

} // namespace Anchorwatch
