// What watching costs, and how fast it is: see docs/performance.md. Prints every figure as it is
// known and, last, the rows of the table there; --json writes them with all samples.

#include "tests/bench/chapters.h"
#include "tests/bench/stage.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <array>
#include <cstdio>
#include <cstdlib>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;

namespace {

struct Chapter
{
    QString name;
    QString title;
    void (*measure)(Stage &);
};

const std::array chapters{
    Chapter{u"page"_s, u"The live view page"_s, measurePage},
    Chapter{u"viewers"_s, u"25 pictures a second of 1280 × 720, played"_s, measureViewers},
    Chapter{u"relay"_s, u"Between a page and its viewers"_s, measureRelay},
    Chapter{u"presses"_s, u"Acting"_s, measurePresses},
    Chapter{u"frames"_s, u"The page's own frames"_s, measureOwnFrames},
    Chapter{u"wall"_s, u"The wall: nine sessions, three of which move, every 2 s"_s, measureWall},
    Chapter{u"news"_s, u"News"_s, measureNews}};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // for the window, which needs no display then
    const QCommandLineOption jsonOption(u"json"_s, u"Write the figures to this file."_s, u"file"_s);
    const QCommandLineOption onlyOption(u"only"_s, u"Measure this part only; may be given again."_s,
                                        u"part"_s);
    const QCommandLineOption spansOption(u"spans"_s, u"Spans of six seconds a figure."_s,
                                         u"number"_s, u"3"_s);
    const QCommandLineOption pressesOption(u"presses"_s, u"Clicks, and keys."_s, u"number"_s,
                                           u"40"_s);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({jsonOption, onlyOption, spansOption, pressesOption});
    parser.process(application);

    Extent extent;
    extent.spans = std::max(1, parser.value(spansOption).toInt());
    extent.presses = std::max(1, parser.value(pressesOption).toInt());
    const QStringList only = parser.values(onlyOption);
    Report report;
    for (const Chapter &chapter : chapters) {
        if (!only.isEmpty() && !only.contains(chapter.name))
            continue;
        Stage stage{report, extent};
        report.begin(chapter.title);
        if (stage.start())
            chapter.measure(stage);
    }
    std::printf("\n%s\n%s", qUtf8Printable(report.circumstances()),
                qUtf8Printable(report.markdown()));
    if (parser.isSet(jsonOption) && !report.write(parser.value(jsonOption)))
        return EXIT_FAILURE;
    return report.isWhole() ? EXIT_SUCCESS : EXIT_FAILURE;
}
