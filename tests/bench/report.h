#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace Anchorwatch {

// What a figure shall be; without a bound it is there to compare with.
struct Target
{
    enum class Bound { None, AtMost, AtLeast };

    Bound bound = Bound::None;
    double value = 0;
};

[[nodiscard]] inline Target atMost(double value)
{
    return {Target::Bound::AtMost, value};
}
[[nodiscard]] inline Target atLeast(double value)
{
    return {Target::Bound::AtLeast, value};
}

[[nodiscard]] double median(QList<double> values);
// The value that this share of the others does not exceed, 0.95 for p95.
[[nodiscard]] double quantile(QList<double> values, double share);

// One figure: the median of its samples.
struct Figure
{
    QString chapter;
    QString what;
    QString unit;
    QList<double> samples;
    Target target;

    [[nodiscard]] double value() const { return median(samples); }
    [[nodiscard]] bool isMet() const;
};

// Collects figures, and says each on standard output as soon as it is known.
class Report
{
public:
    Report();

    void begin(const QString &chapter);
    void add(const QString &what, const QList<double> &samples, const QString &unit,
             const Target &target = {});
    // Something could not be measured.
    void fail(const QString &why);

    [[nodiscard]] bool isWhole() const { return m_failures.isEmpty(); }
    // The rows of the table of docs/performance.md.
    [[nodiscard]] QString markdown() const;
    [[nodiscard]] QJsonObject json() const;
    // How many cores there are, and how many processes wanted them, on average over a minute: with
    // more than there are cores the figures are too large.
    [[nodiscard]] QString circumstances() const;
    // The figures that an earlier report has too, as rows of a table: before, now, the ratio.
    [[nodiscard]] QString comparison(const QJsonObject &before) const;
    // Writes json(); says on standard error when it cannot.
    [[nodiscard]] bool write(const QString &fileName) const;

private:
    double m_loadBefore = 0;
    QString m_chapter;
    QList<Figure> m_figures;
    QStringList m_failures;
};

} // namespace Anchorwatch
