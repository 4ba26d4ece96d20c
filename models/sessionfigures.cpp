#include "models/sessionfigures.h"

#include "models/agetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Anchorwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SessionFigure", text);
}

QString spanText(double seconds)
{
    return std::isinf(seconds) ? tr("no limit")
                               : ageText(std::chrono::seconds(static_cast<qint64>(seconds)));
}

} // namespace

QString figureTitle(SessionFigure::Kind kind)
{
    switch (kind) {
    case SessionFigure::Kind::Duration:
        return tr("Duration");
    case SessionFigure::Kind::TimeLimit:
        return tr("Time limit");
    case SessionFigure::Kind::IdleLimit:
        return tr("Idle limit");
    case SessionFigure::Kind::Steps:
        return tr("Steps");
    case SessionFigure::Kind::Credits:
        return tr("Credits");
    case SessionFigure::Kind::ProxyTraffic:
        return tr("Proxy traffic");
    }
    return {};
}

QString figureText(const SessionFigure &figure)
{
    constexpr int digits = 10;
    switch (figure.kind) {
    case SessionFigure::Kind::Duration:
    case SessionFigure::Kind::TimeLimit:
    case SessionFigure::Kind::IdleLimit:
        return spanText(figure.value);
    case SessionFigure::Kind::Steps:
    case SessionFigure::Kind::Credits:
        return QString::number(figure.value, 'g', digits);
    case SessionFigure::Kind::ProxyTraffic:
        return QLocale::c().formattedDataSize(static_cast<qint64>(figure.value), 1);
    }
    return {};
}

std::optional<SessionFigure> figureOf(const Session &session, SessionFigure::Kind kind)
{
    const auto found = std::find_if(session.figures.cbegin(), session.figures.cend(),
                                    [kind](const auto &figure) { return figure.kind == kind; });
    return found == session.figures.cend() ? std::nullopt : std::optional(*found);
}

QList<SessionFact> figureFacts(const Session &session)
{
    QList<SessionFact> facts;
    for (const SessionFigure &figure : session.figures)
        facts.append({figureTitle(figure.kind), figureText(figure)});
    return facts;
}

} // namespace Anchorwatch
