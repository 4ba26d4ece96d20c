#include "network/live/pagefields.h"

#include "network/cdpclient.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <chrono>

namespace Anchorwatch {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A page that does not answer in this time gets the press, as it would without us. It could not
// have heard of it sooner: what is busy for us is busy for its user.
constexpr auto patience = 5s;

// Finds the innermost element at a place, through shadow trees and frames of the same site, and
// where its document lies in the page. (%1, %2: the place)
constexpr auto atPlace = R"(((x, y) => {
    let left = 0, top = 0, tree = document, found = null;
    for (;;) {
        const element = tree.elementFromPoint(x - left, y - top);
        if (!element || element === found) break;
        found = element;
        let inner = element.shadowRoot;
        if (!inner && element.contentDocument) {
            const box = element.getBoundingClientRect();
            left += box.left + element.clientLeft;
            top += box.top + element.clientTop;
            inner = element.contentDocument;
        }
        if (!inner) break;
        tree = inner;
    }
    return [found, left, top];
})(%1, %2))"_L1;

// Likewise for what has the focus.
constexpr auto withFocus = R"((() => {
    let left = 0, top = 0, found = document.activeElement;
    while (found) {
        if (found.shadowRoot?.activeElement) {
            found = found.shadowRoot.activeElement;
        } else if (found.contentDocument?.activeElement) {
            const box = found.getBoundingClientRect();
            left += box.left + found.clientLeft;
            top += box.top + found.clientTop;
            found = found.contentDocument.activeElement;
        } else break;
    }
    return [found, left, top];
})())"_L1;

// Describes a field whose popup would not be in the picture; null when there is none. (%1: one of
// the above)
constexpr auto describe = R"((() => {
    const [hit, left, top] = %1;
    const field = hit?.localName === 'option' ? hit.closest('select') : hit;
    if (!field || field.disabled || field.matches?.(':disabled')) return null;
    const box = field.getBoundingClientRect();
    const place = {x: box.left + left, y: box.top + top, w: box.width, h: box.height};
    if (field.localName === 'select' && !field.multiple && field.size <= 1) {
        const options = [...field.options].slice(0, 2000).map(option => ({
            text: option.label.slice(0, 500),
            group: option.parentElement.localName === 'optgroup'
                ? option.parentElement.label.slice(0, 500) : '',
            disabled: option.disabled || option.parentElement.disabled === true}));
        globalThis.offered = field;
        field.focus();
        return {t: 'select', ...place, options, multiple: false,
                chosen: field.selectedIndex < 0 ? [] : [field.selectedIndex]};
    }
    const kinds = ['color', 'date', 'time', 'datetime-local', 'month', 'week'];
    if (field.localName === 'input' && kinds.includes(field.type) && !field.readOnly) {
        globalThis.offered = field;
        field.focus();
        return {t: 'field', ...place, kind: field.type, value: field.value, min: field.min,
                max: field.max, step: field.step};
    }
    return null;
})())"_L1;

// Writes a value as a person would: the page hears of it. (%1: the answer)
constexpr auto write = R"((answer => {
    const field = globalThis.offered;
    globalThis.offered = null;
    if (!field?.isConnected) return false;
    if (field.localName === 'select') {
        const option = field.options[answer.chosen?.[0]];
        if (!option || option.disabled || option.index === field.selectedIndex) return false;
        field.selectedIndex = option.index;
    } else {
        if (typeof answer.value !== 'string' || answer.value === field.value) return false;
        field.value = answer.value;
    }
    field.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
    return true;
})(%1))"_L1;

constexpr auto selected = R"((() => {
    const [field] = %1;
    if (field && typeof field.selectionStart === 'number' && field.type !== 'password')
        return field.value.slice(field.selectionStart, field.selectionEnd);
    return String((field?.ownerDocument ?? document).getSelection() ?? '');
})())"_L1;

} // namespace

PageFields::PageFields(CdpClient &client, const QString &cdpSession, const QString &targetId,
                       QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_cdpSession(cdpSession)
    , m_frame(targetId)
{
}

void PageFields::forgetDocument()
{
    m_world = 0;
    m_offered.clear();
}

void PageFields::lookAt(double x, double y, const Then &then)
{
    offer(QString(atPlace).arg(x).arg(y), then);
}

void PageFields::lookAtFocused(const Then &then)
{
    offer(QString(withFocus), then);
}

void PageFields::offer(const QString &finder, const Then &then)
{
    evaluate(QString(describe).arg(finder), [this, then](const QJsonValue &found) {
        if (!found.isObject()) {
            then({});
            return;
        }
        QJsonObject message = found.toObject();
        m_offered = QString::number(++m_serial);
        message.insert("id"_L1, m_offered);
        then(message);
    });
}

void PageFields::choose(const QJsonObject &answer)
{
    if (answer.value("id"_L1).toString() != m_offered || m_offered.isEmpty())
        return;
    m_offered.clear();
    const QByteArray json = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    evaluate(QString(write).arg(QString::fromUtf8(json)), [](const QJsonValue &) {});
}

void PageFields::selection(bool cut, const std::function<void(const QString &)> &then)
{
    evaluate(QString(selected).arg(withFocus), [this, cut, then](const QJsonValue &text) {
        if (cut && !text.toString().isEmpty()) {
            const QJsonObject key{{"key"_L1, u"Delete"_s},
                                  {"code"_L1, u"Delete"_s},
                                  {"windowsVirtualKeyCode"_L1, 46}};
            for (const auto &type : {u"rawKeyDown"_s, u"keyUp"_s}) {
                QJsonObject parameters = key;
                parameters.insert("type"_L1, type);
                m_client.call(u"Input.dispatchKeyEvent"_s, parameters, m_cdpSession);
            }
        }
        then(text.toString());
    });
}

void PageFields::evaluate(const QString &expression,
                          const std::function<void(const QJsonValue &)> &then)
{
    if (m_world != 0) {
        evaluateIn(m_world, expression, then);
        return;
    }
    CdpReply *reply = m_client.call(
        u"Page.createIsolatedWorld"_s,
        {{"frameId"_L1, m_frame}, {"worldName"_L1, u"anchorwatch-live"_s}}, m_cdpSession, patience);
    connect(reply, &CdpReply::finished, this, [this, reply, expression, then] {
        m_world = reply->result().value("executionContextId"_L1).toInt();
        if (m_world == 0)
            then({});
        else
            evaluateIn(m_world, expression, then);
    });
}

void PageFields::evaluateIn(int world, const QString &expression,
                            const std::function<void(const QJsonValue &)> &then)
{
    CdpReply *reply = m_client.call(
        u"Runtime.evaluate"_s,
        {{"expression"_L1, expression}, {"contextId"_L1, world}, {"returnByValue"_L1, true}},
        m_cdpSession, patience);
    connect(reply, &CdpReply::finished, this, [this, reply, world, then] {
        // Its document may have gone without a word.
        if (!reply->error().isEmpty() && m_world == world)
            m_world = 0;
        then(reply->result().value("result"_L1).toObject().value("value"_L1));
    });
}

} // namespace Anchorwatch
