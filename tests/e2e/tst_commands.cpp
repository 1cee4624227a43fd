// SPDX-License-Identifier: GPL-3.0-or-later
// export and import as people use them, and the help and usage errors of all subcommands.
#include "commands.h"
#include "testmain.h"

#include <QDir>
#include <QJsonDocument>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpIsExact();
    void listedInTheHelp();
    void frenchIsSpoken();
    void wrongUsageIsOneLineAndTwo_data();
    void wrongUsageIsOneLineAndTwo();
    void exportedAndImportedToTheLetter();
    void importedTwiceIsSkipped();
    void importedIsServed();
    void importKeepsWhatOnlyTheIdIsTheSame();
    void exportByTime();
    void csvIsQuoted();
    void exportToAFile();
    void exportWhileVigieWrites();
    void exportHasNothing();
    void exportWithABrokenSegment();
    void fullTargetIsAnError();
    void badLineTakesNoOtherWithIt_data();
    void badLineTakesNoOtherWithIt();
    void ofManyBadLinesTheFirstAreNamed();
    void importNeedsTheLock();
    void importOfNoFile();
    void importOfTheStandardInput();
};

namespace {

/// Entries that are hard to write down.
QJsonArray awkward()
{
    return {
        QJsonObject{{u"id"_s, u"a,1"_s},
                    {u"timestamp"_s, u"1970-01-01T00:00:01Z"_s},
                    {u"level"_s, u"info"_s},
                    {u"message"_s, u"one, \"two\"\nthree"_s}},
        QJsonObject{{u"id"_s, u"b"_s},
                    {u"timestamp"_s, u"1970-01-01T00:00:02.5Z"_s},
                    {u"level"_s, u"WARN"_s},
                    {u"message"_s, u"é漢😀\t\\ \u0001"_s},
                    {u"metadata"_s, QJsonObject{{u"a"_s, QJsonArray{1, 2.5, u"x\"y"_s}}}}},
        QJsonObject{{u"id"_s, u"c"_s},
                    {u"timestamp"_s, u"1970-01-02"_s},
                    {u"level"_s, u"audit"_s},
                    {u"message"_s, QString()},
                    {u"metadata"_s, 7}},
        // No id of its own, and the time of now.
        QJsonObject{{u"level"_s, u"error"_s}, {u"message"_s, u"last"_s}},
    };
}

QStringList exportOf(const QString& appId, const VigieProcess& vigie)
{
    return {u"export"_s, u"--app"_s, appId, u"--data-dir"_s, vigie.dataDir()};
}

QStringList importOf(const QString& appId, const VigieProcess& vigie, const QString& file)
{
    return {u"import"_s, u"--app"_s, appId, u"--data-dir"_s, vigie.dataDir(), file};
}

QByteArray line(int id)
{
    return "{\"id\":\"" + QByteArray::number(id)
        + R"(","timestamp":1,"level":"info","message":"m","appId":"shop","userId":"ann"})" + "\n";
}

} // namespace

void TestCommands::helpIsExact()
{
    VigieProcess vigie;
    vigie.setVariable(u"XDG_DATA_HOME"_s, u"/nowhere/share"_s);
    QCOMPARE(vigie.run({u"export"_s, u"--help"_s}), 0);
    QCOMPARE(vigie.err(), QByteArray());
    const QByteArray program = programPath().toLocal8Bit();
    QCOMPARE(vigie.out(), "Usage: " + program + R"( export --app <application> [options]
Write an application's stored logs as JSON lines or CSV.
The oldest come first. Vigie may run meanwhile.

Options:
  -h, --help              Show this help and end.
  --app <application>     The logs of <application>; must be given.
  --from, --since <time>  Only entries of <time> or later: 2h or 3d ago, a
                          date, an ISO 8601 time or ms since 1970, in this
                          machine's zone unless it names one.
  --to, --until <time>    Only entries of <time> or earlier.
  --format <format>       jsonl (default: one JSON object a line) or csv.
  --bom                   Begin the CSV with the mark that says UTF-8: some
                          spreadsheets, Excel among them, need it.
  --output <file>         Write to <file> instead of the standard output.
  --data-dir <folder>     The data are in <folder>.
  --lang <language>       Speak <language>: en or fr.

Data folder, unless --data-dir names another: /nowhere/share/vigie
)");
    QCOMPARE(vigie.run({u"import"_s, u"-h"_s}), 0);
    QVERIFY2(vigie.out().startsWith("Usage: " + program + " import --app <application> [options] [file]\n"),
             vigie.out().constData());
    QCOMPARE(vigie.run({u"doctor"_s, u"--help"_s}), 0);
    QVERIFY2(vigie.out().startsWith("Usage: " + program + " doctor [options]\n"), vigie.out().constData());
}

void TestCommands::listedInTheHelp()
{
    VigieProcess vigie;
    QCOMPARE(vigie.run({u"--help"_s}), 0);
    for (const char* name : {"\n  export  ", "\n  import  ", "\n  doctor  "})
        QVERIFY2(vigie.out().contains(name), vigie.out().constData());
}

void TestCommands::frenchIsSpoken()
{
    VigieProcess vigie;
    QCOMPARE(vigie.run({u"doctor"_s, u"--lang"_s, u"fr"_s, u"--help"_s}), 0);
    QVERIFY2(vigie.out().contains("Vérifie le dossier de données"), vigie.out().constData());
    // As in the window, the settings count.
    QVERIFY(write(vigie.dataDir() + u"/settings.json"_s, R"({"language":"fr"})"));
    QCOMPARE(vigie.run(doctorOf(vigie.dataDir())), 0);
    QVERIFY2(vigie.out().contains("Tout va bien."), vigie.out().constData());
}

void TestCommands::wrongUsageIsOneLineAndTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    const QStringList shop{u"export"_s, u"--app"_s, u"shop"_s};
    QTest::newRow("no application") << QStringList{u"export"_s} << QByteArray("--app");
    QTest::newRow("empty application") << QStringList{u"export"_s, u"--app="_s} << QByteArray("--app");
    QTest::newRow("no name") << QStringList{u"import"_s, u"--app"_s, u"a\nb"_s} << QByteArray("--app");
    QTest::newRow("unknown flag") << shop + QStringList{u"--port"_s, u"1"_s} << QByteArray("port");
    QTest::newRow("flag of another") << QStringList{u"doctor"_s, u"--app"_s, u"shop"_s} << QByteArray("app");
    QTest::newRow("stray word") << shop + QStringList{u"now"_s} << QByteArray("now");
    QTest::newRow("two files") << QStringList{u"import"_s, u"--app=shop"_s, u"a"_s, u"b"_s} << QByteArray("“b”");
    QTest::newRow("format") << shop + QStringList{u"--format"_s, u"xml"_s} << QByteArray("xml");
    QTest::newRow("mark") << shop + QStringList{u"--bom"_s} << QByteArray("--bom");
    QTest::newRow("mark of lines") << shop + QStringList{u"--bom"_s, u"--format"_s, u"jsonl"_s} << QByteArray("--bom");
    for (const QString& dots : {u"."_s, u".."_s}) {
        QTest::addRow("import %s", qPrintable(dots)) << QStringList{u"import"_s, u"--app"_s, dots} << QByteArray("“..”");
        QTest::addRow("app add %s", qPrintable(dots)) << QStringList{u"app"_s, u"add"_s, dots} << QByteArray("“..”");
        QTest::addRow("token add --app %s", qPrintable(dots))
            << QStringList{u"token"_s, u"add"_s, u"--user"_s, u"u"_s, u"--app"_s, dots} << QByteArray("--app");
        QTest::addRow("token add --user %s", qPrintable(dots))
            << QStringList{u"token"_s, u"add"_s, u"--user"_s, dots, u"--all-apps"_s} << QByteArray("--user");
    }
    QTest::newRow("time") << shop + QStringList{u"--from"_s, u"noon"_s} << QByteArray("noon");
    QTest::newRow("backwards") << shop + QStringList{u"--from"_s, u"2"_s, u"--to"_s, u"1"_s} << QByteArray("--from");
    QTest::newRow("output") << shop + QStringList{u"--output="_s} << QByteArray("--output");
    QTest::newRow("folder") << QStringList{u"doctor"_s, u"--data-dir="_s} << QByteArray("--data-dir");
    QTest::newRow("language") << QStringList{u"doctor"_s, u"--lang"_s, u"xx"_s} << QByteArray("--lang");
    for (const char* one : {"app", "token"}) {
        QTest::addRow("%s without a verb", one) << QStringList{QString::fromLatin1(one)} << QByteArray("add, list, re");
        QTest::addRow("%s and no such verb", one) << QStringList{QString::fromLatin1(one), u"ad"_s} << QByteArray("add, list, re");
    }
    QTest::newRow("since of another") << QStringList{u"token"_s, u"revoke"_s, u"1"_s, u"--since"_s, u"2h"_s}
                                      << QByteArray("--since");
    QTest::newRow("since") << QStringList{u"audit"_s, u"--since"_s, u"noon"_s} << QByteArray("noon");
    QTest::newRow("not first") << QStringList{u"--headless"_s, u"doctor"_s} << QByteArray("doctor");
}

void TestCommands::wrongUsageIsOneLineAndTwo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    VigieProcess vigie;
    QCOMPARE(vigie.run(arguments), 2);
    QCOMPARE(vigie.out(), QByteArray());
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains(named), vigie.err().constData());
}

void TestCommands::exportedAndImportedToTheLetter()
{
    VigieProcess vigie;
    QJsonArray many = awkward();
    for (const QJsonValue entry : entries(u"m"_s, 1, 4'500))
        many.append(entry);
    QVERIFY(fill(vigie, u"shop"_s, many));
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie)), 0);
    QCOMPARE(vigie.err(), QByteArray());
    const QByteArray exported = vigie.out();
    QCOMPARE(exported.count('\n'), many.size());
    const QJsonObject first = QJsonDocument::fromJson(exported.left(exported.indexOf('\n'))).object();
    QCOMPARE(first["message"_L1].toString(), u"one, \"two\"\nthree"_s);
    QCOMPARE(first["userId"_L1].toString(), u"till \"é\""_s);

    VigieProcess other;
    const QString file = other.dataDir() + u"/shop.jsonl"_s;
    QVERIFY(write(file, exported));
    QCOMPARE(other.run(importOf(u"shop"_s, other, file)), 0);
    QCOMPARE(other.err(), QByteArray());
    QCOMPARE(other.out(), "imported " + QByteArray::number(many.size()) + ", skipped 0\n");
    QCOMPARE(other.run(exportOf(u"shop"_s, other)), 0);
    QVERIFY(other.out() == exported);
    // Under another name only the name is another.
    QCOMPARE(other.run(importOf(u"bank"_s, other, file)), 0);
    QCOMPARE(other.run(exportOf(u"bank"_s, other)), 0);
    QVERIFY(other.out().replace("\"appId\":\"bank\"", "\"appId\":\"shop\"") == exported);
}

void TestCommands::importedTwiceIsSkipped()
{
    VigieProcess vigie;
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    QVERIFY(write(file, line(1) + line(2) + line(1) + "\n" + line(3).trimmed()));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 0);
    QCOMPARE(vigie.out(), QByteArray("imported 3, skipped 1\n"));
    QVERIFY(write(file, line(1) + line(4) + line(2) + line(3)));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 0);
    QCOMPARE(vigie.out(), QByteArray("imported 1, skipped 3\n"));
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie)), 0);
    QCOMPARE(vigie.out(), line(1) + line(2) + line(3) + line(4));
}

void TestCommands::importedIsServed()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 3)));
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    QVERIFY(write(file, line(10) + line(11)));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 0);
    QCOMPARE(vigie.out(), QByteArray("imported 2, skipped 0\n"));
    QVERIFY(vigie.start());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"ann"_s));
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, QJsonDocument::fromJson(line(10)).object()}, {u"ack"_s, true}});
    QVERIFY(!producer.take(u"logs_ack"_s).isEmpty()); // it is there
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    viewer.send(u"history"_s, QJsonObject{{u"limit"_s, 100}});
    QStringList ids;
    for (const QJsonValue entry : viewer.take(u"history"_s)["payload"_L1].toArray())
        ids.append(entry["id"_L1].toString());
    QCOMPARE(ids, (QStringList{u"1"_s, u"2"_s, u"3"_s, u"10"_s, u"11"_s}));
    QCOMPARE(vigie.stop(), 0);
}

void TestCommands::importKeepsWhatOnlyTheIdIsTheSame()
{
    // Programs that number from 1 again after each start: no entry of theirs is another's repeat.
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 1)));
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    const QByteArray other = line(1).replace("\"m\"", "\"other\"");
    QVERIFY(write(file, line(1) + other + line(1)));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 0);
    QCOMPARE(vigie.out(), QByteArray("imported 2, skipped 1\n"));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 0);
    QCOMPARE(vigie.out(), QByteArray("imported 0, skipped 3\n"));
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie)), 0);
    QCOMPARE(vigie.out().count("\"m1\""), 1);
    QCOMPARE(vigie.out().count("\"m\""), 1);
    QCOMPARE(vigie.out().count("\"other\""), 1);
}

void TestCommands::exportByTime()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, awkward()));
    const auto count = [&vigie](const QStringList& bounds) {
        return vigie.run(exportOf(u"shop"_s, vigie) + bounds) == 0 ? vigie.out().count('\n') : -1;
    };
    QCOMPARE(count({u"--to"_s, u"2500"_s}), 2);
    QCOMPARE(count({u"--from"_s, u"1970-01-01T00:00:02.500Z"_s, u"--to"_s, u"1970-01-02"_s}), 2);
    QCOMPARE(count({u"--from"_s, u"2501"_s}), 2);
    QCOMPARE(count({u"--from"_s, u"3000"_s, u"--to"_s, u"4000"_s}), 0);
}

void TestCommands::csvIsQuoted()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, awkward()));
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie) + QStringList{u"--format"_s, u"csv"_s, u"--to"_s, u"86400000"_s}), 0);
    const QByteArray wanted = "id,timestamp,level,message,metadata,appId,userId\r\n"
                              "\"a,1\",1970-01-01T00:00:01.000Z,info,\"one, \"\"two\"\"\nthree\",,"
                              "shop,\"till \"\"é\"\"\"\r\n"
                              "b,1970-01-01T00:00:02.500Z,WARN,é漢😀\t\\ \x01,"
                              "\"{\"\"a\"\":[1,2.5,\"\"x\\\"\"y\"\"]}\",shop,\"till \"\"é\"\"\"\r\n"
                              "c,1970-01-02T00:00:00.000Z,audit,,7,shop,\"till \"\"é\"\"\"\r\n";
    QCOMPARE(vigie.out(), wanted);
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie) + QStringList{u"--bom"_s, u"--format"_s, u"csv"_s, u"--to"_s, u"86400000"_s}),
             0);
    QCOMPARE(vigie.out(), "\xef\xbb\xbf" + wanted);

    // Text that a spreadsheet would run as a formula stays text.
    VigieProcess sums;
    QVERIFY(fill(sums, u"sums"_s, entries(u"=1+"_s, 1, 1)));
    QCOMPARE(sums.run(exportOf(u"sums"_s, sums) + QStringList{u"--format"_s, u"csv"_s}), 0);
    QVERIFY2(sums.out().contains(",info,'=1+1,,sums,"), sums.out().constData());
}

void TestCommands::exportToAFile()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 10)));
    const QString file = vigie.dataDir() + u"/out.jsonl"_s;
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie) + QStringList{u"--output"_s, file}), 0);
    QCOMPARE(vigie.out(), QByteArray());
    const QByteArray exported = read(file);
    QCOMPARE(exported.count('\n'), 10);
    // A failed export does not touch an existing file.
    QCOMPARE(vigie.run(exportOf(u"bank"_s, vigie) + QStringList{u"--output"_s, file}), 1);
    QCOMPARE(read(file), exported);
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie) + QStringList{u"--output"_s, vigie.dataDir() + u"/no/such"_s}), 1);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("/no/such"), vigie.err().constData());
}

void TestCommands::exportWhileVigieWrites()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    producer.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
    VigieProcess tool;
    int sent = 0;
    for (int round = 0; round < 10; ++round) {
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, sent + 1, 1'000)}, {u"ack"_s, true}});
        QVERIFY(!producer.take(u"logs_ack"_s).isEmpty());
        sent += 1'000;
        // More comes while the export runs.
        for (int i = 0; i < 10; ++i)
            producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, sent + 1 + 100 * i, 100)}});
        QCOMPARE(tool.run(exportOf(u"shop"_s, vigie)), 0);
        QCOMPARE(tool.err(), QByteArray());
        const QList<QByteArray> lines = tool.out().split('\n');
        QVERIFY(lines.size() - 1 >= sent);
        for (int i = 0; i + 1 < lines.size(); ++i)
            QVERIFY2(lines[i].startsWith("{\"id\":\"" + QByteArray::number(i + 1) + '"'), lines[i].constData());
        sent += 1'000;
    }
    QVERIFY(producer.sync()); // the last of them have come
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(vigie.err(), QByteArray());
    QCOMPARE(tool.run(exportOf(u"shop"_s, vigie)), 0);
    QCOMPARE(tool.out().count('\n'), sent);
}

void TestCommands::exportHasNothing()
{
    VigieProcess vigie;
    for (const QString& folder : {vigie.dataDir(), vigie.dataDir() + u"/none"_s}) {
        QCOMPARE(vigie.run({u"export"_s, u"--app"_s, u"shop"_s, u"--data-dir"_s, folder}), 1);
        QCOMPARE(vigie.out(), QByteArray());
        QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains(folder.toUtf8()), vigie.err().constData());
    }
    QCOMPARE(QDir(vigie.dataDir()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 1)));
    QCOMPARE(vigie.run(exportOf(u"bank"_s, vigie)), 1);
    QCOMPARE(vigie.out(), QByteArray());
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("bank"), vigie.err().constData());
}

void TestCommands::exportWithABrokenSegment()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 10)));
    QVERIFY(write(vigie.dataDir() + u"/logs/logs-000000.db"_s, QByteArray(50'000, '?')));
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie)), 1);
    QCOMPARE(vigie.out().count('\n'), 10);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("logs-000000.db"), vigie.err().constData());
}

void TestCommands::fullTargetIsAnError()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 1'000)));
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie) + QStringList{u"--output"_s, u"/dev/full"_s}), 1);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("/dev/full"), vigie.err().constData());
}

void TestCommands::badLineTakesNoOtherWithIt_data()
{
    QTest::addColumn<QByteArray>("bad");
    QTest::newRow("no JSON") << QByteArray("hello\n");
    QTest::newRow("cut off") << line(9).left(30) + '\n';
    QTest::newRow("no level") << QByteArray(R"({"id":"9","timestamp":1,"message":"m","userId":"ann"})") + '\n';
    QTest::newRow("endless") << QByteArray(5'000'000, 'x') + '\n';
    QTest::newRow("Latin-1") << line(9).replace("\"m\"", "\"\xe9\"");
    QTest::newRow("zeros of a power cut") << QByteArray(4'096, '\0') + '\n';
    QTest::newRow("a name that is none") << line(9).replace("\"ann\"", "\"..\"");
}

void TestCommands::badLineTakesNoOtherWithIt()
{
    QFETCH(QByteArray, bad);
    VigieProcess vigie;
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    QVERIFY(write(file, line(1) + line(2) + line(2) + bad + line(3) + bad + line(4)));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 1);
    QCOMPARE(vigie.out(), QByteArray());
    const QList<QByteArray> told = vigie.err().split('\n');
    QCOMPARE(told.size(), 4);
    QVERIFY2(told[0].startsWith("Line 4 is no log entry: "), told[0].constData());
    QVERIFY2(told[1].startsWith("Line 6 is no log entry: "), told[1].constData());
    QVERIFY2(told[2].contains("Lines left out: 2. imported 4, skipped 1."), told[2].constData());
    QCOMPARE(told[3], QByteArray());
    QCOMPARE(vigie.run(exportOf(u"shop"_s, vigie)), 0);
    QCOMPARE(vigie.out(), line(1) + line(2) + line(3) + line(4));
}

void TestCommands::ofManyBadLinesTheFirstAreNamed()
{
    VigieProcess vigie;
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    QVERIFY(write(file, QByteArray("hello\n").repeated(1'000) + line(1) + QByteArray(5'000'000, 'x')));
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 1);
    const QList<QByteArray> told = vigie.err().split('\n');
    QCOMPARE(told.size(), 23);
    QVERIFY2(told[19].startsWith("Line 20 "), told[19].constData());
    QCOMPARE(told[20], QByteArray("…"));
    QVERIFY2(told[21].contains("Lines left out: 1001. imported 1, skipped 0."), told[21].constData());
}

void TestCommands::importOfTheStandardInput()
{
    VigieProcess vigie;
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    QVERIFY(write(file, "\xEF\xBB\xBF" + line(1) + QByteArray(100, '\0') + '\n' + line(2)));
    QStringList arguments = importOf(u"shop"_s, vigie, file);
    arguments.removeAll(file);
    QCOMPARE(vigie.run(arguments, file), 1);
    QVERIFY2(vigie.err().startsWith("Line 2 is no log entry: "), vigie.err().constData());
    QVERIFY2(vigie.err().contains("Lines left out: 1. imported 2, skipped 0."), vigie.err().constData());
}

void TestCommands::importNeedsTheLock()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QString file = vigie.dataDir() + u"/in.jsonl"_s;
    QVERIFY(write(file, line(1)));
    VigieProcess tool;
    QCOMPARE(tool.run(importOf(u"shop"_s, vigie, file)), 1);
    const QByteArray wanted = "is in use by another Vigie (process " + QByteArray::number(vigie.processId()) + " on ";
    QVERIFY2(isOneLine(tool.err()) && tool.err().contains(wanted), tool.err().constData());
    // The stale lock of a killed program does not count.
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QCOMPARE(tool.run(importOf(u"shop"_s, vigie, file)), 0);
    QCOMPARE(tool.out(), QByteArray("imported 1, skipped 0\n"));
    QVERIFY(!QFile::exists(vigie.dataDir() + u"/lock"_s));
}

void TestCommands::importOfNoFile()
{
    VigieProcess vigie;
    const QString file = vigie.dataDir() + u"/none.jsonl"_s;
    QCOMPARE(vigie.run(importOf(u"shop"_s, vigie, file)), 1);
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains("none.jsonl"), vigie.err().constData());
    QVERIFY(!QDir(vigie.dataDir() + u"/logs"_s).exists());
}

VIGIE_TEST(TestCommands)
#include "tst_commands.moc"
