#include "ui/theme.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using State = RowState::Kind;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

// WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double brighter = std::max(luminance(one), luminance(other));
    const double darker = std::min(luminance(one), luminance(other));
    return (brighter + 0.05) / (darker + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void textCanBeRead_data();
    void textCanBeRead();
    void shapesCanBeSeen_data();
    void shapesCanBeSeen();
    void bothThemesAreFoundByTheirPalette();
    void everyStateHasAShapeOfOurs_data();
    void everyStateHasAShapeOfOurs();
    void stateColorsCanBeReadOnTheirRows_data();
    void stateColorsCanBeReadOnTheirRows();
    void disabledTextDiffersFromEnabled();
};

void TestTheme::textCanBeRead_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const auto &[name, theme] :
         {std::pair("light", &Theme::light()), std::pair("dark", &Theme::dark())}) {
        const QList<std::pair<const char *, QColor>> texts{
            {"text", theme->text},     {"text2", theme->text2}, {"text3", theme->text3},
            {"accent", theme->accent}, {"green", theme->green}, {"blue", theme->blue},
            {"amber", theme->amber},   {"red", theme->red},
        };
        const QList<std::pair<const char *, QColor>> grounds{
            {"base", theme->base},
            {"window", theme->window},
            {"hover", theme->hover},
            {"selection", theme->selection},
        };
        for (const auto &[textName, text] : texts) {
            for (const auto &[groundName, ground] : grounds)
                QTest::addRow("%s: %s on %s", name, textName, groundName) << text << ground;
        }
        const auto row = [&](const char *what, const QColor &text, const QColor &ground) {
            QTest::addRow("%s: %s", name, what) << text << ground;
        };
        row("primary button", theme->onFill, theme->fill);
        row("primary button under the pointer", theme->onFill, theme->fillHover);
        row("danger button", theme->onFill, theme->redFill);
        row("danger button under the pointer", theme->onFill, theme->redFillHover);
        row("warning banner", theme->text, theme->amberGround);
        row("problem banner", theme->text, theme->redGround);
        row("information banner", theme->text, theme->blueGround);
        row("toast", theme->toastText, theme->toast);
        row("toast's button", theme->toastLink, theme->toast);
        row("raised button", theme->text, theme->raised);
        row("pressed button", theme->text, theme->press);
        row("selection in an inactive window", theme->text2, theme->selectionIdle);
    }
}

void TestTheme::textCanBeRead()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(QString::number(contrast(text, ground))));
}

void TestTheme::shapesCanBeSeen_data()
{
    QTest::addColumn<QColor>("shape");
    QTest::addColumn<QColor>("ground");
    for (const auto &[name, theme] :
         {std::pair("light", &Theme::light()), std::pair("dark", &Theme::dark())}) {
        const auto row = [&](const char *what, const QColor &shape, const QColor &ground) {
            QTest::addRow("%s: %s", name, what) << shape << ground;
        };
        row("outline of a field", theme->control, theme->base);
        row("outline of a field on the window", theme->control, theme->window);
        row("resting icon in a hovered row", theme->control, theme->hover);
        row("icon in a selected row", theme->text2, theme->selection);
        row("focus ring on a selected row", theme->accent, theme->selection);
        row("warning icon", theme->amber, theme->amberGround);
        row("problem icon", theme->red, theme->redGround);
        row("information icon", theme->blue, theme->blueGround);
    }
}

void TestTheme::shapesCanBeSeen()
{
    QFETCH(QColor, shape);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(shape, ground) >= 3.0, qPrintable(QString::number(contrast(shape, ground))));
}

void TestTheme::bothThemesAreFoundByTheirPalette()
{
    QCOMPARE(&Theme::of(Theme::light().palette()), &Theme::light());
    QCOMPARE(&Theme::of(Theme::dark().palette()), &Theme::dark());
}

void TestTheme::everyStateHasAShapeOfOurs_data()
{
    QTest::addColumn<State>("state");
    const auto states = QMetaEnum::fromType<State>();
    for (int i = 0; i < states.keyCount(); ++i)
        QTest::newRow(states.key(i)) << static_cast<State>(states.value(i));
}

void TestTheme::everyStateHasAShapeOfOurs()
{
    QFETCH(State, state);
    QVERIFY(QFile::exists(u":/icons/%1.svg"_s.arg(stateIcon(state))));
}

void TestTheme::stateColorsCanBeReadOnTheirRows_data()
{
    everyStateHasAShapeOfOurs_data();
}

void TestTheme::stateColorsCanBeReadOnTheirRows()
{
    QFETCH(State, state);
    for (const Theme *theme : {&Theme::light(), &Theme::dark()})
        QVERIFY(contrast(theme->stateColor(state), theme->base) >= 4.5);
}

void TestTheme::disabledTextDiffersFromEnabled()
{
    for (const Theme *theme : {&Theme::light(), &Theme::dark()}) {
        const QPalette palette = theme->palette();
        QCOMPARE(palette.color(QPalette::Disabled, QPalette::ButtonText), theme->disabledText());
        QVERIFY(palette.color(QPalette::Active, QPalette::ButtonText) != theme->disabledText());
    }
}

QTEST_GUILESS_MAIN(TestTheme)
#include "tst_theme.moc"
