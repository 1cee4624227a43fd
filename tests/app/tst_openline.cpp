// SPDX-License-Identifier: GPL-3.0-or-later
// What `vigie open` is told to open, also by a desktop, which passes URLs.
#include "app/commandline.h"
#include "testmain.h"

#include <QDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestOpenLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreTold_data();
    void wordsAreTold();
    void addressWithoutAViewIsRefused();
};

void TestOpenLine::wordsAreTold_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("view");
    const QString none;
    const QString view = u"#app=shop"_s;

    QTest::newRow("path") << u"/var/log/a b.log"_s << QStringList{u"/var/log/a b.log"_s} << none;
    QTest::newRow("relative") << u"a.log"_s << QStringList{QDir::currentPath() + u"/a.log"_s} << none;
    QTest::newRow("URL of a file") << u"file:///var/log/a%20b%23.log"_s << QStringList{u"/var/log/a b#.log"_s} << none;
    QTest::newRow("a file called so") << u"file:name"_s << QStringList{QDir::currentPath() + u"/file:name"_s} << none;
    QTest::newRow("http") << u"http://127.0.0.1:3001/#app=shop"_s << QStringList() << view;
    QTest::newRow("https") << u"https://127.0.0.1:3001/#app=shop"_s << QStringList() << view;
    QTest::newRow("vigie") << u"vigie://127.0.0.1:3001/#app=shop"_s << QStringList() << view;
}

void TestOpenLine::wordsAreTold()
{
    QFETCH(QString, word);
    const Result<CommandLine> line = parseCommandLine({u"vigie"_s, u"open"_s, word});
    QVERIFY(line);
    QTEST(line->filesToOpen, "files");
    QTEST(line->view, "view");
}

void TestOpenLine::addressWithoutAViewIsRefused()
{
    QVERIFY(!parseCommandLine({u"vigie"_s, u"open"_s, u"vigie://127.0.0.1:3001/"_s}));
    QVERIFY(!parseCommandLine({u"vigie"_s, u"open"_s, u"vigie://a/#app=b"_s, u"vigie://a/#app=c"_s}));
}

VIGIE_TEST(TestOpenLine)
#include "tst_openline.moc"
