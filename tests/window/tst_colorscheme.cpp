#include "ui/colorscheme.h"
#include "ui/theme.h"

#include <QTest>

using namespace Anchorwatch;
using Scheme = ColorScheme::Scheme;

// Without a desktop portal, as in a container.
class TestColorScheme : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("XDG_RUNTIME_DIR");
    }

    void withoutAPortalThePaletteDecides_data();
    void withoutAPortalThePaletteDecides();
    void aBusThatIsNotThereIsNoError();
};

void TestColorScheme::withoutAPortalThePaletteDecides_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Theme::light().palette() << Scheme::Light;
    QTest::newRow("dark") << Theme::dark().palette() << Scheme::Dark;
}

void TestColorScheme::withoutAPortalThePaletteDecides()
{
    QFETCH(QPalette, palette);
    QFETCH(Scheme, scheme);
    QCOMPARE(ColorScheme(palette).scheme(), scheme);
}

void TestColorScheme::aBusThatIsNotThereIsNoError()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    QCOMPARE(ColorScheme(Theme::dark().palette()).scheme(), Scheme::Dark);
}

QTEST_GUILESS_MAIN(TestColorScheme)
#include "tst_colorscheme.moc"
