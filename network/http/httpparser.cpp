#include "network/http/httpparser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <limits>
#include <utility>

namespace Anchorwatch {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using namespace Qt::StringLiterals;

namespace {

QByteArray toBytes(beast::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

// Beast's parser, keeping what it finds as a head and a body of ours.
class Reader final : public http::basic_parser<true>
{
public:
    explicit Reader(const HttpLimits &limits)
        : m_limits(limits)
    {
        header_limit(std::numeric_limits<std::uint32_t>::max()); // feed() counts
        body_limit(boost::none); // a declared length is the gate's to refuse
    }

    HttpHead head;
    QByteArray body;

private:
    void on_request_impl(http::verb, beast::string_view method, beast::string_view target,
                         int version, beast::error_code &) override
    {
        head.method = toBytes(method);
        head.target = toBytes(target);
        head.version = version == 10 ? HttpHead::Version::Http10 : HttpHead::Version::Http11;
    }

    void on_response_impl(int, beast::string_view, int, beast::error_code &) override {}

    void on_field_impl(http::field, beast::string_view name, beast::string_view value,
                       beast::error_code &error) override
    {
        // Fields behind a chunked body come here too; they are counted, and dropped, because a
        // trailer must not pass for a header that the gate has seen (RFC 9110, 6.5.1).
        if (++m_fieldCount > m_limits.headerCount)
            error = http::error::header_limit;
        else if (!is_header_done())
            head.headers.append({toBytes(name), toBytes(value)});
    }

    void on_header_impl(beast::error_code &) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t> &, beast::error_code &) override {}

    std::size_t on_body_impl(beast::string_view bytes, beast::error_code &) override
    {
        body.append(bytes.data(), static_cast<qsizetype>(bytes.size()));
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code &) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes,
                                   beast::error_code &error) override
    {
        return on_body_impl(bytes, error);
    }

    void on_finish_impl(beast::error_code &) override {}

    const HttpLimits &m_limits;
    qsizetype m_fieldCount = 0;
};

// True for a header value that is continued on a line of its own. Beast joins the lines, as RFC
// 9112 5.2 allows; others do not, so such a head could be read in two ways.
bool hasFoldedLine(QByteArrayView head)
{
    return head.contains("\r\n ") || head.contains("\r\n\t");
}

// True for a line that ends without CR. Beast refuses it too, but in a head that comes in pieces
// not before the end, which such a head does not have.
bool hasBareLineFeed(QByteArrayView head)
{
    for (qsizetype i = head.indexOf('\n'); i >= 0; i = head.indexOf('\n', i + 1)) {
        if (i == 0 || head.at(i - 1) != '\r')
            return true;
    }
    return false;
}

// The shortest chunked body, "0\r\n\r\n". Beast 1.81 asserts that it sees all of it at once, so a
// client that sent it byte by byte would end a debug build.
constexpr qsizetype shortestChunkedBody = 5;

// What Beast lets pass and other servers may read otherwise (RFC 9112, 6.1 to 6.3); empty when
// there is nothing.
QString ambiguity(const HttpHead &head)
{
    const QByteArrayList lengths = headerValues(head.headers, "Content-Length");
    const QByteArrayList codings = headerValues(head.headers, "Transfer-Encoding");
    if (lengths.size() > 1 || lengths.value(0).contains(','))
        return u"More than one Content-Length"_s;
    if (codings.isEmpty())
        return {};
    if (!lengths.isEmpty())
        return u"Both Content-Length and Transfer-Encoding"_s;
    if (head.version == HttpHead::Version::Http10)
        return u"Transfer-Encoding in HTTP/1.0"_s;
    if (codings.size() > 1 || codings.first().compare("chunked", Qt::CaseInsensitive) != 0)
        return u"Transfer-Encoding is not just chunked"_s;
    return {};
}

} // namespace

class HttpParser::Private
{
public:
    explicit Private(const HttpLimits &httpLimits)
        : limits(httpLimits)
        , reader(httpLimits)
    {
    }

    [[nodiscard]] qsizetype feedHead(QByteArrayView bytes);
    [[nodiscard]] qsizetype feedBody(QByteArrayView bytes);
    [[nodiscard]] qsizetype take(QByteArrayView bytes);
    [[nodiscard]] qsizetype window() const { return limits.headBytes + 64; }
    void finishHead();
    void fail(int status, const QString &words);
    void fail(const beast::error_code &error);

    const HttpLimits &limits;
    Reader reader;
    Stage stage = Stage::Head;
    HttpResponse refusal;
    qsizetype headBytes = 0; // taken
    qsizetype bodyBytes = 0; // taken, with what chunking adds
};

qsizetype HttpParser::Private::take(QByteArrayView bytes)
{
    beast::error_code error;
    const std::size_t taken =
        reader.put({bytes.data(), static_cast<std::size_t>(bytes.size())}, error);
    if (error && error != http::error::need_more)
        fail(error);
    return static_cast<qsizetype>(taken);
}

qsizetype HttpParser::Private::feedHead(QByteArrayView bytes)
{
    const qsizetype taken = take(bytes);
    if (stage == Stage::Failed)
        return taken;
    const bool complete = reader.is_header_done();
    const QByteArrayView head = complete ? bytes.first(taken) : bytes;
    // Beast's own limit is only on what it has not taken yet: a client that sends line by line
    // would never meet it.
    const bool tooLarge = headBytes + head.size() > limits.headBytes;
    const bool isRequestLine = headBytes == 0 && !head.contains('\n');
    headBytes += taken;
    if (tooLarge && isRequestLine)
        fail(414, u"The request line is too long"_s);
    else if (tooLarge)
        fail(431, u"The headers are too large"_s);
    else if (hasFoldedLine(head))
        fail(400, u"Malformed request: folded header"_s);
    else if (hasBareLineFeed(head))
        fail(400, u"Malformed request: bare line feed"_s);
    else if (complete)
        finishHead();
    return taken;
}

qsizetype HttpParser::Private::feedBody(QByteArrayView bytes)
{
    if (reader.chunked() && bodyBytes == 0 && bytes.size() < shortestChunkedBody)
        return 0;
    const qsizetype taken = take(bytes);
    if (stage == Stage::Failed)
        return taken;
    bodyBytes += taken;
    if (reader.is_done())
        stage = Stage::Complete;
    else if (bodyBytes - reader.body.size() > limits.chunkOverheadBytes)
        fail(413, u"The body is cut into too many chunks"_s);
    else if (taken == 0 && bytes.size() >= window())
        fail(400, u"Malformed request: a chunk header without end"_s);
    return taken;
}

// Beast knows how the body is framed; the head says it in our words.
void HttpParser::Private::finishHead()
{
    HttpHead &head = reader.head;
    if (const QString problem = ambiguity(head); !problem.isEmpty())
        return fail(400, problem);
    if (reader.chunked()) {
        head.framing = HttpHead::Framing::Chunked;
    } else if (const auto length = reader.content_length()) {
        head.framing = HttpHead::Framing::Length;
        head.contentLength = *length;
    }
    if (!reader.keep_alive())
        head.persistence = HttpPersistence::Close;
    else if (head.version == HttpHead::Version::Http10)
        head.persistence = HttpPersistence::KeepAliveDeclared;
    reader.body_limit(static_cast<std::uint64_t>(limits.bodyBytes));
    reader.eager(true);
    stage = reader.is_done() ? Stage::Complete : Stage::Body;
}

void HttpParser::Private::fail(int status, const QString &words)
{
    stage = Stage::Failed;
    refusal = errorResponse(status, words);
}

void HttpParser::Private::fail(const beast::error_code &error)
{
    if (error == http::error::header_limit)
        fail(431, u"The headers are too large or too many"_s);
    else if (error == http::error::body_limit)
        fail(413, u"The body is too large"_s);
    else
        fail(400, u"Malformed request: %1"_s.arg(QString::fromStdString(error.message())));
}

HttpParser::HttpParser(const HttpLimits &limits)
    : d(std::make_unique<Private>(limits))
{
}

HttpParser::~HttpParser() = default;
HttpParser::HttpParser(HttpParser &&) noexcept = default;
HttpParser &HttpParser::operator=(HttpParser &&) noexcept = default;

qsizetype HttpParser::feed(QByteArrayView bytes)
{
    return d->stage == Stage::Head ? d->feedHead(bytes) : d->feedBody(bytes);
}

qsizetype HttpParser::window() const
{
    return d->window();
}

HttpParser::Stage HttpParser::stage() const
{
    return d->stage;
}

const HttpHead &HttpParser::head() const
{
    return d->reader.head;
}

QByteArray HttpParser::takeBody()
{
    return std::exchange(d->reader.body, {});
}

const HttpResponse &HttpParser::refusal() const
{
    return d->refusal;
}

} // namespace Anchorwatch
