#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// What the files of a folder may include of ours, and of Qt (by module) and its classes may not.
struct Layer
{
    QString folder;
    QStringList mayInclude; // folders, with what is below them
    QStringList forbiddenModules;
    QRegularExpression forbiddenClasses;
};

// The most specific folder comes first.
const QList<Layer> &layers()
{
    static const QRegularExpression none(u"(?!)"_s);
    static const QRegularExpression json(u"\\A(QJson|QCbor)"_s);
    static const QStringList network{u"QtNetwork"_s, u"QtWebSockets"_s, u"QtHttpServer"_s};
    static const QList<Layer> all{
        {u"models/"_s, {u"models/"_s}, network + QStringList{u"QtGui"_s, u"QtWidgets"_s}, json},
        {u"ui/"_s, {u"ui/"_s, u"models/"_s}, network, json},
        {u"network/http/"_s, {u"network/http/"_s, u"models/"_s}, {u"QtWidgets"_s}, none},
        {u"network/"_s, {u"network/"_s, u"models/"_s}, {u"QtWidgets"_s}, none},
        {u"app/"_s, {u"app/"_s, u"ui/"_s, u"network/"_s, u"models/"_s}, {}, none},
    };
    return all;
}

const Layer *layerOf(const QString &file)
{
    const auto found = std::find_if(layers().cbegin(), layers().cend(), [&](const Layer &layer) {
        return file.startsWith(layer.folder);
    });
    return found == layers().cend() ? nullptr : &*found;
}

// The module that has the header: <QtGui/QColor>, <QtGui> and <QColor> are all QtGui's.
QString moduleOf(const QString &header)
{
    static const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    static const QStringList modules = headers.entryList({u"Qt*"_s}, QDir::Dirs, QDir::Name);
    const QString first = header.section(u'/', 0, 0);
    if (modules.contains(first))
        return first;
    for (const QString &module : modules) {
        if (QFile::exists(headers.filePath(module + u'/' + header)))
            return module;
    }
    return {};
}

QString complaintAbout(const Layer &layer, const QString &header, QChar opening)
{
    const QString name = header.section(u'/', -1);
    if (opening == u'"') {
        if (name.endsWith(".moc"_L1))
            return {};
        const bool allowed =
            std::any_of(layer.mayInclude.cbegin(), layer.mayInclude.cend(),
                        [&](const QString &folder) { return header.startsWith(folder); });
        return allowed && !header.contains(".."_L1) ? QString()
                                                    : u"must not include %1"_s.arg(header);
    }
    if (layer.forbiddenModules.contains(moduleOf(header)))
        return u"must not use %1, which has %2"_s.arg(moduleOf(header), header);
    if (layer.forbiddenClasses.match(name).hasMatch())
        return u"must not use %1"_s.arg(header);
    return {};
}

// One line for each include of the text that the layer of the file does not allow.
QStringList complaints(const QString &file, const QString &text)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"_s,
                                            QRegularExpression::MultilineOption);
    const Layer *layer = layerOf(file);
    if (!layer)
        return {};
    QStringList lines;
    auto matches = include.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const QString complaint =
            complaintAbout(*layer, match.captured(2), match.captured(1).front());
        if (!complaint.isEmpty())
            lines.append(u"%1 %2"_s.arg(file, complaint));
    }
    return lines;
}

} // namespace

// Holds the layers of docs/architecture.md: app → ui → models, app → network → models.
class TestLayers : public QObject
{
    Q_OBJECT

private slots:
    void theSourcesKeepTheLayers_data()
    {
        QTest::addColumn<QString>("folder");

        for (const char *folder : {"models", "ui", "network", "app"})
            QTest::newRow(folder) << QString::fromLatin1(folder);
    }
    void theSourcesKeepTheLayers()
    {
        QFETCH(QString, folder);
        const QDir root(QStringLiteral(ANCHORWATCH_SOURCE_DIR));
        QStringList found;
        int files = 0;
        QDirIterator it(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            found += complaints(root.relativeFilePath(file.fileName()),
                                QString::fromUtf8(file.readAll()));
            ++files;
        }
        QVERIFY(files > 0);
        QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
    }

    void aBreachIsFound_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *file, const char *line) {
            QTest::addRow("%s: %s", file, line)
                << QString::fromLatin1(file) << QString::fromLatin1(line);
        };
        row("ui/window.cpp", "#include \"network/poller.h\"");
        row("ui/window.cpp", "#include \"app/options.h\"");
        row("ui/window.h", "#  include  \"network/http/httpserver.h\"");
        row("ui/window.cpp", "#include \"models/../network/poller.h\"");
        row("ui/window.cpp", "#include <QJsonObject>");
        row("ui/window.cpp", "#include <QtCore/QJsonDocument>");
        row("ui/window.cpp", "#include <QNetworkAccessManager>");
        row("ui/window.cpp", "#include <QtNetwork/QNetworkReply>");
        row("ui/window.cpp", "#include <QtWebSockets>");
        row("network/poller.cpp", "#include \"ui/window.h\"");
        row("network/poller.cpp", "#include \"app/options.h\"");
        row("network/poller.cpp", "#include <QLabel>");
        row("network/http/httpserver.cpp", "#include \"network/poller.h\"");
        row("network/http/httpserver.cpp", "#include \"network/service/sessionsapi.h\"");
        row("network/service/sessionsapi.cpp", "#include \"ui/window.h\"");
        row("models/session.h", "#include \"ui/window.h\"");
        row("models/session.h", "#include \"network/poller.h\"");
        row("models/session.h", "#include \"app/options.h\"");
        row("models/session.h", "#include \"sessionstatus.h\"");
        row("models/session.h", "#include <QJsonObject>");
        row("models/session.h", "#include <QtWidgets/QWidget>");
        row("models/session.h", "#include <QWidget>");
        row("models/session.h", "#include <QTcpSocket>");
        row("models/session.h", "#include <QHostAddress>");
        row("models/session.h", "#include <QColor>");
        row("app/main.cpp", "#include \"tests/fakes/fakeclock.h\"");
    }
    void aBreachIsFound()
    {
        QFETCH(QString, file);
        QFETCH(QString, line);
        const QString text = u"#pragma once\n\n#include <QString>\n"_s + line + u"\nint x;\n"_s;
        const QStringList found = complaints(file, text);
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].startsWith(file), qPrintable(found[0]));
    }

    void whatIsAllowedIsNot_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *file, const char *line) {
            QTest::addRow("%s: %s", file, line)
                << QString::fromLatin1(file) << QString::fromLatin1(line);
        };
        row("app/main.cpp", "#include \"ui/window.h\"");
        row("app/main.cpp", "#include \"network/service/sessionsapi.h\"");
        row("app/main.cpp", "#include <QJsonObject>");
        row("ui/window.cpp", "#include \"models/session.h\"");
        row("ui/window.cpp", "#include <QLabel>");
        row("network/service/sessionsapi.cpp", "#include \"network/http/httpserver.h\"");
        row("network/service/sessionsapi.cpp", "#include <QJsonObject>");
        row("network/http/httpparser.cpp", "#include <boost/beast/http/parser.hpp>");
        row("models/session.h", "#include <QAbstractTableModel>");
        row("models/session.h", "#include <vector>");
        row("models/session.h", "// #include \"network/poller.h\"");
    }
    void whatIsAllowedIsNot()
    {
        QFETCH(QString, file);
        QFETCH(QString, line);
        QCOMPARE(complaints(file, line + u'\n'), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
