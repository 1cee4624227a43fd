// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/linejoiner.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace std::chrono_literals;

class TestLineJoiner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void traces_data();
    void traces();
    void entriesStayApart_data();
    void entriesStayApart();
    void crashesAreErrors();
    void silenceEndsAnEntry();
    void bounds();
    void restsOfLongLinesBelong();
    void endsAreOfWholeEntries();
};

namespace {

std::vector<PrintedEntry> entriesOf(const QByteArray& text, JoinBounds bounds = {})
{
    LineJoiner joiner(LineReader(QTimeZone::utc()), bounds);
    std::vector<PrintedEntry> whole;
    std::uint64_t end = 0;
    for (const QByteArray& line : text.split('\n')) {
        end += std::uint64_t(line.size()) + 1;
        joiner.add(std::string_view(line.constData(), std::size_t(line.size())), end, false, 0ms, whole);
    }
    joiner.finish(whole);
    return whole;
}

QList<QByteArray> textsOf(const std::vector<PrintedEntry>& entries)
{
    QList<QByteArray> texts;
    for (const PrintedEntry& entry : entries)
        texts.append(QByteArray::fromStdString(entry.text));
    return texts;
}

} // namespace

void TestLineJoiner::traces_data()
{
    QTest::addColumn<QByteArray>("trace");
    QTest::newRow("java after an entry") << QByteArray("2026-11-30 12:00:00 ERROR boom\n"
                                                       "java.lang.IllegalStateException: boom\n"
                                                       "\tat com.example.App.main(App.java:3)\n"
                                                       "Caused by: java.io.IOException: root\n"
                                                       "\tat com.example.App.read(App.java:9)\n"
                                                       "\t... 1 more");
    QTest::newRow("java uncaught") << QByteArray("Exception in thread \"main\" java.lang.RuntimeException: boom\n"
                                                 "\tat App.main(App.java:3)\n"
                                                 "\tSuppressed: java.io.IOException: x\n"
                                                 "\t\tat App.close(App.java:4)\n"
                                                 "Caused by: java.io.IOException: root\n"
                                                 "\t... 3 more");
    QTest::newRow("python after an entry") << QByteArray("ERROR:x:boom\n"
                                                         "Traceback (most recent call last):\n"
                                                         "  File \"x.py\", line 3, in <module>\n"
                                                         "    1/0\n"
                                                         "    ~^~\n"
                                                         "ZeroDivisionError: division by zero");
    QTest::newRow("python's cause first") << QByteArray("Traceback (most recent call last):\n"
                                                        "  File \"x.py\", line 3, in f\n"
                                                        "ZeroDivisionError: division by zero\n"
                                                        "\n"
                                                        "During handling of the above exception, another exception occurred:\n"
                                                        "\n"
                                                        "Traceback (most recent call last):\n"
                                                        "  File \"x.py\", line 5, in <module>\n"
                                                        "ValueError: outer");
    QTest::newRow("node after an entry") << QByteArray("[2026-11-30T15:48:44.024] [ERROR] default - Error: outer\n"
                                                       "    at Object.<anonymous> (/app/x.js:3:9)\n"
                                                       "    at node:internal/main/run_main_module:28:49 {\n"
                                                       "  [cause]: Error: root cause\n"
                                                       "      at Object.<anonymous> (/app/x.js:2:9)\n"
                                                       "}");
    QTest::newRow("node uncaught") << QByteArray("/app/x.js:3\n"
                                                 "    throw new Error('boom');\n"
                                                 "    ^\n"
                                                 "\n"
                                                 "Error: boom\n"
                                                 "    at Object.<anonymous> (/app/x.js:3:11) {\n"
                                                 "  code: 'X'\n"
                                                 "}\n"
                                                 "\n"
                                                 "Node.js v20.20.2");
    QTest::newRow("node uncaught at a line's start") << QByteArray("/app/x.js:1\n"
                                                                   "throw new TypeError('boom')\n"
                                                                   "^\n"
                                                                   "\n"
                                                                   "TypeError: boom\n"
                                                                   "    at Object.<anonymous> (/app/x.js:1:7)\n"
                                                                   "\n"
                                                                   "Node.js v20.20.2");
    QTest::newRow("tslog's cause") << QByteArray("2026-11-30 10:18:44.408\tERROR\touter\n"
                                                 "  at main.ts:3\n"
                                                 "Caused by (1):\n"
                                                 "  Error: root");
    QTest::newRow("go") << QByteArray("panic: runtime error: index out of range [3] with length 3\n"
                                      "\n"
                                      "goroutine 1 [running]:\n"
                                      "main.f(0x3)\n"
                                      "\t/app/main.go:12 +0x1d\n"
                                      "net/http.(*conn).serve(0xc000, {0x1, 0x2})\n"
                                      "\t/usr/lib/go/src/net/http/server.go:1995 +0x61\n"
                                      "created by main.main in goroutine 7\n"
                                      "\t/app/main.go:20 +0x2f\n"
                                      "exit status 2");
    QTest::newRow("dotnet") << QByteArray("Unhandled exception. System.InvalidOperationException: boom\n"
                                          " ---> System.IO.IOException: root\n"
                                          "   at App.Read() in /app/Program.cs:line 9\n"
                                          "   --- End of inner exception stack trace ---\n"
                                          "   at App.Main() in /app/Program.cs:line 3\n"
                                          "--- End of stack trace from previous location ---\n"
                                          "   at App.Run()");
    QTest::newRow("rust") << QByteArray("thread 'main' panicked at src/main.rs:2:5:\n"
                                        "index out of bounds: the len is 3 but the index is 3\n"
                                        "stack backtrace:\n"
                                        "   0: rust_begin_unwind\n"
                                        "             at /rustc/9fc6b431/library/std/src/panicking.rs:645:5\n"
                                        "note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.");
    QTest::newRow("indented") << QByteArray("config:\n  a: 1\n  b: 2");
    QTest::newRow("object of several lines") << QByteArray("user {\n  name: 'ann'\n}");
    QTest::newRow("coloured") << QByteArray("\x1b[31m[2026-11-30T15:48:44.024] [ERROR] default -\x1b[39m boom\n\x1b[2m    at x\x1b[0m");
}

void TestLineJoiner::traces()
{
    QFETCH(QByteArray, trace);
    const QByteArray next("2026-11-30T12:00:00Z INFO next");
    QCOMPARE(textsOf(entriesOf("2026-11-30T11:59:59Z INFO before\n" + QByteArray("2026-11-30T11:59:59Z ") + trace + '\n' + next)).last(),
             next);
    // Alone, and between others.
    QCOMPARE(textsOf(entriesOf(trace)), QList<QByteArray>{trace});
    QCOMPARE(textsOf(entriesOf(trace + '\n' + next)), (QList<QByteArray>{trace, next}));
}

void TestLineJoiner::entriesStayApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<QByteArray>>("entries");
    QTest::newRow("lines") << QByteArray("one\ntwo\n\nthree\n") << QList<QByteArray>{"one", "two", "three"};
    QTest::newRow("consola") << QByteArray("ready\n\n WARN  disk is nearly full\n\n ERROR  boom\n    at x.js:3\n")
                             << QList<QByteArray>{"ready", " WARN  disk is nearly full", " ERROR  boom\n    at x.js:3"};
    QTest::newRow("two tracebacks")
        << QByteArray("Traceback (most recent call last):\n  File \"x\"\nValueError: a\n"
                      "Traceback (most recent call last):\n  File \"x\"\nValueError: b")
        << QList<QByteArray>{"Traceback (most recent call last):\n  File \"x\"\nValueError: a",
                             "Traceback (most recent call last):\n  File \"x\"\nValueError: b"};
    QTest::newRow("after a traceback") << QByteArray("Traceback (most recent call last):\n  File \"x\"\nValueError: a\nworker restarts")
                                       << QList<QByteArray>{"Traceback (most recent call last):\n  File \"x\"\nValueError: a",
                                                            "worker restarts"};
    QTest::newRow("after a panic") << QByteArray("panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1\nserver starts")
                                   << QList<QByteArray>{"panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1", "server starts"};
    QTest::newRow("an exception's name in a row of plain lines") << QByteArray("starts\nValueError: a\nValueError: b")
                                                                 << QList<QByteArray>{"starts", "ValueError: a", "ValueError: b"};
    QTest::newRow("indented first line") << QByteArray("  at the beginning\nnext") << QList<QByteArray>{"  at the beginning", "next"};
    QTest::newRow("a bracket alone") << QByteArray("one\n}\n") << QList<QByteArray>{"one", "}"};
}

void TestLineJoiner::entriesStayApart()
{
    QFETCH(QByteArray, text);
    QTEST(textsOf(entriesOf(text)), "entries");
}

void TestLineJoiner::crashesAreErrors()
{
    const auto level = [](const char* text) {
        const PrintedEntry entry = entriesOf(text).front();
        return entry.level + (entry.levelFrom == LevelFrom::Trace ? " (guessed)" : "");
    };
    QCOMPARE(level("panic: x\n\ngoroutine 1 [running]:"), std::string("panic"));
    QCOMPARE(level("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:"),
             std::string("error (guessed)"));
    QCOMPARE(level("thread 'main' panicked at src/main.rs:2:5:\nboom"), std::string("error (guessed)"));
    QCOMPARE(level("/app/x.js:3\n    throw 1"), std::string("error (guessed)"));
    QCOMPARE(level("it failed\nTraceback (most recent call last):\n  File\nValueError"), std::string("error (guessed)"));
    QCOMPARE(level("WARNING:x:it failed\nTraceback (most recent call last):\n  File\nValueError"), std::string("WARNING"));
    QCOMPARE(level("hello"), std::string());
}

void TestLineJoiner::silenceEndsAnEntry()
{
    LineJoiner joiner;
    std::vector<PrintedEntry> whole;
    QVERIFY(!joiner.deadline());
    joiner.add("one", 4, false, 100ms, whole);
    QCOMPARE(joiner.deadline(), std::optional(1'100ms));
    joiner.add("  more", 11, false, 500ms, whole);
    joiner.finishSilent(1'499ms, whole);
    QVERIFY(whole.empty());
    joiner.finishSilent(1'500ms, whole);
    QCOMPARE(textsOf(whole), QList<QByteArray>{"one\n  more"});
    QVERIFY(!joiner.deadline());
    joiner.add("  late", 18, false, 2'000ms, whole);
    joiner.finish(whole);
    QCOMPARE(textsOf(whole).last(), QByteArray("  late"));
}

void TestLineJoiner::bounds()
{
    QByteArray trace("Traceback (most recent call last):");
    for (int i = 0; i < 24; ++i)
        trace += "\n  frame";
    const std::vector<PrintedEntry> byLines = entriesOf(trace, {256 * 1024, 10, 1s});
    QCOMPARE(byLines.size(), std::size_t(3));
    for (const PrintedEntry& entry : byLines) {
        QVERIFY(entry.lines <= 10);
        QCOMPARE(entry.isCut, &entry != &byLines.back());
    }
    QCOMPARE(textsOf(byLines).join('\n'), trace);
    const std::vector<PrintedEntry> byBytes = entriesOf(trace, {100, 1'000, 1s});
    for (const PrintedEntry& entry : byBytes)
        QVERIFY(entry.text.size() <= 100);
    QCOMPARE(textsOf(byBytes).join('\n'), trace);
}

void TestLineJoiner::restsOfLongLinesBelong()
{
    LineJoiner joiner;
    std::vector<PrintedEntry> whole;
    joiner.add("first half, ", 12, true, 0ms, whole);
    joiner.add("second half", 24, false, 0ms, whole);
    joiner.add("next", 29, false, 0ms, whole);
    joiner.finish(whole);
    QCOMPARE(textsOf(whole), (QList<QByteArray>{"first half, second half", "next"}));
    QCOMPARE(whole[0].lines, std::size_t(1));
}

void TestLineJoiner::endsAreOfWholeEntries()
{
    // What a source may note as read: no line of an entry that is not whole.
    LineJoiner joiner;
    std::vector<PrintedEntry> whole;
    joiner.add("one", 4, false, 0ms, whole);
    joiner.add("  more", 11, false, 0ms, whole);
    joiner.add("", 12, false, 0ms, whole);
    QVERIFY(whole.empty());
    joiner.add("two", 16, false, 0ms, whole);
    QCOMPARE(whole.size(), std::size_t(1));
    QCOMPARE(whole[0].end, std::uint64_t(12));
    joiner.finish(whole);
    QCOMPARE(whole[1].end, std::uint64_t(16));
}

VIGIE_TEST(TestLineJoiner)
#include "tst_linejoiner.moc"
