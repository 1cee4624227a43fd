// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of formats with fixed parts, as the real programs write them.
#include "core/localtime.h"
#include "intake/linemeaning.h"
#include "intake/streamreader.h"
#include "testmain.h"

#include <QDateTime>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLineFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreUnderstood_data();
    void linesAreUnderstood();
    void yearIsTheNearest();
    void forcedFormatIsKept();
    void streamTellsItsFormat();
    void containersLinesAreJoined();
};

void TestLineFormat::linesAreUnderstood_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<QByteArray>("time"); // UTC; empty: none
    QTest::addColumn<QByteArray>("text"); // empty: the line
    QTest::addColumn<QByteArray>("metadata");
    const auto add = [](const char* name, const char* line, const char* format, const char* level, const char* time, const char* text,
                        const char* metadata) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(format) << QByteArray(level) << QByteArray(time) << QByteArray(text)
                            << QByteArray(metadata);
    };
    add("combined", R"(10.0.0.7 - ann [30/Nov/2026:12:00:00 +0100] "GET /a?b=\"c HTTP/1.1" 404 123 "-" "curl/7.88")", "access", "warn",
        "2026-11-30T11:00:00.000Z", "",
        R"({"client":"10.0.0.7","user":"ann","method":"GET","path":"/a?b=\\\"c","status":404,"bytes":123,"agent":"curl/7.88"})");
    add("common", R"(::1 - - [30/Nov/2026:12:00:00 +0000] "POST / HTTP/2.0" 503 -)", "access", "error", "2026-11-30T12:00:00.000Z", "",
        R"({"client":"::1","method":"POST","path":"/","status":503})");
    add("no request", R"(1.2.3.4 - - [30/Nov/2026:12:00:00 +0000] "\x16\x03" 400 157 "-" "-")", "access", "warn",
        "2026-11-30T12:00:00.000Z", "", R"({"client":"1.2.3.4","status":400,"bytes":157})");
    add("nginx error", "2026/11/30 12:00:00 [error] 123#123: *1 open() failed", "text", "error", "2026-11-30T12:00:00.000Z", "", "");
    add("Apache error", "[Mon Nov 30 12:00:00.123456 2026] [core:error] [pid 7:tid 8] AH00126: Invalid URI", "apache", "error",
        "2026-11-30T12:00:00.123Z", "", "");
    add("rsyslog ISO", "2026-11-30T09:54:55.123456+00:00 vm app[7]: hello", "syslog", "", "2026-11-30T09:54:55.123Z", "",
        R"({"host":"vm","identifier":"app","pid":"7"})");
    add("logfmt", R"(time=2026-11-30T12:00:00Z level=info msg="a \"b\"\nc" n=1 e="")", "logfmt", "info", "2026-11-30T12:00:00.000Z",
        "a \"b\"\nc", R"({"n":"1","e":""})");
    add("slog", R"(time=2026-11-30T12:00:00.000+01:00 level=WARN msg=hi)", "logfmt", "WARN", "2026-11-30T11:00:00.000Z", "hi", "");
    add("no logfmt", "a=b", "plain", "", "", "", "");
    add("no logfmt either", "x=1 and y=2 msg", "plain", "", "", "", "");
    add("Go log", "2026/11/30 12:00:00 listening", "text", "", "2026-11-30T12:00:00.000Z", "", "");
    add("log4js", "\x1b[32m[2026-11-30T15:48:44.024] [INFO] default - \x1b[39mhello", "text", "INFO", "2026-11-30T15:48:44.024Z", "", "");
    add("Python", "2026-11-30 15:48:45,593 ERROR x: boom", "text", "ERROR", "2026-11-30T15:48:45.593Z", "", "");
    add("basicConfig", "INFO:x:hello", "text", "INFO", "", "", "");
    add("log4j", "2026-11-30 15:48:45,593 [main] WARN  com.example.App - slow", "text", "WARN", "2026-11-30T15:48:45.593Z", "", "");
    add("a level and a logger", "2026-11-30T09:54:55Z INFO app: hello", "text", "INFO", "2026-11-30T09:54:55.000Z", "", "");
    add("plain", "listening on 3000", "plain", "", "", "", "");
}

void TestLineFormat::linesAreUnderstood()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, level);
    QFETCH(QByteArray, time);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, metadata);
    LineReader reader{QTimeZone::utc()};
    const std::string bytes = line.toStdString();
    const LineMeaning meaning = reader.read(bytes);
    QCOMPARE(QByteArray::fromStdString(std::string(meaning.format)), format);
    QCOMPARE(QByteArray::fromStdString(std::string(meaning.level)), level);
    const QString at = meaning.time ? utcTime(meaning.time->ms).toString(Qt::ISODateWithMs) : QString();
    QCOMPARE(at, QString::fromUtf8(time));
    QCOMPARE(QByteArray::fromStdString(std::string(meaning.text)), text.isEmpty() ? line : text);
    QCOMPARE(QByteArray::fromStdString(std::string(meaning.metadataJson)), metadata);
}

void TestLineFormat::yearIsTheNearest()
{
    FormattedLineReader reader;
    const auto ms = [](int year, int month, int day) { return QDateTime({year, month, day}, {12, 0}, QTimeZone::utc()).toMSecsSinceEpoch(); };
    const auto read = reader.read("Dec 31 12:00:00 vm app[7]: ERROR hello", QTimeZone::utc(), ms(2027, 1, 1));
    QVERIFY(read && read->time);
    QCOMPARE(read->time->ms, ms(2026, 12, 31));
    QVERIFY(read->time->isZoneGuessed);
    const auto next = reader.read("Jan  5 12:00:00 vm app: hello", QTimeZone::utc(), ms(2026, 12, 31));
    QVERIFY(next && next->time);
    QCOMPARE(next->time->ms, ms(2027, 1, 5));
    LineReader lines{QTimeZone::utc()};
    QCOMPARE(std::string(lines.read("Dec 31 12:00:00 vm app[7]: ERROR hello").level), std::string("ERROR"));
}

void TestLineFormat::forcedFormatIsKept()
{
    LineReader reader(QTimeZone::utc(), "plain");
    const LineMeaning meaning = reader.read("level=error msg=x n=1");
    QVERIFY(meaning.level.empty());
    QCOMPARE(std::string(meaning.format), std::string("plain"));
    LineReader logfmt(QTimeZone::utc(), "logfmt");
    QCOMPARE(std::string(logfmt.read("level=error msg=x n=1").text), std::string("x"));
}

void TestLineFormat::streamTellsItsFormat()
{
    StreamReader stream;
    QStringList messages;
    const auto give = [&messages](const StreamEntry& read) { messages.append(QString::fromStdString(std::string(read.entry.message))); };
    stream.add("level=info msg=a\nodd\nlevel=info msg=b\n", {}, give);
    QCOMPARE(std::string(stream.format()), std::string("logfmt"));
    stream.finish({}, give);
    QCOMPARE(messages, (QStringList{u"a"_s, u"odd"_s, u"b"_s}));
    stream.add("{\"msg\":\"c\"}\n", {}, give);
    QCOMPARE(std::string(stream.format()), std::string("json"));
}

/// What a container prints, as Docker's json-file driver and Kubernetes keep it.
void TestLineFormat::containersLinesAreJoined()
{
    struct Seen
    {
        QString message;
        QString metadata;
        qint64 ms;
        quint64 end;
        bool operator==(const Seen&) const = default;
    };
    QList<Seen> seen;
    const auto give = [&seen](const StreamEntry& read) {
        seen.append({QString::fromStdString(std::string(read.entry.message)), QString::fromStdString(std::string(read.entry.metadataJson)),
                     qint64(read.entry.timestampMs), quint64(read.end)});
    };
    StreamReader docker;
    const std::string first = R"({"log":"half of ","stream":"stdout","time":"2026-11-30T10:00:00.1Z"})" "\n";
    const std::string between = R"({"log":"Traceback (most recent call last):\n","stream":"stderr","time":"2026-11-30T10:00:00.2Z"})" "\n";
    const std::string second = R"({"log":"a line\r\n","stream":"stdout","time":"2026-11-30T10:00:00.3Z"})" "\n";
    const std::string third = R"({"log":"{\"msg\":\"hi\",\"n\":1}\n","stream":"stdout","time":"2026-11-30T10:00:00.4Z"})" "\n";
    docker.add(first + between + second + third, {}, give);
    const qint64 at = QDateTime({2026, 11, 30}, {10, 0}, QTimeZone::utc()).toMSecsSinceEpoch();
    // The trace on the other stream is not whole: what came after its beginning waits, so that nobody who goes on reads it twice.
    QCOMPARE(seen.size(), 0);
    QCOMPARE(std::string(docker.format()), std::string("docker"));
    docker.finishSilent(std::chrono::seconds(2), give);
    const auto end = quint64(first.size() + between.size() + second.size() + third.size());
    QCOMPARE(seen.size(), 3);
    QVERIFY((seen[0] == Seen{u"half of a line"_s, uR"({"stream":"stdout"})"_s, at + 100, end}));
    QVERIFY((seen[1] == Seen{u"hi"_s, uR"({"stream":"stdout","n":1})"_s, at + 400, end}));
    QVERIFY((seen[2] == Seen{u"Traceback (most recent call last):"_s, uR"({"stream":"stderr"})"_s, at + 200, end}));

    seen.clear();
    StreamReader cri;
    cri.add("2026-11-30T10:00:24.380399575+00:00 stdout P hel\n2026-11-30T10:00:25+00:00 stdout F \n"
            "2026-11-30T10:00:26+00:00 stderr P last",
            {}, give);
    cri.finish({}, give);
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen[0].message, u"hel"_s);
    QCOMPARE(seen[0].ms, at + 24'380);
    QCOMPARE(seen[1].message, u"last"_s);
    QCOMPARE(std::string(cri.format()), std::string("cri"));
}

VIGIE_TEST(TestLineFormat)
#include "tst_lineformat.moc"
