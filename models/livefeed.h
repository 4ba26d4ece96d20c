#pragma once

#include "models/sessionrow.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QPointF>
#include <QRect>
#include <QSize>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace Anchorwatch {

struct Session;

// What may be seen and done through a live view (docs/live-view.md); the words are the protocol's.

// One picture of a page.
struct LivePicture
{
    QByteArray jpeg;
    quint32 serial = 0;
    int tab = 0;
    QSize pageSize; // in CSS pixels, the coordinates of the mouse
    bool isStill = false;
    bool isHidden = false;            // another page is in front
    std::chrono::milliseconds age{0}; // when it arrived

    bool operator==(const LivePicture &) const = default;
};

struct LivePage
{
    int tab = 0;
    QString title;
    QString url;
    bool isLoading = false;
    bool canGoBack = false;
    bool canGoForward = false;

    bool operator==(const LivePage &) const = default;
};

struct LiveState
{
    Q_GADGET

public:
    enum class Kind {
        Connecting, // nothing has come yet
        Live,
        Quiet,   // the page answers, and does not change
        Hidden,  // another page is in front
        Dialog,  // a JavaScript dialog blocks the page
        Crashed, // the page, not the browser
        Stuck,   // the page does not answer
        Lost,    // the service is not heard; it is tried again
        Refused, // there is no such live view (any more), or the service has none
        Ended    // the session; the last word
    };
    Q_ENUM(Kind)

    Kind kind = Kind::Connecting;
    QString reason;  // for people, may be empty
    QDateTime since; // UTC

    bool operator==(const LiveState &) const = default;
};

struct LiveDialog
{
    Q_GADGET

public:
    enum class Kind { Alert, Confirm, Prompt, BeforeUnload };
    Q_ENUM(Kind)

    QString id;
    Kind kind = Kind::Alert;
    QString text;
    QString value; // of a prompt
    QString url;

    bool operator==(const LiveDialog &) const = default;
};

// A drop-down list, which is not in the picture.
struct LiveSelect
{
    struct Option
    {
        QString text;
        QString group;
        bool isDisabled = false;

        bool operator==(const Option &) const = default;
    };

    QString id;
    QRect place; // in CSS pixels
    QList<Option> options;
    QList<int> chosen;
    bool isMultiple = false;

    bool operator==(const LiveSelect &) const = default;
};

// A field whose popup is not in the picture, such as one for a colour or a date.
struct LiveField
{
    QString id;
    QRect place;  // in CSS pixels
    QString kind; // as in HTML: color, date, time, datetime-local, month, week
    QString value;
    QString min;
    QString max;
    QString step;

    bool operator==(const LiveField &) const = default;
};

struct LiveDownload
{
    QString id;
    QString name;
    qint64 received = 0;
    qint64 total = 0; // 0 when not known
    QString state;    // inProgress, completed, canceled

    bool operator==(const LiveDownload &) const = default;
};

struct LiveFile
{
    QString name;
    QByteArray data;
};

struct LiveViewers
{
    int watching = 0;
    int inControl = 0;
    bool isMine = false; // it is this viewer who is in control

    bool operator==(const LiveViewers &) const = default;
};

// How a viewer wants its pictures.
struct LiveDemand
{
    int width = 0; // device pixels across which the picture is shown
    bool isVisible = false;
    std::chrono::milliseconds every{0}; // 0: as the page moves; else at most one in this time

    bool operator==(const LiveDemand &) const = default;
};

// Modifiers and buttons as the DOM and DevTools count them: Alt 1, Ctrl 2, Meta 4, Shift 8; left 1,
// right 2, middle 4.
struct LiveMouse
{
    enum class Kind { Move, Down, Up, Wheel };

    Kind kind = Kind::Move;
    QPointF position; // in CSS pixels
    QString button;   // none, left, middle, right, back, forward
    int buttons = 0;
    int clickCount = 0;
    QPointF wheel; // in CSS pixels, positive is down and right
    int modifiers = 0;
    QSize pageSize; // of the picture that was pointed at

    bool operator==(const LiveMouse &) const = default;
};

struct LiveKey
{
    bool isDown = true;
    QString key; // as in the DOM's KeyboardEvent
    QString code;
    int windowsKeyCode = 0;
    QString text; // what it types, else empty
    bool isRepeat = false;
    int modifiers = 0;

    bool operator==(const LiveKey &) const = default;
};

enum class LiveNavigation { Back, Forward, Reload, Stop };

// One viewer's connection to the live view of one session. It begins with open(), connects again by
// itself after Lost, and ends with Refused or Ended. Used from the thread it lives in. What acts is
// answered with refused() unless this viewer is in control.
class LiveFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void open() = 0;
    virtual void setDemand(const LiveDemand &demand) = 0;
    // The next picture comes after the last was acknowledged.
    virtual void acknowledge(quint32 serial) = 0;
    // Shows one tab; 0 follows the one in front.
    virtual void watchTab(int tab) = 0;
    // Whether its link may act at all.
    [[nodiscard]] virtual bool mayControl() const = 0;

    virtual void takeControl() = 0;
    virtual void giveControlBack() = 0;
    virtual void sendMouse(const LiveMouse &mouse) = 0;
    virtual void sendKey(const LiveKey &key) = 0;
    virtual void sendText(const QString &text) = 0;
    // An input method is composing; an empty text ends that.
    virtual void sendComposition(const QString &text, int cursor) = 0;
    // copied() follows.
    virtual void copy() = 0;
    virtual void cut() = 0;
    virtual void navigate(LiveNavigation navigation) = 0;
    virtual void goTo(const QString &url) = 0;
    virtual void activateTab(int tab) = 0;
    virtual void closeTab(int tab) = 0;
    virtual void openTab() = 0;
    virtual void answerDialog(const QString &id, bool accept, const QString &text) = 0;
    // No value dismisses it.
    virtual void answerSelect(const QString &id, const std::optional<QList<int>> &chosen) = 0;
    virtual void answerField(const QString &id, const std::optional<QString> &value) = 0;
    virtual void answerChooser(const QString &id, const std::optional<QList<LiveFile>> &files) = 0;

signals:
    void pictureCame(const Anchorwatch::LivePicture &picture);
    void stateChanged(const Anchorwatch::LiveState &state);
    // The one in front first; `watching` is 0 when there is none.
    void tabsChanged(const QList<Anchorwatch::SessionTab> &tabs, int watching);
    void pageChanged(const Anchorwatch::LivePage &page);
    void viewersChanged(const Anchorwatch::LiveViewers &viewers);
    void dialogOpened(const Anchorwatch::LiveDialog &dialog);
    // `by` is "you", "viewer" or "other".
    void dialogClosed(const QString &id, const QString &by);
    void selectOpened(const Anchorwatch::LiveSelect &select);
    void fieldOpened(const Anchorwatch::LiveField &field);
    void chooserOpened(const QString &id, bool isMultiple);
    void downloadChanged(const Anchorwatch::LiveDownload &download);
    void copied(const QString &text);
    // Something that was asked for was not done.
    void refused(const QString &reason);
};

// With which of its links a session is watched.
enum class LiveRole { Watch, Control };

// Makes a feed that is not open yet; its parent owns it. Null when the session has no such link.
using LiveFeedFactory =
    std::function<LiveFeed *(const SessionRow &row, LiveRole role, QObject *parent)>;

} // namespace Anchorwatch
