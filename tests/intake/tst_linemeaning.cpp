// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/linemeaning.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestLineMeaning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levels_data();
    void levels();
    void times_data();
    void times();
    void theTextIsKept();
};

void TestLineMeaning::levels_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<LevelFrom>("from");
    const auto row = [](const char* line, const char* level, LevelFrom from) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(level) << from;
    };
    using enum LevelFrom;
    row("[2026-11-30T15:48:44.024] [INFO] default - hello", "INFO", Marked); // log4js
    row("2026-11-30 10:18:44.408\tINFO\t/x.js:3\thello", "INFO", Word); // tslog
    row("INFO:x:hello", "INFO", Marked); // Python
    row("2026-11-30 15:48:45,593 - x - ERROR - boom", "ERROR", Word);
    row("2026-11-30 15:48:45 [info     ] hello  user=ann", "info", Marked); // structlog
    row("2026/11/30 06:09:54 [error] 123#0: *1 open() failed", "error", Marked); // nginx
    row("12:00:00.123 [main] ERROR com.example.App - boom", "ERROR", Word); // logback
    row("2026-11-30T12:00:00.123+01:00  WARN 1 --- [main] c.e.App : slow", "WARN", Word); // Spring
    row("2026-11-30 12:00:00.000 UTC [42] LOG:  checkpoint starting", "LOG", Word); // PostgreSQL
    row(" WARN  disk is nearly full", "WARN", Word); // consola
    row("[warn] nearly", "warn", Marked);
    row("error: cannot find value `x`", "error", Marked); // compilers
    row("\x1b[32m[2026-11-30T15:48:44.024] [ERROR] default -\x1b[39m boom", "ERROR", Marked);
    row("\x1b[31merror\x1b[39m: boom", "error", Marked); // winston
    row("hello", "", Nowhere);
    row("", "", Nowhere);
    row("[", "", Nowhere);
    row("[12345] starting", "", Nowhere); // a process
    row("[e] what", "", Nowhere); // a letter may be anything
    row("an error came up", "", Nowhere);
    row("error in the configuration", "", Nowhere);
    row("HTTP request failed", "", Nowhere);
    row("the user pressed the button INFO", "", Nowhere); // too far from the beginning
}

void TestLineMeaning::levels()
{
    QFETCH(QByteArray, line);
    LineReader reader(QTimeZone::utc());
    const LineMeaning meaning = reader.read(std::string_view(line.constData(), std::size_t(line.size())));
    QTEST(QByteArray(meaning.level.data(), qsizetype(meaning.level.size())), "level");
    QTEST(meaning.levelFrom, "from");
}

void TestLineMeaning::times_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<qint64>("ms"); // -1: none
    QTest::addColumn<bool>("isGuessed");
    const auto row = [](const char* line, qint64 ms, bool isGuessed) { QTest::newRow(line) << QByteArray(line) << ms << isGuessed; };
    constexpr qint64 noon = 1'796'040'000'000; // 2026-11-30T12:00:00Z
    row("2026-11-30T12:00:00Z hello", noon, false);
    row("2026-11-30T12:00:00.123456Z hello", noon + 123, false);
    row("2026-11-30 12:00:00,593 INFO hello", noon + 593 - 3'600'000, true); // Python, local
    row("[2026-11-30T12:00:00.024] [INFO] default - hello", noon + 24 - 3'600'000, true); // log4js, local
    row("2026/11/30 12:00:00 [error] 123#0: hello", noon - 3'600'000, true); // nginx, Go
    row("2026-07-01 12:00:00 summer", 1'782'900'000'000, true); // two hours ahead then
    row("2026-03-29 02:30:00 left out in spring", 1'774'747'800'000, true); // an hour later
    row("2026-10-25 02:30:00 twice in autumn", 1'792'888'200'000, true); // the first
    row("2026-11-30T12:00:00.123+01:00  INFO 1", noon + 123 - 3'600'000, false);
    row("2026-11-30 12:00:00 +0100 hello", noon - 3'600'000, false);
    row("2026-11-30 12:00:00.000 UTC [42] LOG:  hello", noon, false);
    row("2026-11-30 12:00 hello", noon - 3'600'000, true);
    row("INFO  2026-11-30 12:00:00,000 hello", noon - 3'600'000, true);
    row("2026-11-30 12:00:00 Zebra", noon - 3'600'000, true);
    row("2026-11-30T12:00:00.024380399575+00:00 stdout F hello", noon + 24, false); // Kubernetes
    row("2026-13-30T12:00:00Z hello", -1, false);
    row("2026-11-30", -1, false);
    row("2026-11-30T12:00:00hello", -1, false);
    row("2026 users online", -1, false);
    row("hello 2026-11-30T12:00:00Z", -1, false);
    row("", -1, false);
}

void TestLineMeaning::times()
{
    QFETCH(QByteArray, line);
    LineReader reader(QTimeZone("Europe/Paris"));
    const LineMeaning meaning = reader.read(std::string_view(line.constData(), std::size_t(line.size())));
    QTEST(meaning.time ? meaning.time->ms : qint64(-1), "ms");
    QTEST(meaning.time && meaning.time->isZoneGuessed, "isGuessed");
}

void TestLineMeaning::theTextIsKept()
{
    LineReader reader(QTimeZone::utc());
    const LineMeaning meaning = reader.read("\x1b[32m2026-11-30T12:00:00Z\x1b[0m a\tb\xff");
    QCOMPARE(std::string(meaning.text), std::string("\x1b[32m2026-11-30T12:00:00Z\x1b[0m a\tb\xef\xbf\xbd"));
    QCOMPARE(std::string(meaning.plain), std::string("2026-11-30T12:00:00Z a\tb\xef\xbf\xbd"));
}

VIGIE_TEST(TestLineMeaning)
#include "tst_linemeaning.moc"
