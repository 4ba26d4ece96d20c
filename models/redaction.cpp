#include "models/redaction.h"

#include "models/knownsecrets.h"
#include "models/urltext.h"

#include <QRegularExpression>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

// "&name=", also percent-encoded, as in a URL that stands in the query of another, then the value.
QString secretValuePattern()
{
    const QString percent = u"%(?:25)*"_s;
    return u"((?:[?&;#]|"_s + percent + u"(?:3F|26|3B|23))"_s
           + u"(?:api[-_]?key|[a-z_-]*token|session[-_]?id|rt|signing[-_]?key|key|password)(?:=|"_s
           + percent + u"3D))[^?&;#\\s\"<>]++"_s;
}

QString withoutSecretValues(QString text)
{
    static const QRegularExpression value(secretValuePattern(),
                                          QRegularExpression::CaseInsensitiveOption);
    return text.replace(value, u"\\1"_s + secretMask.toString());
}

} // namespace

QString redacted(const QString &text)
{
    // The known secrets first: one that holds an & or a quote would be cut by the other rules.
    return withoutSecretValues(withoutUserInfo(withoutSecrets(text)));
}

} // namespace Anchorwatch
