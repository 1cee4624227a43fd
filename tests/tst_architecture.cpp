// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the sources to the design's arrows: linking alone does not stop a wrong include, as all folders share
// one include root.

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What the files of a folder under src may include, besides their own folder.
const QHash<QString, QSet<QString>> arrows = {
    {u"core"_s, {}},
    {u"figures"_s, {u"core"_s}},
    {u"sampling"_s, {u"core"_s, u"figures"_s}},
    {u"protocol"_s, {u"core"_s, u"figures"_s}},
    {u"storage"_s, {u"core"_s, u"figures"_s}},
    {u"hub"_s, {u"core"_s, u"figures"_s}},
    {u"server"_s, {u"core"_s, u"figures"_s, u"protocol"_s, u"hub"_s}},
    {u"gui"_s, {u"core"_s, u"figures"_s}},
    {u"app"_s, {u"core"_s, u"figures"_s, u"sampling"_s, u"protocol"_s, u"storage"_s, u"hub"_s, u"server"_s, u"gui"_s}},
};

/// Within a library of several folders: which of the others the files of a folder may include. What lies in the library's own
/// folder may include all of them, and none of them that.
const QHash<QString, QSet<QString>> innerArrows = {
    {u"server/net"_s, {}},
    {u"server/access"_s, {u"server/net"_s}},
    {u"server/fanout"_s, {u"server/net"_s}},
    {u"server/session"_s, {u"server/net"_s, u"server/access"_s, u"server/fanout"_s}},
    {u"server/http"_s, {u"server/net"_s, u"server/access"_s, u"server/session"_s}},
    {u"storage/database"_s, {}},
    {u"storage/logs"_s, {u"storage/database"_s}},
    {u"storage/figures"_s, {u"storage/database"_s, u"storage/logs"_s}},
    {u"storage/access"_s, {u"storage/database"_s}},
    {u"gui/widgets"_s, {}},
    {u"gui/charts"_s, {u"gui/widgets"_s}},
    {u"gui/logs"_s, {u"gui/widgets"_s}},
    {u"gui/processes"_s, {u"gui/widgets"_s}},
    {u"gui/sharing"_s, {u"gui/widgets"_s}},
    {u"gui/window"_s, {u"gui/widgets"_s, u"gui/charts"_s, u"gui/logs"_s, u"gui/processes"_s, u"gui/sharing"_s}},
};

/// "server/net" of "server/net/listener.h".
QString folderOf(const QString& path)
{
    return path.section(u'/', 0, -2);
}

/// What is wrong with a file; `path` is relative to src ("server/session/session.cpp").
QStringList problemsOf(const QString& path, const QString& text)
{
    QStringList problems;
    const QString folder = path.section(u'/', 0, 0);
    const QString inner = folderOf(path);
    if (!arrows.contains(folder) || !path.contains(u'/') || (inner != folder && !innerArrows.contains(inner)))
        problems += u"%1: no such folder in the design"_s.arg(path);

    const QStringList lines = text.split(u'\n');
    if (lines.first() != "// SPDX-License-Identifier: GPL-3.0-or-later"_L1)
        problems += u"%1:1: the first line must be the SPDX line"_s.arg(path);

    static const QRegularExpression include(u"^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]"_s);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString place = u"%1:%2: "_s.arg(path).arg(i + 1);
        // "ui_x.h" and "x.moc" are made by Qt's tools; <QFile>, <vector>, <sys/socket.h> are others' headers.
        const QString included = include.match(lines[i]).captured(1);
        const QString from = included.section(u'/', 0, 0);
        if (included.startsWith(u'.'))
            problems += place + u"includes by a relative path: "_s + included;
        else if (included.contains(u'/') && arrows.contains(from) && from != folder && !arrows[folder].contains(from))
            problems += place + u"%1 may not include %2"_s.arg(folder, included);
        else if (from == folder && inner != folder && folderOf(included) != inner
                 && !innerArrows[inner].contains(folderOf(included)))
            problems += place + u"%1 may not include %2"_s.arg(inner, included);
        if (lines[i].contains("QThread"_L1) && !lines[i].contains("QThreadPool"_L1)
            && !path.startsWith("app/application."_L1) && !path.startsWith("app/workerthread."_L1)) {
            problems += place + u"only app/application.* and app/workerthread.* name QThread"_s;
        }
    }
    return problems;
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkerSees_data();
    void checkerSees();
    void sourcesKeepToTheDesign();
};

void TestArchitecture::checkerSees_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("problems");

    QTest::newRow("own folder") << u"hub/hub.h"_s << u"#include \"hub/lograte.h\""_s << 0;
    QTest::newRow("along an arrow") << u"server/session/session.h"_s << u"#include \"hub/hub.h\""_s << 0;
    QTest::newRow("app knows all") << u"app/application.cpp"_s << u"#include \"gui/window/mainwindow.h\""_s << 0;
    QTest::newRow("along an inner arrow") << u"server/http/apirequest.cpp"_s << u"#include \"server/net/hostcheck.h\""_s << 0;
    QTest::newRow("a library's own folder knows all") << u"server/server.cpp"_s << u"#include \"server/net/listener.h\""_s << 0;
    QTest::newRow("against an inner arrow") << u"server/net/listener.cpp"_s << u"#include \"server/session/session.h\""_s << 1;
    QTest::newRow("to a library's own folder") << u"server/net/listener.cpp"_s << u"#include \"server/server.h\""_s << 1;
    QTest::newRow("unknown inner folder") << u"server/misc/helper.cpp"_s << QString() << 1;
    QTest::newRow("others' headers") << u"core/units.h"_s << u"#include <sys/socket.h>"_s << 0;
    QTest::newRow("made by a tool") << u"gui/window/mainwindow.cpp"_s << u"#include \"ui_mainwindow.h\""_s << 0;
    QTest::newRow("a thread in its place") << u"app/application.h"_s << u"    QThread m_thread;"_s << 0;

    QTest::newRow("gui to server") << u"gui/window/mainwindow.cpp"_s << u"#include \"server/server.h\""_s << 1;
    QTest::newRow("server to gui") << u"server/server.cpp"_s << u"#include \"gui/window/mainwindow.h\""_s << 1;
    QTest::newRow("hub to protocol") << u"hub/hub.h"_s << u"#include \"protocol/messages.h\""_s << 1;
    QTest::newRow("hub to server") << u"hub/hub.cpp"_s << u"#include \"server/fanout/fanout.h\""_s << 1;
    QTest::newRow("core to hub") << u"core/settings.h"_s << u"#include \"hub/hub.h\""_s << 1;
    QTest::newRow("core to figures") << u"core/settings.h"_s << u"#include \"figures/frame.h\""_s << 1;
    QTest::newRow("figures to sampling") << u"figures/frame.h"_s << u"#include \"sampling/look.h\""_s << 1;
    QTest::newRow("sampling to hub") << u"sampling/sampler.cpp"_s << u"  #  include <hub/hub.h>"_s << 1;
    QTest::newRow("anything to app") << u"gui/window/mainwindow.cpp"_s << u"#include \"app/application.h\""_s << 1;
    QTest::newRow("relative") << u"gui/window/mainwindow.cpp"_s << u"#include \"../server/server.h\""_s << 1;
    QTest::newRow("unknown folder") << u"util/helper.cpp"_s << QString() << 1;
    QTest::newRow("no folder") << u"helper.cpp"_s << QString() << 1;
    QTest::newRow("a thread elsewhere") << u"server/server.h"_s << u"#include <QThread>"_s << 1;
}

void TestArchitecture::checkerSees()
{
    QFETCH(QString, path);
    QFETCH(QString, line);
    QFETCH(int, problems);
    const QString text = u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s + line + u'\n';
    QCOMPARE(problemsOf(path, text).size(), problems);
    // The same without its SPDX line has one more.
    QCOMPARE(problemsOf(path, line + u'\n').size(), problems + 1);
}

void TestArchitecture::sourcesKeepToTheDesign()
{
    const QDir src(QStringLiteral(VIGIE_SOURCE_DIR "/src"));
    QDirIterator files(src.path(), {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    QStringList problems;
    int count = 0;
    for (; files.hasNext(); ++count) {
        QFile file(files.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        problems += problemsOf(src.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll()));
    }
    QVERIFY(count > 0);
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

QTEST_APPLESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
