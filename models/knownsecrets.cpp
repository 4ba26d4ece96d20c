#include "models/knownsecrets.h"

#include <QByteArrayMatcher>
#include <QList>
#include <QReadWriteLock>

#include <algorithm>
#include <array>
#include <vector>

namespace Anchorwatch {

namespace {

constexpr qsizetype shortestSecret = 6;
constexpr int mostEncodings = 3; // a URL in the query of a URL in the query of a URL

// One form in which a secret is recognised, as bytes of UTF-8.
struct Form
{
    QByteArrayMatcher matcher;
    bool isBase64 = false;
};

// All secrets of this run. The program has one set of them, and every path that shows or logs
// something needs it, down to the message handler, which is a plain function.
struct KnownSecrets
{
    QReadWriteLock lock;
    QList<QByteArray> secrets;
    std::vector<Form> forms;
};

KnownSecrets &known()
{
    static KnownSecrets secrets;
    return secrets;
}

// How the secret looks within base64 when `before` bytes of the same group of three precede it.
// The characters at its ends, which hold bits of its neighbours too, are left out.
QByteArray withinBase64(const QByteArray &secret, int before)
{
    static constexpr std::array<qsizetype, 3> charactersOfNeighbours{0, 2, 3};
    const QByteArray encoded =
        (QByteArray(before, '\0') + secret).toBase64(QByteArray::OmitTrailingEquals);
    const bool endsWithinGroup = (before + secret.size()) % 3 != 0;
    const qsizetype first = charactersOfNeighbours[static_cast<size_t>(before)];
    return encoded.sliced(first, encoded.size() - first - (endsWithinGroup ? 1 : 0));
}

// As in JSON and in what QDebug puts between quotes.
QByteArray escaped(QByteArray secret)
{
    return secret.replace('\\', "\\\\").replace('"', "\\\"");
}

void addForms(std::vector<Form> &forms, const QByteArray &secret)
{
    forms.push_back({QByteArrayMatcher(secret), false});
    if (escaped(secret) != secret)
        forms.push_back({QByteArrayMatcher(escaped(secret)), false});
    for (int before = 0; before < 3; ++before) {
        const QByteArray standard = withinBase64(secret, before);
        QByteArray forUrls = standard;
        forUrls.replace('+', '-').replace('/', '_');
        forms.push_back({QByteArrayMatcher(standard), true});
        if (forUrls != standard)
            forms.push_back({QByteArrayMatcher(forUrls), true});
    }
}

// Bytes, and for each of them which bytes of the text it stands for: from starts[i] up to
// starts[i + 1].
struct Reading
{
    QByteArray bytes;
    std::vector<qsizetype> starts;
};

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Reading plainReading(const QByteArray &bytes)
{
    Reading reading{bytes, std::vector<qsizetype>(static_cast<size_t>(bytes.size()) + 1)};
    for (size_t i = 0; i < reading.starts.size(); ++i)
        reading.starts[i] = static_cast<qsizetype>(i);
    return reading;
}

// The reading with its percent-encoding undone once.
Reading decoded(const Reading &from)
{
    Reading to;
    to.bytes.reserve(from.bytes.size());
    to.starts.reserve(from.starts.size());
    const qsizetype size = from.bytes.size();
    for (qsizetype i = 0; i < size; ++i) {
        to.starts.push_back(from.starts[static_cast<size_t>(i)]);
        const bool isEncoded = from.bytes[i] == '%' && i + 2 < size
                               && hexDigit(from.bytes[i + 1]) >= 0
                               && hexDigit(from.bytes[i + 2]) >= 0;
        if (isEncoded) {
            const int value = hexDigit(from.bytes[i + 1]) * 16 + hexDigit(from.bytes[i + 2]);
            to.bytes.append(static_cast<char>(value));
            i += 2;
        } else {
            to.bytes.append(from.bytes[i]);
        }
    }
    to.starts.push_back(from.starts.back());
    return to;
}

bool isOfBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
           || c == '/' || c == '-' || c == '_' || c == '=';
}

// Marks in `isSecret`, byte by byte of the text, where the form occurs in the reading. Occurrences
// may overlap.
void mark(const Form &form, const Reading &reading, std::vector<bool> &isSecret)
{
    const QByteArray &bytes = reading.bytes;
    qsizetype marked = 0; // all before this is decided
    qsizetype at = form.matcher.indexIn(bytes);
    while (at >= 0) {
        qsizetype first = std::max(at, marked);
        qsizetype end = at + form.matcher.pattern().size();
        if (form.isBase64) {
            while (first > marked && isOfBase64(bytes[first - 1]))
                --first;
            while (end < bytes.size() && isOfBase64(bytes[end]))
                ++end;
        }
        std::fill(isSecret.begin() + reading.starts[static_cast<size_t>(first)],
                  isSecret.begin() + reading.starts[static_cast<size_t>(end)], true);
        marked = end;
        at = form.matcher.indexIn(bytes, form.isBase64 ? end : at + 1);
    }
}

QByteArray masked(const QByteArray &text, const std::vector<bool> &isSecret)
{
    static const QByteArray mask = secretMask.toUtf8();
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto place = static_cast<size_t>(i);
        if (!isSecret[place])
            result.append(text[i]);
        else if (i == 0 || !isSecret[place - 1])
            result.append(mask);
    }
    return result;
}

} // namespace

void hideSecret(const QString &secret)
{
    const QString word = secret.trimmed(); // what a line end in a variable adds is not sent
    if (word.size() < shortestSecret)
        return;
    const QByteArray bytes = word.toUtf8();
    const QWriteLocker locker(&known().lock);
    if (known().secrets.contains(bytes))
        return;
    known().secrets.append(bytes);
    addForms(known().forms, bytes);
}

QString withoutSecrets(const QString &text)
{
    const QReadLocker locker(&known().lock);
    if (known().forms.empty() || text.size() < shortestSecret)
        return text;

    const QByteArray bytes = text.toUtf8();
    std::vector<bool> isSecret(static_cast<size_t>(bytes.size()));
    Reading reading = plainReading(bytes);
    for (int encodings = 0; encodings <= mostEncodings; ++encodings) {
        for (const Form &form : known().forms)
            mark(form, reading, isSecret);
        if (!reading.bytes.contains('%'))
            break;
        reading = decoded(reading);
    }
    const bool isClean = std::find(isSecret.begin(), isSecret.end(), true) == isSecret.end();
    return isClean ? text : QString::fromUtf8(masked(bytes, isSecret));
}

} // namespace Anchorwatch
