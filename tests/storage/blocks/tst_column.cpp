// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/column.h"

#include "testmain.h"

#include <QTest>
#include <cstdio>
#include <functional>
#include <limits>
#include <random>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

using Values = std::vector<std::string>;

std::mt19937 random_{7};

unsigned below(unsigned bound)
{
    return random_() % bound;
}

Values made(std::size_t count, const std::function<std::string(std::size_t)>& one)
{
    Values values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(one(i));
    return values;
}

std::string formatted(const char* format, unsigned a, unsigned b = 0)
{
    char text[200];
    std::snprintf(text, sizeof text, format, a, b);
    return text;
}

std::string packed(const Values& values)
{
    TextList list;
    for (const std::string& value : values)
        list.add(value);
    StreamWriter streams;
    streams.beginSection();
    ColumnWriter().write(list, streams);
    std::string blob;
    streams.pack(blob);
    return blob;
}

/// Nothing: it cannot be read.
std::optional<Values> unpacked(const std::string& blob, std::size_t count)
{
    StreamBlob streams;
    if (!streams.open(blob))
        return std::nullopt;
    auto section = streams.section(0);
    TextList list;
    if (!section || !ColumnReader().read(*section, count, list) || list.size() != count)
        return std::nullopt;
    Values values;
    for (std::size_t i = 0; i < count; ++i)
        values.emplace_back(list[i]);
    return values;
}

} // namespace

class TestColumn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackToTheLetter_data();
    void comesBackToTheLetter();
    void canBePassed_data() { comesBackToTheLetter_data(); }
    void canBePassed();
    void numbersComeBack_data();
    void numbersComeBack();
    void damageIsNoticed();
    void cutBlobsAreNoticed();
};

void TestColumn::comesBackToTheLetter_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<double>("mostBytes"); // a value, as packed
    const auto row = [](const char* name, const Values& values, double mostBytes = 1e9) { QTest::newRow(name) << values << mostBytes; };
    row("none", {});
    row("one", {"x"});
    row("an empty one", {""});
    row("the same", Values(1'000, "till-1"), 0.1);
    row("few", made(1'000, [](std::size_t) { return formatted("host-%u", below(20)); }), 0.9);
    row("numbers", made(1'000, [](std::size_t) { return std::to_string(below(1'000'000)); }), 3.0);
    row("rising numbers", made(1'000, [](std::size_t i) { return std::to_string(1'000'000 + i * 3); }), 0.2);
    row("negative numbers", made(1'000, [](std::size_t) { return std::to_string(int(below(2'000)) - 1'000); }), 2.0);
    row("largest numbers", {"999999999999999999", "-999999999999999999", "0", "9223372036854775807", "1"});
    row("numbers that are not as we write them", {"007", "+5", "1e5", "1.0", "-0", "00", "12", ""});
    row("wide numbers", made(1'000, [](std::size_t) { return formatted("%06u", below(1'000'000)); }), 3.0);
    row("wide numbers, one longer", {"007", "008", "0009", "010"});
    row("hexadecimal", made(1'000, [](std::size_t) { return formatted("%08x", unsigned(random_())); }), 4.2);
    row("hexadecimal, odd", made(1'000, [](std::size_t) { return formatted("%07x", unsigned(random_()) & 0xfffffff); }), 4.2);
    row("hexadecimal, upper case", made(300, [](std::size_t) { return formatted("%08X", unsigned(random_())); }));
    row("uuids", made(500, [](std::size_t) {
            return formatted("%08x", unsigned(random_())) + formatted("-%04x-4%03x", below(65'536), below(4'096))
                + formatted("-a%03x-%08x", below(4'096), unsigned(random_())) + formatted("%04x", below(65'536));
        }), 17.0);
    row("ULIDs that count up", made(1'000, [](std::size_t i) { return "01HZXW9A5KMB3QJ4" + std::string("9R0ZYT") + formatted("%04u", unsigned(i)); }), 1.0);
    row("ULIDs of any kind", {"01HZXW9A5KMB3QJ49R0ZYT0000", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "00000000000000000000000000",
                              "01HZXW9A5KMB3QJ49R0ZYT0001", "01HZXW9A5KMB3QJ49R0ZYT0000"});
    row("no ULIDs", {"81HZXW9A5KMB3QJ49R0ZYT0000", "01hzxw9a5kmb3qj49r0zyt0000", "01HZXW9A5KMB3QJ49R0ZYTUUUU"});
    row("templates", made(1'000, [](std::size_t i) {
            return i % 2 ? formatted("GET /api/orders/%u 200 in %u ms", below(1'000'000), below(900)) : formatted("job %u done by v1.2.%u", unsigned(i), below(4));
        }), 5.0);
    row("templates with odd ends", made(200, [](std::size_t i) { return i % 3 ? formatted("%u", below(100'000)) : formatted("a%ub", below(99'999)); }));
    row("many templates", made(2'000, [](std::size_t i) { return std::string(1, char('a' + i % 26)) + std::string(1, char('a' + i / 26 % 26)) + formatted(" %u", below(9'999)); }));
    row("a variable's sign in texts", made(100, [](std::size_t i) { return std::string("a\0b", 3) + std::to_string(i * 7'777); }));
    row("any bytes", made(300, [](std::size_t) {
            std::string text(below(50), ' ');
            for (char& c : text)
                c = static_cast<char>(random_());
            return text;
        }));
    row("a long one", {std::string(3'000'000, 'x') + "1", "y"});
    row("scripts", made(100, [](std::size_t i) { return "Größe 接続 🔥 " + std::to_string(i * i); }));
}

void TestColumn::comesBackToTheLetter()
{
    QFETCH(Values, values);
    QFETCH(double, mostBytes);
    const std::string blob = packed(values);
    const auto back = unpacked(blob, values.size());
    QVERIFY(back);
    QVERIFY(*back == values);
    QVERIFY2(double(blob.size()) <= mostBytes * double(values.size()) + 60, qPrintable(u"%1 bytes a value"_s.arg(double(blob.size()) / double(values.size()))));
}

/// What is behind a column is read as well when it was passed, and its values have no bytes but those that are told.
void TestColumn::canBePassed()
{
    QFETCH(Values, values);
    if (values.empty())
        return;
    TextList list;
    for (const std::string& value : values)
        list.add(value);
    TextList behind;
    for (int i = 0; i < 100; ++i)
        behind.add(std::to_string(i * i));
    StreamWriter streams;
    ColumnWriter writer;
    streams.beginSection();
    writer.write(list, streams);
    writer.write(behind, streams);
    std::string blob;
    streams.pack(blob);
    StreamBlob back;
    QVERIFY(back.open(blob));
    auto section = back.section(0);
    ColumnReader reader;
    const auto bytes = reader.pass(*section);
    QVERIFY(bytes);
    for (const char c : list.joined())
        QVERIFY((*bytes)[static_cast<unsigned char>(c)]);
    TextList read;
    QVERIFY(reader.read(*section, behind.size(), read));
    QVERIFY(read.joined() == behind.joined());
}

void TestColumn::numbersComeBack_data()
{
    using Numbers = std::vector<std::int64_t>;
    QTest::addColumn<Numbers>("numbers");
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    QTest::newRow("none") << Numbers{};
    QTest::newRow("one") << Numbers{-7};
    QTest::newRow("extremes") << Numbers{least, most, 0, -1, least, most};
    Numbers steps;
    Numbers any;
    for (int i = 0; i < 3'000; ++i) {
        steps.push_back(1'700'000'000'000 + i * 10 + below(3));
        any.push_back(std::int64_t(std::uint64_t(random_()) << below(33)) - std::int64_t(random_()));
    }
    QTest::newRow("times") << steps;
    QTest::newRow("any") << any;
    // Of all widths, each of so many that they end anywhere in a byte.
    for (unsigned width = 1; width <= 64; ++width) {
        Numbers noise;
        for (unsigned i = 0; i < 61 + width % 8; ++i)
            noise.push_back(std::int64_t((std::uint64_t(random_()) << 32 | random_()) >> (64 - width)) - 5);
        QTest::addRow("%u bits", width) << noise;
    }
}

void TestColumn::numbersComeBack()
{
    QFETCH(std::vector<std::int64_t>, numbers);
    StreamWriter streams;
    streams.beginSection();
    ColumnWriter().write(numbers, streams);
    std::string blob;
    streams.pack(blob);
    StreamBlob back;
    QVERIFY(back.open(blob));
    auto section = back.section(0);
    std::vector<std::int64_t> read;
    QVERIFY(ColumnReader().read(*section, numbers.size(), read));
    QVERIFY(read == numbers);
}

/// Each frame has a checksum: a flipped bit gives other values, or none, only where it is noticed.
void TestColumn::damageIsNoticed()
{
    const Values values = made(600, [](std::size_t i) { return formatted("order %u took %u ms, and more", below(100'000), unsigned(i)); });
    const std::string blob = packed(values);
    for (int i = 0; i < 3'000; ++i) {
        std::string flipped = blob;
        flipped[random_() % flipped.size()] ^= char(1 << below(8));
        const auto back = unpacked(flipped, values.size());
        QVERIFY(!back || *back == values);
        // Who goes past it is not told of other bytes.
        StreamBlob streams;
        auto section = streams.open(flipped) ? streams.section(0) : std::nullopt;
        const auto bytes = section ? ColumnReader().pass(*section) : std::nullopt;
        QVERIFY(!bytes || ((*bytes)['z'] == false && (*bytes)['7'] && (*bytes)['k']));
    }
}

void TestColumn::cutBlobsAreNoticed()
{
    const std::string blob = packed(made(600, [](std::size_t i) { return formatted("order %u", unsigned(i) * 7'919); }));
    for (std::size_t size = 0; size < blob.size(); ++size)
        QVERIFY(!unpacked(blob.substr(0, size), 600));
    QVERIFY(!unpacked(blob, 601));
}

VIGIE_TEST(TestColumn)
#include "tst_column.moc"
