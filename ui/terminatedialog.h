#pragma once

#include "models/clock.h"
#include "models/sessionrow.h"
#include "ui/dialog.h"
#include "ui/noteline.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace Anchorwatch {

class TerminationList;
class TypedGuard;

// Asks whether the captured sessions shall be ended, and says what happens to each and to its
// profile. Where one is on a protected connection, the count (for one session: the connection's
// name) has to be typed. Acts on nothing: accepted() says yes, keysToTerminate() says which.
class TerminateDialog : public Dialog
{
    Q_OBJECT

public:
    // The rows as they were when the menu, key or button was used; at least one. The clock must
    // outlive the dialog.
    TerminateDialog(const QList<SessionRow> &rows, const Clock &clock, QWidget *parent = nullptr);

    // What is known now of one of its sessions; others are ignored.
    void updateRow(const SessionRow &row);

    // In the order they were given, without those that ended meanwhile or must not be ended.
    [[nodiscard]] QList<SessionKey> keysToTerminate() const;
    [[nodiscard]] bool dontAskAgain() const;

private:
    struct Entry
    {
        SessionRow row;
        bool wasLive;
        bool isOver = false; // what came afterwards under its id is not what was asked about
    };

    [[nodiscard]] static QString leftOut(const Entry &entry);
    [[nodiscard]] bool isSingle() const { return m_entries.size() == 1; }
    [[nodiscard]] QList<SessionRow> targets() const;
    [[nodiscard]] QString fate(const Entry &entry) const;
    [[nodiscard]] QString question(int count) const;
    [[nodiscard]] QString sentence(const QList<SessionRow> &ending) const;
    [[nodiscard]] QString leftOutSentence(int count) const;
    void checkTyped();
    void build(const Clock &clock);
    void refresh();

    QList<Entry> m_entries;
    QLabel *m_question;
    QLabel *m_sentence;
    TerminationList *m_list;
    NoteLine *m_profiles;
    NoteLine *m_contest; // several sessions save the same profile
    NoteLine *m_leftOut;
    TypedGuard *m_guard;
    QCheckBox *m_dontAsk = nullptr;
    QPushButton *m_terminate;
};

} // namespace Anchorwatch
