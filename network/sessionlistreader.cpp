#include "network/sessionlistreader.h"

#include "network/sessionlistbuilder.h"

#include <QJsonDocument>

#include <array>
#include <climits>
#include <optional>
#include <string_view>

#include <simdjson.h>

namespace Anchorwatch {

namespace {

namespace json = simdjson::dom;

constexpr qsizetype mostWords = 10'000;
constexpr qsizetype longestWord = 64;

QByteArray rawBytes(std::string_view text)
{
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Repeated words, each kept once.
class Words
{
public:
    explicit Words(QHash<QByteArray, QString> &words)
        : m_words(words)
    {
    }

    QString operator()(std::string_view text)
    {
        const QByteArray raw = rawBytes(text);
        const auto known = m_words.constFind(raw);
        if (known != m_words.constEnd())
            return *known;
        if (raw.size() > longestWord || m_words.size() >= mostWords)
            return toText(text);
        return *m_words.insert(QByteArray(raw.constData(), raw.size()), toText(text));
    }

private:
    QHash<QByteArray, QString> &m_words;
};

// "2026-05-01T11:30:00Z", with or without milliseconds; nothing for any other way to write a time.
std::optional<QDateTime> plainTime(std::string_view text)
{
    const bool hasFraction = text.size() == 24 && text[19] == '.';
    if ((text.size() != 20 && !hasFraction) || text[4] != '-' || text[7] != '-' || text[10] != 'T'
        || text[13] != ':' || text[16] != ':' || text.back() != 'Z')
        return std::nullopt;
    bool isSound = true;
    const auto number = [&](size_t begin, size_t length) {
        int value = 0;
        for (const char digit : text.substr(begin, length)) {
            isSound = isSound && digit >= '0' && digit <= '9';
            value = value * 10 + (digit - '0');
        }
        return value;
    };
    const QDate date(number(0, 4), number(5, 2), number(8, 2));
    const QTime time(number(11, 2), number(14, 2), number(17, 2), hasFraction ? number(20, 3) : 0);
    if (!isSound || !date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, Qt::UTC);
}

// Reads one session, field by field; each of the functions is false for what is not plain.
class PlainSession
{
public:
    explicit PlainSession(Words words)
        : m_words(words)
    {
    }

    [[nodiscard]] bool read(json::object object)
    {
        for (const json::key_value_pair &field : object) {
            if (!readField(field.key, field.value))
                return false;
        }
        return !m_session.id.trimmed().isEmpty() && !m_session.status.word().isEmpty();
    }

    [[nodiscard]] const Session &session() const { return m_session; }

private:
    bool readField(std::string_view name, json::element value)
    {
        struct Text
        {
            std::string_view name;
            QString Session::*field;
        };
        static constexpr std::array texts{Text{"id", &Session::id},
                                          Text{"cdpUrl", &Session::cdpUrl},
                                          Text{"liveViewUrl", &Session::liveViewUrl},
                                          Text{"liveControlUrl", &Session::liveControlUrl},
                                          Text{"title", &Session::title},
                                          Text{"currentUrl", &Session::currentUrl},
                                          Text{"error", &Session::error}};
        for (size_t i = 0; i < texts.size(); ++i) {
            if (name == texts[i].name)
                return isFirst(i) && readText(value, &(m_session.*texts[i].field));
        }
        if (name == "status")
            return isFirst(10) && readStatus(value);
        if (name == "profileName")
            return isFirst(11) && readWord(value, &m_session.profileName);
        if (name == "createdAt")
            return isFirst(12) && readTime(value);
        if (name == "actionCount")
            return isFirst(13) && readCount(value);
        if (name == "persist")
            return isFirst(14) && readFlag(value);
        return name == "tags" && isFirst(15) && readTags(value);
    }

    // Of two values for one field the last one counts, which is more than is worth knowing here.
    bool isFirst(size_t field)
    {
        const bool isNew = (m_seen >> field & 1U) == 0;
        m_seen |= 1U << field;
        return isNew;
    }

    static bool isShort(json::element value, std::string_view *text)
    {
        return !value.get(*text) && text->size() <= static_cast<size_t>(maxFieldLength);
    }

    static bool readText(json::element value, QString *text)
    {
        std::string_view read;
        const bool isPlain = isShort(value, &read);
        if (isPlain)
            *text = toText(read);
        return isPlain;
    }
    bool readWord(json::element value, QString *word)
    {
        std::string_view read;
        const bool isPlain = isShort(value, &read);
        if (isPlain)
            *word = m_words(read);
        return isPlain;
    }
    bool readStatus(json::element value)
    {
        QString word;
        const bool isPlain = readWord(value, &word);
        m_session.status = SessionStatus::fromWord(word);
        return isPlain;
    }
    bool readTime(json::element value)
    {
        std::string_view read;
        const auto time = isShort(value, &read) ? plainTime(read) : std::nullopt;
        m_session.createdAt = time.value_or(QDateTime());
        return time.has_value();
    }
    bool readCount(json::element value)
    {
        int64_t count = 0;
        const bool isPlain = !value.get(count) && count >= 0 && count <= INT_MAX;
        m_session.actionCount = static_cast<int>(count);
        return isPlain;
    }
    bool readFlag(json::element value)
    {
        bool flag = false;
        const bool isPlain = !value.get(flag);
        m_session.persist = flag;
        return isPlain;
    }
    bool readTags(json::element value)
    {
        json::array tags;
        if (value.get(tags))
            return false;
        for (const json::element tag : tags) {
            QString word;
            if (!readWord(tag, &word))
                return false;
            m_session.tags.append(word);
        }
        return true;
    }

    Words m_words;
    Session m_session;
    quint32 m_seen = 0;
};

// Finds where values begin and end in JSON, without a look at what they are: whoever takes one
// parses it, and then knows that it is one.
class Cutter
{
public:
    explicit Cutter(std::string_view text)
        : m_text(text)
    {
    }

    // Is that the next character, blanks apart? It is passed then.
    bool pass(char c)
    {
        passBlanks();
        const bool is = m_at < m_text.size() && m_text[m_at] == c;
        m_at += is ? 1 : 0;
        return is;
    }
    bool isAt(char c)
    {
        const bool is = pass(c);
        m_at -= is ? 1 : 0;
        return is;
    }
    // Is it followed by that text? It is passed then.
    bool passAll(std::string_view text)
    {
        const bool is = m_text.compare(m_at, text.size(), text) == 0;
        m_at += is ? text.size() : 0;
        return is;
    }
    bool isAtEnd()
    {
        passBlanks();
        return m_at >= m_text.size();
    }
    [[nodiscard]] size_t position() const { return m_at; }
    // The next value; what is there where none is. Character by character: searching for one of
    // several takes longer in texts as short as these.
    std::string_view value()
    {
        passBlanks();
        const size_t begin = m_at;
        int depth = 0;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"')
                passText();
            else if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']' || c == ',' || c == ':') && depth == 0)
                break;
            else if ((c == '}' || c == ']') && --depth == 0)
                return m_text.substr(begin, ++m_at - begin);
        }
        return m_text.substr(begin, m_at - begin);
    }

private:
    void passBlanks()
    {
        while (m_at < m_text.size()
               && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n'
                   || m_text[m_at] == '\r'))
            ++m_at;
    }
    // To the quote at its end.
    void passText()
    {
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at)
            m_at += m_text[m_at] == '\\' ? 1 : 0;
    }

    std::string_view m_text;
    size_t m_at = 0;
};

} // namespace

// A list as it is being read, against the one before; false for what is not plain.
class PlainList
{
public:
    PlainList(SessionListReader &reader, const QByteArray &body)
        : m_reader(reader)
        , m_body(body)
        , m_words(reader.m_words)
    {
        // The parser reads a little beyond the end of what it is given.
        constexpr auto padding = static_cast<qsizetype>(simdjson::SIMDJSON_PADDING);
        if (m_body.capacity() - m_body.size() < padding)
            m_body.reserve(m_body.size() + padding);
        m_text = {m_body.constData(), static_cast<size_t>(m_body.size())};
        m_cutter = Cutter(m_text);
        // A list that is a few sessions longer than the one before is not moved for them.
        const qsizetype expected = reader.m_sessions.size() + reader.m_sessions.size() / 32;
        m_builder.reserve(expected);
        m_extents.reserve(expected);
    }

    [[nodiscard]] bool read()
    {
        if (!m_cutter.pass('{'))
            return false;
        do {
            if (!readField())
                return false;
        } while (m_cutter.pass(','));
        return m_cutter.pass('}') && m_cutter.isAtEnd() && m_hasList;
    }

    // The reader knows this list from now on.
    DecodedSessionList keep()
    {
        const DecodedSessionList &decoded = m_builder.decoded();
        const bool areAllListed = decoded.sessions.size() == m_extents.size();
        m_reader.m_body = m_body;
        m_reader.m_sessions = decoded.sessions;
        m_reader.m_extents = areAllListed ? m_extents : QList<Extent>();
        return decoded;
    }

private:
    using Extent = SessionListReader::Extent;

    bool readField()
    {
        const std::string_view name = m_cutter.value();
        if (!m_cutter.pass(':'))
            return false;
        if (name == "\"sessions\"")
            return !std::exchange(m_hasList, true) && readSessions();
        int64_t count = 0;
        json::element value;
        return name == "\"count\"" && parse(m_cutter.value(), &value) && !value.get(count);
    }

    bool readSessions()
    {
        if (!m_cutter.pass('['))
            return false;
        if (m_cutter.pass(']'))
            return true;
        do {
            if (m_extents.size() == maxListedSessions || !m_cutter.isAt('{')
                || (!isAsBefore() && !readSession()))
                return false;
        } while (m_cutter.pass(','));
        return m_cutter.pass(']');
    }

    // What begins with a whole object ends where that ends.
    bool isAsBefore()
    {
        if (m_next >= m_reader.m_extents.size())
            return false;
        const Extent &before = m_reader.m_extents[m_next];
        const std::string_view written(m_reader.m_body.constData() + before.begin,
                                       static_cast<size_t>(before.size));
        const auto begin = static_cast<qsizetype>(m_cutter.position());
        if (!m_cutter.passAll(written))
            return false;
        m_builder.add(m_reader.m_sessions[m_next++]);
        m_extents.append({begin, before.size});
        return true;
    }

    bool readSession()
    {
        const std::string_view written = m_cutter.value();
        json::element element;
        json::object object;
        if (!parse(written, &element) || element.get(object))
            return false;
        PlainSession plain(m_words);
        const Session session =
            plain.read(object)
                ? plain.session()
                : sessionFromJson(QJsonDocument::fromJson(rawBytes(written)).object());
        m_builder.add(session);
        m_extents.append({written.data() - m_text.data(), static_cast<qsizetype>(written.size())});
        findPlace(session.id);
        return true;
    }

    bool parse(std::string_view text, json::element *element)
    {
        constexpr bool copied = false; // there is room behind it
        return !m_parser.parse(text.data(), text.size(), copied).get(*element);
    }

    // Lists keep their order mostly: behind where the session was, the next one is expected.
    void findPlace(const QString &id)
    {
        const SessionList &before = m_reader.m_sessions;
        constexpr qsizetype farthest = 50;
        const qsizetype end = std::min(m_next + farthest, m_reader.m_extents.size());
        for (qsizetype place = m_next; place < end; ++place) {
            if (before[place].id == id) {
                m_next = place + 1;
                return;
            }
        }
    }

    SessionListReader &m_reader;
    QByteArray m_body;
    std::string_view m_text;
    Cutter m_cutter{{}};
    Words m_words;
    json::parser m_parser;
    SessionListBuilder m_builder;
    QList<Extent> m_extents;
    qsizetype m_next = 0; // of the list before
    bool m_hasList = false;
};

SessionListReading SessionListReader::read(const QByteArray &body)
{
    if (!m_body.isNull() && body == m_body)
        return {{}, true};
    PlainList plain(*this, body);
    if (plain.read())
        return {plain.keep(), false};
    SessionListReading reading{decodeSessionList(body), false};
    if (reading.list.problem.isEmpty()) {
        m_body = body;
        m_sessions = reading.list.sessions;
        m_extents.clear();
    }
    return reading;
}

} // namespace Anchorwatch
