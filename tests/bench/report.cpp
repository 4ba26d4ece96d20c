#include "tests/bench/report.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString number(double value)
{
    const int decimals = std::abs(value) >= 100 || value == std::round(value) ? 0 : 1;
    return QString::number(value, 'f', std::abs(value) < 1 && value != 0 ? 2 : decimals);
}

QString targetText(const Figure &figure)
{
    switch (figure.target.bound) {
    case Target::Bound::None:
        return {};
    case Target::Bound::AtMost:
        return u"≤ %1 %2"_s.arg(number(figure.target.value), figure.unit).trimmed();
    case Target::Bound::AtLeast:
        return u"≥ %1 %2"_s.arg(number(figure.target.value), figure.unit).trimmed();
    }
    return {};
}

QString measuredText(const Figure &figure)
{
    QString text = u"%1 %2"_s.arg(number(figure.value()), figure.unit).trimmed();
    const auto [least, most] = std::minmax_element(figure.samples.cbegin(), figure.samples.cend());
    if (number(*least) != number(*most))
        text += u" (%1 to %2)"_s.arg(number(*least), number(*most));
    return text;
}

QString row(const Figure &figure)
{
    return u"| %1 | %2 | %3 | %4 |"_s.arg(figure.what, targetText(figure), measuredText(figure),
                                          figure.isMet() ? u""_s : u"missed"_s);
}

void print(const QString &line)
{
    std::printf("%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

double load()
{
    double average = 0;
    return ::getloadavg(&average, 1) == 1 ? average : -1;
}

} // namespace

double median(QList<double> values)
{
    return quantile(std::move(values), 0.5);
}

double quantile(QList<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<qsizetype>(share * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

bool Figure::isMet() const
{
    switch (target.bound) {
    case Target::Bound::None:
        return true;
    case Target::Bound::AtMost:
        return value() <= target.value;
    case Target::Bound::AtLeast:
        return value() >= target.value;
    }
    return true;
}

Report::Report()
    : m_loadBefore(load())
{
}

void Report::begin(const QString &chapter)
{
    m_chapter = chapter;
    print(u"\n%1"_s.arg(chapter));
}

void Report::add(const QString &what, const QList<double> &samples, const QString &unit,
                 const Target &target)
{
    if (samples.isEmpty()) {
        fail(u"%1: no samples"_s.arg(what));
        return;
    }
    m_figures.append({m_chapter, what, unit, samples, target});
    print(row(m_figures.constLast()));
}

void Report::fail(const QString &why)
{
    m_failures.append(u"%1: %2"_s.arg(m_chapter, why));
    print(u"NOT MEASURED: "_s + why);
}

QString Report::markdown() const
{
    QString text = u"| | target | measured | |\n|---|---|---|---|\n"_s;
    QString chapter;
    for (const Figure &figure : m_figures) {
        if (figure.chapter != chapter)
            text += u"| **%1** | | | |\n"_s.arg(figure.chapter);
        chapter = figure.chapter;
        text += row(figure) + u'\n';
    }
    return text;
}

QJsonObject Report::json() const
{
    QJsonArray figures;
    for (const Figure &figure : m_figures) {
        QJsonArray samples;
        for (const double sample : figure.samples)
            samples.append(sample);
        figures.append(QJsonObject{{"chapter"_L1, figure.chapter},
                                   {"what"_L1, figure.what},
                                   {"unit"_L1, figure.unit},
                                   {"value"_L1, figure.value()},
                                   {"target"_L1, targetText(figure)},
                                   {"met"_L1, figure.isMet()},
                                   {"samples"_L1, samples}});
    }
    return {{"figures"_L1, figures},
            {"failures"_L1, QJsonArray::fromStringList(m_failures)},
            {"cores"_L1, QThread::idealThreadCount()},
            {"loadBefore"_L1, m_loadBefore},
            {"loadAfter"_L1, load()}};
}

QString Report::circumstances() const
{
    return u"%1 cores; load %2 before, %3 after\n"_s.arg(QThread::idealThreadCount())
        .arg(m_loadBefore, 0, 'f', 1)
        .arg(load(), 0, 'f', 1);
}

QString Report::comparison(const QJsonObject &before) const
{
    QHash<QString, double> earlier;
    for (const QJsonValue &figure : before["figures"_L1].toArray())
        earlier.insert(figure["chapter"_L1].toString() + u": "_s + figure["what"_L1].toString(),
                       figure["value"_L1].toDouble());
    QString text = u"| | before | now | ratio |\n|---|---|---|---|\n"_s;
    for (const Figure &figure : m_figures) {
        const QString name = figure.chapter + u": "_s + figure.what;
        if (!earlier.contains(name))
            continue;
        const double was = earlier.value(name);
        const QString ratio =
            was > 0 ? QString::number(figure.value() / was, 'f', 2) : QString(u'–');
        text += u"| %1 | %2 %3 | %4 %3 | %5 |\n"_s.arg(name, number(was), figure.unit,
                                                       number(figure.value()), ratio);
    }
    return text;
}

bool Report::write(const QString &fileName) const
{
    QFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(json()).toJson()) > 0)
        return true;
    std::fprintf(stderr, "cannot write %s\n", qPrintable(fileName));
    return false;
}

} // namespace Anchorwatch
