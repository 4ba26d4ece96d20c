#include "network/fieldreader.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace Anchorwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FieldReader", text);
}

bool isMissing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull();
}

// Counts brackets outside of texts, without recursion: what reads the values recurses.
bool nestsTooDeep(const QByteArray &json)
{
    int depth = 0;
    bool isInText = false;
    for (auto c = json.cbegin(); c != json.cend(); ++c) {
        if (isInText && *c == '\\' && c + 1 != json.cend())
            ++c;
        else if (*c == '"')
            isInText = !isInText;
        else if (!isInText && (*c == '[' || *c == '{') && ++depth > maxJsonDepth)
            return true;
        else if (!isInText && (*c == ']' || *c == '}'))
            --depth;
    }
    return false;
}

} // namespace

QJsonDocument parseJson(const QByteArray &body, QString *problem)
{
    if (nestsTooDeep(body)) {
        *problem = tr("It nests more than %1 levels deep.").arg(maxJsonDepth);
        return {};
    }
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(body, &error);
    // QJsonDocument refuses a whole text for one bad byte; a page's title must not cost the list.
    if (error.error == QJsonParseError::IllegalUTF8String)
        document = QJsonDocument::fromJson(QString::fromUtf8(body).toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        *problem = tr("This is not JSON: %1.").arg(error.errorString());
    return document;
}

QString FieldReader::text(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (isMissing(value))
        return {};
    if (!value.isString()) {
        flag(tr("\"%1\" is not a text.").arg(name));
        return {};
    }
    QString text = value.toString();
    if (text.size() > maxFieldLength) {
        flag(tr("\"%1\" is too long.").arg(name));
        return {};
    }
    return text;
}

std::optional<bool> FieldReader::flagValue(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (isMissing(value))
        return {};
    if (!value.isBool()) {
        flag(tr("\"%1\" is neither true nor false.").arg(name));
        return {};
    }
    return value.toBool();
}

std::optional<int> FieldReader::count(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (isMissing(value))
        return {};
    const int number = value.toInt(-1);
    if (number < 0) {
        flag(tr("\"%1\" is not a count.").arg(name));
        return {};
    }
    return number;
}

QDateTime FieldReader::time(QLatin1StringView name)
{
    const QString written = text(name);
    if (written.isEmpty())
        return {};
    const QDateTime time = QDateTime::fromString(written, Qt::ISODateWithMs);
    if (!time.isValid())
        flag(tr("\"%1\" is not a time.").arg(name));
    // A time without a zone would otherwise be read as this machine's.
    if (time.timeSpec() == Qt::LocalTime)
        return QDateTime(time.date(), time.time(), Qt::UTC);
    return time.toUTC();
}

QStringList FieldReader::texts(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (isMissing(value))
        return {};
    QStringList texts;
    bool sound = value.isArray();
    for (const QJsonValue &entry : value.toArray()) {
        sound = sound && entry.isString() && entry.toString().size() <= maxFieldLength;
        if (sound)
            texts.append(entry.toString());
    }
    if (!sound)
        flag(tr("\"%1\" is not a list of texts.").arg(name));
    return texts;
}

QJsonObject FieldReader::object(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    if (!isMissing(value) && !value.isObject())
        flag(tr("\"%1\" is not an object.").arg(name));
    return value.toObject();
}

void FieldReader::flag(const QString &problem)
{
    if (m_problem.isEmpty())
        m_problem = problem;
}

} // namespace Anchorwatch
