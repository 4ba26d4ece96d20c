#pragma once

#include "models/livefeed.h"

#include <QPointer>
#include <QWidget>

class QFileDialog;
class QLineEdit;
class QMenu;
class QPushButton;

namespace Anchorwatch {

class LiveScreen;
class TextLabel;

// What a page asks that is not in its picture, and the answers of the viewer in control: a bar with
// the page's own question, drop-down lists, fields for colours and dates, files. Who only watches
// sees that the page waits. The page's words are shown as they are, never read as markup.
class LiveQuestions : public QWidget
{
    Q_OBJECT

public:
    // The screen must outlive it; it is hidden while there is nothing to ask.
    explicit LiveQuestions(LiveScreen &screen, QWidget *parent = nullptr);

    // Connects to the screen's feed; to be called for each new one.
    void follow();
    void setInControl(bool inControl);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showDialog(const LiveDialog &dialog);
    void closeDialog(const QString &id);
    void answerDialog(bool accept);
    void showSelect(const LiveSelect &select);
    void showField(const LiveField &field);
    void askForFiles(const QString &id, bool isMultiple);
    void updateButtons();

    LiveScreen &m_screen;
    bool m_isInControl = false;
    LiveDialog m_dialog; // without an id when there is none
    LiveField m_field;   // likewise
    TextLabel *m_text;
    TextLabel *m_hint;
    QLineEdit *m_value;
    QPushButton *m_accept;
    QPushButton *m_dismiss;
    QPointer<QMenu> m_list;
    QString m_listId; // while it is not answered
    QPointer<QFileDialog> m_files;
};

} // namespace Anchorwatch
