// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies in whatever pieces they come: chunks, gzip, both.
#include "deflated.h"
#include "server/http/bodyreader.h"
#include "testmain.h"

#include <QTest>
#include <algorithm>
#include <numeric>

using namespace vigie;

namespace {

/// Keeps what it gets.
class Keeper final : public BodyTaker
{
public:
    void take(std::span<const char> bytes) override
    {
        largest = std::max(largest, bytes.size());
        got.append(bytes.data(), qsizetype(bytes.size()));
        if (reader && pausesAt >= 0 && got.size() >= pausesAt)
            reader->setPaused(true);
    }
    void finish() override {}
    void abandon() override {}

    QByteArray got;
    std::size_t largest = 0;
    BodyReader* reader = nullptr;
    qsizetype pausesAt = -1;
};

QByteArray chunked(const QByteArray& body, qsizetype size)
{
    QByteArray all;
    for (qsizetype at = 0; at < body.size(); at += size) {
        const QByteArray chunk = body.mid(at, size);
        all += QByteArray::number(chunk.size(), 16) + (at % 2 ? ";name=\"a value\"\r\n" : "\r\n") + chunk + "\r\n";
    }
    return all + "0\r\nX-Behind: it\r\n\r\n";
}

struct Outcome
{
    QByteArray body;
    HttpParser::BodyState state = HttpParser::BodyState::NeedsMore;
    BodyReader::Problem problem = BodyReader::Problem::None;
    qsizetype left = 0; // bytes behind the body
};

/// Reads it as a connection does: what is not consumed is offered again with the next piece.
Outcome read(const QByteArray& fields, const QByteArray& wire, const QList<qsizetype>& cuts, BodyCoding coding,
             std::uint64_t max = 1'000'000)
{
    HttpParser parser;
    Outcome outcome;
    const auto head = parser.readHead("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    if (!std::holds_alternative<HttpHead>(head))
        return outcome;
    Keeper keeper;
    BodyReader reader(coding, max, keeper);
    qsizetype done = 0;
    for (const qsizetype end : cuts + QList<qsizetype>{wire.size()}) {
        if (outcome.state != HttpParser::BodyState::NeedsMore)
            break;
        const auto [read, state] = parser.readBody({wire.constData() + done, std::size_t(end - done)}, reader);
        done += qsizetype(read);
        outcome.state = state;
    }
    reader.finish();
    outcome.body = keeper.got;
    outcome.problem = reader.problem();
    outcome.left = wire.size() - done;
    return outcome;
}

} // namespace

class TestBodyReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCutIsTheSame_data();
    void everyCutIsTheSame();
    void codings();
    void brokenChunks_data();
    void brokenChunks();
    void brokenCodings_data();
    void brokenCodings();
    void severalMembersAreOneBody();
    void tooLargeIsRefused_data();
    void tooLargeIsRefused();
    void bombIsRefused();
    void zstdIsBounded();
    void unpackedInSmallSteps();
    void pausesWithinAStep();
};

void TestBodyReader::everyCutIsTheSame_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("coding");
    QTest::addColumn<QByteArray>("body");
    const QByteArray text = "{\"a\":1}\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n" + QByteArray(40, 'x');
    const auto length = [](const QByteArray& body) { return "Content-Length: " + QByteArray::number(body.size()) + "\r\n"; };
    const QByteArray chunks = "Transfer-Encoding: chunked\r\n";
    const QByteArray gzip = test::deflated(text, test::gzipBits);
    const QByteArray zlib = test::deflated(text, test::deflateBits);
    const QByteArray packed = test::zstd(text);
    const auto row = [](const char* name, const QByteArray& fields, const QByteArray& wire, BodyCoding coding,
                        const QByteArray& body) { QTest::newRow(name) << fields << wire << int(coding) << body; };
    row("plain", length(text), text, BodyCoding::Identity, text);
    row("chunks", chunks, chunked(text, 10), BodyCoding::Identity, text);
    row("chunks of one byte", chunks, chunked(text, 1), BodyCoding::Identity, text);
    row("gzip", length(gzip), gzip, BodyCoding::Gzip, text);
    row("deflate", length(zlib), zlib, BodyCoding::Deflate, text);
    row("zstd", length(packed), packed, BodyCoding::Zstd, text);
    row("zstd in two frames", length(packed + packed), packed + packed, BodyCoding::Zstd, text + text);
    row("gzip in chunks", chunks, chunked(gzip, 7), BodyCoding::Gzip, text);
    row("nothing in chunks", chunks, "0\r\n\r\n", BodyCoding::Identity, {});
}

void TestBodyReader::everyCutIsTheSame()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, wire);
    QFETCH(int, coding);
    QFETCH(QByteArray, body);
    const QByteArray next = "GET /next HTTP/1.1\r\n\r\n";
    const auto check = [&](const QList<qsizetype>& cuts) {
        const Outcome outcome = read(fields, wire + next, cuts, BodyCoding(coding));
        return outcome.body == body && outcome.state == HttpParser::BodyState::Whole
            && outcome.problem == BodyReader::Problem::None && outcome.left == next.size();
    };
    QVERIFY(check({}));
    for (qsizetype first = 1; first < wire.size(); ++first) {
        QVERIFY2(check({first}), qPrintable(QString::number(first)));
        QVERIFY2(check({first, std::min(first + 3, wire.size() + 5)}), qPrintable(QString::number(first)));
    }
    QList<qsizetype> each(wire.size() - 1);
    std::iota(each.begin(), each.end(), 1);
    QVERIFY(check(each));
    // A part of it is never taken for the whole.
    for (qsizetype size = 0; size < wire.size(); ++size)
        QVERIFY(read(fields, wire.first(size), {}, BodyCoding(coding)).state == HttpParser::BodyState::NeedsMore);
}

void TestBodyReader::codings()
{
    QVERIFY(bodyCodingOf({}) == BodyCoding::Identity);
    QVERIFY(bodyCodingOf("identity") == BodyCoding::Identity);
    QVERIFY(bodyCodingOf("GZip") == BodyCoding::Gzip);
    QVERIFY(bodyCodingOf("x-gzip") == BodyCoding::Gzip);
    QVERIFY(bodyCodingOf(" deflate ") == BodyCoding::Deflate);
    QVERIFY(bodyCodingOf("Zstd") == BodyCoding::Zstd);
    for (const QByteArray coding : {"br", "gzip, gzip", "gzip,", "compress"})
        QVERIFY2(!bodyCodingOf(coding), coding.constData());
}

void TestBodyReader::brokenChunks_data()
{
    QTest::addColumn<QByteArray>("wire");
    for (const char* wire : {"x\r\n", "-1\r\na\r\n", "+1\r\na\r\n", "0x1\r\na\r\n\r\n", "\r\na", "1\r\nab\r\n0\r\n\r\n", "1\r\na\n0\r\n\r\n", "1\na\r\n0\r\n\r\n",
                             "1 \r\na\r\n0\r\n\r\n", "11111111111111111\r\na", "1;\r\na\r\n", "1;a=\"\r\n\"\r\na\r\n0\r\n\r\n",
                             "0\r\nfolded: a\r\n b\r\n\r\n", "0\r\nno colon\r\n\r\n", "0\r\nContent-Length: 1\r\n\r\n",
                             "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\rX\r\n\r\n"})
        QTest::newRow(QByteArray(wire).toPercentEncoding(" ;=:\"").constData()) << QByteArray(wire);
}

void TestBodyReader::brokenChunks()
{
    QFETCH(QByteArray, wire);
    wire += "0\r\n\r\n";
    QList<qsizetype> each(wire.size() - 1);
    std::iota(each.begin(), each.end(), 1);
    for (const QList<qsizetype>& cuts : {QList<qsizetype>(), each})
        QVERIFY(read("Transfer-Encoding: chunked\r\n", wire, cuts, BodyCoding::Identity).state == HttpParser::BodyState::Broken);
}

void TestBodyReader::brokenCodings_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("coding");
    const QByteArray gzip = test::deflated("some text, some text", test::gzipBits);
    QTest::newRow("no gzip") << QByteArray("some text") << int(BodyCoding::Gzip);
    QTest::newRow("cut short") << gzip.chopped(1) << int(BodyCoding::Gzip);
    QTest::newRow("wrong checksum") << gzip.chopped(8) + QByteArray(8, 'x') << int(BodyCoding::Gzip);
    QTest::newRow("something behind") << gzip + "x" << int(BodyCoding::Gzip);
    QTest::newRow("zstd that is cut") << test::zstd("some text, some text").chopped(1) << int(BodyCoding::Zstd);
    QTest::newRow("zstd with more behind it") << test::zstd("some text") + "x" << int(BodyCoding::Zstd);
    QTest::newRow("gzip for zstd") << gzip << int(BodyCoding::Zstd);
    QTest::newRow("gzip for deflate") << gzip << int(BodyCoding::Deflate);
    QTest::newRow("deflate for gzip") << test::deflated("some text", test::deflateBits) << int(BodyCoding::Gzip);
    QTest::newRow("two of deflate") << test::deflated("some text", test::deflateBits).repeated(2) << int(BodyCoding::Deflate);
}

void TestBodyReader::brokenCodings()
{
    QFETCH(QByteArray, wire);
    QFETCH(int, coding);
    const Outcome outcome = read("Content-Length: " + QByteArray::number(wire.size()) + "\r\n", wire, {}, BodyCoding(coding));
    QVERIFY(outcome.problem == BodyReader::Problem::Broken);
}

void TestBodyReader::severalMembersAreOneBody()
{
    const QByteArray wire = test::deflated("one ", test::gzipBits) + test::deflated("", test::gzipBits)
        + test::deflated("two", test::gzipBits);
    for (qsizetype cut = 1; cut < wire.size(); ++cut) {
        const Outcome outcome =
            read("Content-Length: " + QByteArray::number(wire.size()) + "\r\n", wire, {cut}, BodyCoding::Gzip);
        QCOMPARE(outcome.body, "one two");
        QVERIFY(outcome.problem == BodyReader::Problem::None);
    }
}

void TestBodyReader::tooLargeIsRefused_data()
{
    QTest::addColumn<int>("coding");
    QTest::newRow("as it is") << int(BodyCoding::Identity);
    QTest::newRow("unpacked") << int(BodyCoding::Gzip);
}

void TestBodyReader::tooLargeIsRefused()
{
    QFETCH(int, coding);
    const auto problem = [&](qsizetype size) {
        const QByteArray text(size, 'x');
        const QByteArray wire = chunked(coding == int(BodyCoding::Gzip) ? test::deflated(text, test::gzipBits) : text, 1'000);
        return read("Transfer-Encoding: chunked\r\n", wire, {}, BodyCoding(coding), 50'000).problem;
    };
    QVERIFY(problem(50'000) == BodyReader::Problem::None);
    QVERIFY(problem(50'001) == BodyReader::Problem::TooLarge);
}

void TestBodyReader::bombIsRefused()
{
    // A thousand times its size; far less than that is handed on, whatever the bound on the size.
    const QByteArray bomb = test::deflated(QByteArray(64 * 1024 * 1024, '\0'), test::gzipBits);
    Keeper keeper;
    BodyReader reader(BodyCoding::Gzip, std::uint64_t(1) << 40, keeper);
    reader.takeBody({bomb.constData(), std::size_t(bomb.size())});
    QVERIFY(reader.problem() == BodyReader::Problem::TooLarge);
    QVERIFY(keeper.got.size() <= qsizetype(BodyReader::ratioFrom));
    // What follows is passed over.
    QCOMPARE(reader.takeBody({bomb.constData(), 10}), std::size_t(10));
}

void TestBodyReader::zstdIsBounded()
{
    const auto problem = [](const QByteArray& wire) {
        Keeper keeper;
        BodyReader reader(BodyCoding::Zstd, std::uint64_t(1) << 40, keeper);
        reader.takeBody({wire.constData(), std::size_t(wire.size())});
        return reader.problem();
    };
    QVERIFY(problem(test::zstd(QByteArray(64 * 1024 * 1024, '\0'))) == BodyReader::Problem::TooLarge);
    QByteArray text;
    for (int i = 0; i < 2'000'000; ++i)
        text += QByteArray::number(qint64(i) * 7919) + ' ';
    QVERIFY(problem(test::zstd(text, 23)) == BodyReader::Problem::None);
    QVERIFY(problem(test::zstd(text, 24)) == BodyReader::Problem::Broken); // a window of 16 MiB
}

void TestBodyReader::unpackedInSmallSteps()
{
    QByteArray text;
    for (int i = 0; i < 100'000; ++i)
        text += QByteArray::number(qint64(i) * 7919) + ' ';
    const QByteArray gzip = test::deflated(text, test::gzipBits);
    Keeper keeper;
    BodyReader reader(BodyCoding::Gzip, 10'000'000, keeper);
    QCOMPARE(reader.takeBody({gzip.constData(), std::size_t(gzip.size())}), std::size_t(gzip.size()));
    QVERIFY(reader.finish());
    QVERIFY(reader.problem() == BodyReader::Problem::None);
    QCOMPARE(keeper.got, text);
    QVERIFY(keeper.largest <= BodyReader::stepBytes);
}

void TestBodyReader::pausesWithinAStep()
{
    const QByteArray text(200'000, 'x');
    const QByteArray gzip = test::deflated(text, test::gzipBits);
    Keeper keeper;
    BodyReader reader(BodyCoding::Gzip, 10'000'000, keeper);
    keeper.reader = &reader;
    keeper.pausesAt = 0; // after each step
    std::size_t done = 0;
    while (done < std::size_t(gzip.size()) && keeper.got.size() < text.size()) {
        const qsizetype before = keeper.got.size();
        done += reader.takeBody({gzip.constData() + done, std::size_t(gzip.size()) - done});
        QVERIFY(keeper.got.size() - before <= qsizetype(BodyReader::stepBytes));
        QVERIFY(reader.isPaused());
        QCOMPARE(reader.takeBody({gzip.constData(), 1}), std::size_t(0));
        reader.setPaused(false);
    }
    while (!reader.finish())
        reader.setPaused(false);
    QVERIFY(reader.problem() == BodyReader::Problem::None);
    QCOMPARE(keeper.got, text);
}

VIGIE_TEST(TestBodyReader)
#include "tst_bodyreader.moc"
