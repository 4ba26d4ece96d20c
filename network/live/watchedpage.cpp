#include "network/live/watchedpage.h"

#include "models/sessionrequest.h"
#include "network/cdpclient.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <chrono>
#include <utility>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto aliveTimeout = 3s;
constexpr std::size_t maxWaiting = 1000;
constexpr qsizetype maxUpload = qsizetype(16) * 1024 * 1024;

LiveDialog::Kind dialogKind(const QString &type)
{
    if (type == "confirm"_L1)
        return LiveDialog::Kind::Confirm;
    if (type == "prompt"_L1)
        return LiveDialog::Kind::Prompt;
    return type == "beforeunload"_L1 ? LiveDialog::Kind::BeforeUnload : LiveDialog::Kind::Alert;
}

// Keys that open the list of a drop-down field.
bool opensList(const QJsonObject &message)
{
    const QString key = message.value("key"_L1).toString();
    const bool withAlt = (message.value("mods"_L1).toInt() & 1) != 0;
    return key == " "_L1 || key == "Enter"_L1 || key == "F4"_L1
           || (withAlt && (key == "ArrowDown"_L1 || key == "ArrowUp"_L1));
}

} // namespace

WatchedPage::WatchedPage(CdpClient &client, const QString &cdpSession, const QString &targetId,
                         int number, const QString &uploadFolder, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_cdpSession(cdpSession)
    , m_targetId(targetId)
    , m_uploadFolder(uploadFolder)
    , m_capture(client, cdpSession)
    , m_input(client, cdpSession)
    , m_fields(client, cdpSession, targetId)
{
    m_info.tab = number;
    m_state.kind = LiveState::Kind::Live;
    m_state.since = QDateTime::currentDateTimeUtc();
    connect(&m_capture, &PageCapture::quietChanged, this, &WatchedPage::updateState);
    connect(&m_capture, &PageCapture::hiddenChanged, this, &WatchedPage::updateState);
    connect(&m_capture, &PageCapture::frameCame, this, [this] {
        m_isStuck = false;
        m_isCrashed = false;
        updateState();
    });
    askForHistory();
}

void WatchedPage::setPlace(const QString &url, const QString &title)
{
    if (m_info.url == url && m_info.title == title)
        return;
    m_info.url = url;
    m_info.title = title;
    m_capture.refreshHidden();
    emit infoChanged();
    // A page that comes back from the back/forward cache does not always tell so.
    askForHistory();
}

// --- what the page does

void WatchedPage::onEvent(const QString &method, const QJsonObject &parameters)
{
    const bool isMain = parameters.value("frameId"_L1).toString() == m_targetId;
    if (method.startsWith("Page.screencast"_L1))
        m_capture.onEvent(method, parameters);
    else if (method == "Page.javascriptDialogOpening"_L1)
        onDialog(parameters);
    else if (method == "Page.javascriptDialogClosed"_L1)
        onDialogClosed();
    else if (isMain && method == "Page.frameStartedLoading"_L1)
        m_info.isLoading = true;
    else if (isMain && method == "Page.frameStoppedLoading"_L1)
        m_info.isLoading = false;
    else if (method == "Page.frameNavigated"_L1
             && !parameters.value("frame"_L1).toObject().contains("parentId"_L1))
        onNavigated();
    else if (isMain && method == "Page.navigatedWithinDocument"_L1)
        askForHistory();
    else if (method == "Inspector.targetCrashed"_L1)
        onCrashed();
    else if (method == "Page.fileChooserOpened"_L1) {
        m_chooserNode = parameters.value("backendNodeId"_L1).toInt();
        const bool isMultiple = parameters.value("mode"_L1).toString() == "selectMultiple"_L1;
        emit offered({{"t"_L1, u"chooser"_s},
                      {"id"_L1, QString::number(m_chooserNode)},
                      {"multiple"_L1, isMultiple}});
    }
    if (isMain && method.endsWith("Loading"_L1))
        emit infoChanged();
}

void WatchedPage::onNavigated()
{
    m_fields.forgetDocument();
    m_chooserNode = 0;
    m_isCrashed = false;
    m_isStuck = false;
    updateState();
    askForHistory();
}

void WatchedPage::onCrashed()
{
    m_isCrashed = true;
    onDialogClosed();
    updateState();
}

void WatchedPage::askForHistory()
{
    CdpReply *reply = m_client.call(u"Page.getNavigationHistory"_s, {}, m_cdpSession);
    connect(reply, &CdpReply::finished, this, [this, reply] {
        const int current = reply->result().value("currentIndex"_L1).toInt();
        const qsizetype count = reply->result().value("entries"_L1).toArray().size();
        m_info.canGoBack = current > 0;
        m_info.canGoForward = current + 1 < count;
        emit infoChanged();
    });
}

void WatchedPage::onDialog(const QJsonObject &parameters)
{
    LiveDialog dialog;
    dialog.id = QString::number(++m_dialogs);
    dialog.kind = dialogKind(parameters.value("type"_L1).toString());
    dialog.text = parameters.value("message"_L1).toString();
    dialog.value = parameters.value("defaultPrompt"_L1).toString();
    dialog.url = parameters.value("url"_L1).toString();
    m_dialog = dialog;
    m_dialogAnswered = false;
    updateState();
    emit dialogOpened(dialog);
}

void WatchedPage::onDialogClosed()
{
    const auto dialog = std::exchange(m_dialog, std::nullopt);
    if (!dialog)
        return;
    updateState();
    emit dialogClosed(dialog->id, m_dialogAnswered);
}

void WatchedPage::checkAlive()
{
    if (m_state.kind != LiveState::Kind::Quiet && m_state.kind != LiveState::Kind::Stuck)
        return;
    CdpReply *reply = m_client.call(u"Runtime.evaluate"_s, {{"expression"_L1, u"1"_s}},
                                    m_cdpSession, aliveTimeout);
    connect(reply, &CdpReply::finished, this, [this, reply] {
        m_isStuck = reply->error() == "timed out"_L1 && !m_dialog;
        updateState();
    });
}

void WatchedPage::updateState()
{
    LiveState state;
    using Kind = LiveState::Kind;
    if (m_isCrashed) {
        state = {Kind::Crashed, u"The page crashed. Reload starts it anew."_s, {}};
    } else if (m_dialog) {
        state = {Kind::Dialog, u"The page waits until its question is answered."_s, {}};
    } else if (m_isStuck) {
        state = {Kind::Stuck, u"The page does not answer."_s, {}};
    } else if (m_capture.isHidden()) {
        state = {Kind::Hidden, u"Another tab is in front."_s, {}};
    } else {
        state = {m_capture.isQuiet() ? Kind::Quiet : Kind::Live, {}, {}};
    }
    m_capture.setBlocked(m_isCrashed || m_dialog.has_value());
    if (state.kind == m_state.kind)
        return;
    state.since = QDateTime::currentDateTimeUtc();
    m_state = state;
    emit stateChanged();
}

// --- what the viewer in control does

void WatchedPage::setControlled(bool controlled)
{
    if (std::exchange(m_isControlled, controlled) == controlled)
        return;
    if (!controlled) {
        m_input.releaseAll();
        m_waiting.clear();
        m_chooserNode = 0;
    }
    if (m_uploadFolder.isEmpty())
        return; // files of ours are none of the browser's
    m_client.call(u"Page.setInterceptFileChooserDialog"_s, {{"enabled"_L1, controlled}},
                  m_cdpSession);
}

void WatchedPage::act(const QString &type, const QJsonObject &message)
{
    if (type == "nav"_L1)
        navigate(message);
    else if (type == "dialog"_L1)
        answerDialog(message);
    else if (type == "chooser"_L1)
        answerChooser(message);
    else if (m_isLooking && m_waiting.size() < maxWaiting)
        m_waiting.emplace_back(type, message);
    else
        dispatch(type, message);
}

void WatchedPage::dispatch(const QString &type, const QJsonObject &message)
{
    m_capture.noteInput();
    const QString kind = message.value("k"_L1).toString();
    if (type == "mouse"_L1 && kind == "down"_L1) {
        press(message);
    } else if (type == "mouse"_L1) {
        m_input.mouse(message);
    } else if (type == "key"_L1 && kind == "down"_L1 && opensList(message)) {
        keyDown(message);
    } else if (type == "key"_L1) {
        m_input.key(message);
    } else if (type == "touch"_L1) {
        m_input.touch(message);
    } else if (type == "text"_L1) {
        m_input.text(message.value("text"_L1).toString());
    } else if (type == "compose"_L1) {
        m_input.compose(message);
    } else if (type == "select"_L1 || type == "field"_L1) {
        m_fields.choose(message);
    } else if (type == "copy"_L1) {
        copySelection(message);
    }
}

// What is selected after all that was typed before, and before what comes after.
void WatchedPage::copySelection(const QJsonObject &message)
{
    m_isLooking = true;
    m_input.afterTyping([this, message] {
        m_fields.selection(message.value("cut"_L1).toBool(), [this, message](const QString &text) {
            emit offered({{"t"_L1, u"selection"_s}, {"text"_L1, text}});
            afterLooking(std::nullopt, message);
        });
    });
}

void WatchedPage::press(const QJsonObject &message)
{
    const QSize seen(message.value("w"_L1).toInt(), message.value("h"_L1).toInt());
    if (!seen.isEmpty() && !m_capture.pageSize().isEmpty() && seen != m_capture.pageSize()) {
        emit refused(u"The page has another size now than in the picture that was clicked."_s);
        return;
    }
    if (message.value("button"_L1).toString() != "left"_L1 || m_dialog) {
        m_input.mouse(message);
        return;
    }
    m_isLooking = true;
    m_fields.lookAt(message.value("x"_L1).toDouble(), message.value("y"_L1).toDouble(),
                    [this, message](const std::optional<QJsonObject> &offer) {
                        if (!offer)
                            m_input.mouse(message);
                        afterLooking(offer, message);
                    });
}

void WatchedPage::keyDown(const QJsonObject &message)
{
    m_isLooking = true;
    m_fields.lookAtFocused([this, message](const std::optional<QJsonObject> &offer) {
        // Enter and Space mean something else in a field that one can type in.
        const bool isList = offer && offer->value("t"_L1).toString() == "select"_L1;
        if (!isList)
            m_input.key(message);
        afterLooking(isList ? offer : std::nullopt, message);
    });
}

void WatchedPage::afterLooking(const std::optional<QJsonObject> &offer, const QJsonObject &message)
{
    m_isLooking = false;
    if (offer) {
        // Its release would be one without a press.
        const QString up = message.value("button"_L1).isUndefined() ? u"key"_s : u"mouse"_s;
        std::erase_if(m_waiting, [&up](const auto &one) {
            return one.first == up && one.second.value("k"_L1).toString() == "up"_L1;
        });
        emit offered(*offer);
    }
    while (!m_waiting.empty() && !m_isLooking) {
        const auto [type, waiting] = m_waiting.front();
        m_waiting.pop_front();
        dispatch(type, waiting);
    }
}

void WatchedPage::navigate(const QJsonObject &message)
{
    const QString op = message.value("op"_L1).toString();
    m_capture.noteInput();
    if (op == "back"_L1) {
        stepHistory(-1);
    } else if (op == "forward"_L1) {
        stepHistory(1);
    } else if (op == "reload"_L1) {
        m_client.call(u"Page.reload"_s, {}, m_cdpSession);
    } else if (op == "stop"_L1) {
        m_client.call(u"Page.stopLoading"_s, {}, m_cdpSession);
    } else if (op == "go"_L1) {
        const QString url = completedInitialUrl(message.value("url"_L1).toString());
        if (const QString problem = initialUrlProblem(url); !problem.isEmpty()) {
            emit refused(problem);
            return;
        }
        CdpReply *reply = m_client.call(u"Page.navigate"_s, {{"url"_L1, url}}, m_cdpSession, 60s);
        connect(reply, &CdpReply::finished, this, [this, reply] {
            const QString error = reply->result().value("errorText"_L1).toString();
            if (!error.isEmpty())
                emit refused(u"The page could not be opened: %1"_s.arg(error));
        });
    }
}

void WatchedPage::stepHistory(int step)
{
    CdpReply *reply = m_client.call(u"Page.getNavigationHistory"_s, {}, m_cdpSession);
    connect(reply, &CdpReply::finished, this, [this, reply, step] {
        const int wanted = reply->result().value("currentIndex"_L1).toInt() + step;
        const QJsonArray entries = reply->result().value("entries"_L1).toArray();
        if (wanted >= 0 && wanted < entries.size()) {
            m_client.call(u"Page.navigateToHistoryEntry"_s,
                          {{"entryId"_L1, entries.at(wanted)["id"_L1]}}, m_cdpSession);
        }
    });
}

void WatchedPage::answerDialog(const QJsonObject &message)
{
    if (!m_dialog || message.value("id"_L1).toString() != m_dialog->id) {
        emit refused(u"That question was answered already."_s);
        return;
    }
    m_dialogAnswered = true;
    m_capture.noteInput();
    m_client.call(u"Page.handleJavaScriptDialog"_s,
                  {{"accept"_L1, message.value("accept"_L1).toBool()},
                   {"promptText"_L1, message.value("text"_L1).toString()}},
                  m_cdpSession);
}

void WatchedPage::answerChooser(const QJsonObject &message)
{
    const int node = std::exchange(m_chooserNode, 0);
    if (node == 0 || message.value("id"_L1).toString() != QString::number(node)
        || !message.contains("files"_L1))
        return;
    QJsonArray paths;
    const QString problem = writeFiles(message.value("files"_L1).toArray(), &paths);
    if (!problem.isEmpty()) {
        emit refused(problem);
        return;
    }
    m_client.call(u"DOM.setFileInputFiles"_s, {{"files"_L1, paths}, {"backendNodeId"_L1, node}},
                  m_cdpSession);
}

// Each into a folder of its own, so that two of one name do not meet; the page may read them
// whenever it likes, so they stay as long as it does.
QString WatchedPage::writeFiles(const QJsonArray &files, QJsonArray *paths)
{
    if (!m_uploads)
        m_uploads = std::make_unique<QTemporaryDir>(m_uploadFolder + "/upload-XXXXXX"_L1);
    qsizetype total = 0;
    for (const QJsonValue &value : files) {
        const QByteArray data = QByteArray::fromBase64(value["data"_L1].toString().toLatin1());
        total += data.size();
        if (total > maxUpload)
            return u"The files are larger than 16 MiB together."_s;
        const QString name = QFileInfo(value["name"_L1].toString()).fileName();
        const QString folder = m_uploads->filePath(QString::number(++m_uploadCount));
        if (!QDir().mkdir(folder))
            return u"The file %1 could not be kept."_s.arg(name);
        const bool isName = !name.isEmpty() && name != "."_L1 && name != ".."_L1;
        const QString path = folder + u'/' + (isName ? name : u"file"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(data) != data.size())
            return u"The file %1 could not be kept: %2"_s.arg(name, file.errorString());
        paths->append(path);
    }
    return {};
}

} // namespace Anchorwatch
