// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/processchunk.h"

#include "storage/blocks/streams.h"
#include "storage/figures/figurecolumn.h"
#include "testmain.h"

#include <QTest>
#include <limits>
#include <random>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

using Look = ProcessChunk::Look;

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

bool areSame(const std::vector<ProcessSample>& a, const std::vector<ProcessSample>& b)
{
    return std::ranges::equal(a, b, [](const ProcessSample& x, const ProcessSample& y) {
        return x.pid == y.pid && x.name == y.name && x.cpuPercent == y.cpuPercent && x.residentBytes == y.residentBytes;
    });
}

bool areSame(const Look& a, const Look& b)
{
    return a.timeMs == b.timeMs && areSame(a.processes.topByCpu, b.processes.topByCpu)
        && areSame(a.processes.topByMemory, b.processes.topByMemory);
}

bool comesBackAs(const QByteArray& bytes, const std::vector<Look>& looks)
{
    const auto read = decodeProcesses(view(bytes));
    return read && std::ranges::equal(read->looks, looks, [](const Look& a, const Look& b) { return areSame(a, b); });
}

/// A machine where some processes stay, others come and go under a few names, and the lists overlap, as they do.
ProcessChunk simulated(std::size_t looks)
{
    std::mt19937 random(7);
    std::vector<ProcessSample> all;
    int nextPid = 1'000;
    const auto add = [&](const QString& name) { all.push_back({nextPid += 1 + int(random() % 5), name, 0, 4'096 * (random() % 100'000)}); };
    for (int i = 0; i < 12; ++i)
        add(u"service-%1"_s.arg(i));
    ProcessChunk chunk;
    for (std::size_t i = 0; i < looks; ++i) {
        if (random() % 4 == 0)
            add(u"worker-%1"_s.arg(random() % 5));
        if (all.size() > 12 && random() % 4 == 0)
            all.erase(all.begin() + 12);
        for (ProcessSample& process : all) {
            process.cpuPercent = random() % 3 == 0 ? double(random() % 500) * 0.1 : 0;
            if (random() % 5 == 0)
                process.residentBytes += 4'096 * (random() % 50);
        }
        Look look{1'795'420'800'000 + std::int64_t(i) * 5'000 + std::int64_t(random() % 3), {}};
        std::ranges::stable_sort(all, std::greater(), &ProcessSample::cpuPercent);
        look.processes.topByCpu.assign(all.begin(), all.begin() + 10);
        std::ranges::stable_sort(all, std::greater(), &ProcessSample::residentBytes);
        look.processes.topByMemory.assign(all.begin(), all.begin() + 10);
        std::ranges::sort(all, std::less(), &ProcessSample::pid);
        chunk.looks.push_back(std::move(look));
    }
    return chunk;
}

/// A chunk of these sections, as if we had made it: what is inside has the right checksums.
QByteArray packed(StreamWriter& to)
{
    std::string bytes(1, 1);
    to.pack(bytes);
    return {bytes.data(), qsizetype(bytes.size())};
}

} // namespace

class TestProcessChunk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void moreThanALookHasIsCut();
    void lookIsFound();
    void earlierFormatIsRead();
    void flippedBitIsNoticed();
    void nonsenseIsBounded();
    void nonsenseWithChecksumsIsBounded();
    void manyLooksTakeLittle();
};

void TestProcessChunk::comesBack_data()
{
    QTest::addColumn<std::vector<Look>>("looks");
    const ProcessSample make{12, u"make"_s, 200, 4'096'000};
    const ProcessSample shell{3, u"sh"_s, 0.1, 1'024};
    QTest::newRow("none") << std::vector<Look>{};
    QTest::newRow("empty lists") << std::vector<Look>{{1, {}}, {2, {}}};
    QTest::newRow("one") << std::vector<Look>{{5'000, {{make}, {}}}};
    QTest::newRow("in both lists") << std::vector<Look>{{5'000, {{make, shell}, {shell, make}}}, {9'000, {{shell}, {make, shell}}}};
    ProcessSample grown = make;
    grown.residentBytes += 8'192;
    QTest::newRow("in both lists, unlike") << std::vector<Look>{{5'000, {{make}, {grown}}}, {9'000, {{grown}, {make}}}};
    QTest::newRow("twice in a list") << std::vector<Look>{{5'000, {{make, make}, {make, make}}}, {9'000, {{make, shell, make}, {}}}};
    QTest::newRow("lists that grow and shrink")
        << std::vector<Look>{{1, {{make}, {shell, make}}}, {2, {{}, {}}}, {3, {{make, shell}, {make}}}, {4, {{shell}, {}}}};
    ProcessSample other = make;
    other.name = u"cc"_s;
    QTest::newRow("a pid that is used again") << std::vector<Look>{{1, {{make}, {}}}, {2, {{other}, {}}}, {3, {{make}, {}}}};
    QTest::newRow("odd names") << std::vector<Look>{
        {1, {{{1, u""_s, 0, 0}, {2, u"a\nb"_s, 0, 0}, {3, u"éditeur \U0001F600"_s, 0, 0}, {4, QString(5'000, u'x'), 0, 0}}, {}}}};
    constexpr int most = std::numeric_limits<int>::max();
    QTest::newRow("odd numbers") << std::vector<Look>{
        {-5, {{{most, u"a"_s, 1e8, quint64(1) << 60}, {-1, u"b"_s, 0, 0}}, {}}},
        {std::numeric_limits<std::int64_t>::max() / 4, {{{most, u"a"_s, 0, 0}, {-most, u"b"_s, 0.3, quint64(1) << 60}}, {}}}};
    QTest::newRow("half an hour") << simulated(360).looks;
    QTest::newRow("most there may be") << simulated(ProcessChunk::maxLooks).looks;
}

void TestProcessChunk::comesBack()
{
    QFETCH(std::vector<Look>, looks);
    const QByteArray bytes = encodeProcesses({looks});
    // To the letter, but for what the steps round: 200 is 2,000 tenths.
    for (Look& look : looks) {
        for (auto* list : {&look.processes.topByCpu, &look.processes.topByMemory}) {
            for (ProcessSample& process : *list)
                process.cpuPercent = double(std::llround(process.cpuPercent / 0.1)) * 0.1;
        }
    }
    QVERIFY(comesBackAs(bytes, looks));
    QCOMPARE(encodeProcesses(*decodeProcesses(view(bytes))), bytes);
}

void TestProcessChunk::moreThanALookHasIsCut()
{
    ProcessChunk chunk;
    chunk.looks.push_back({1, {std::vector<ProcessSample>(ProcessChunk::maxInList + 1, {1, u"a"_s, 0, 0}), {}}});
    const auto read = decodeProcesses(view(encodeProcesses(chunk)));
    QVERIFY(read);
    QCOMPARE(read->looks[0].processes.topByCpu.size(), ProcessChunk::maxInList);
}

void TestProcessChunk::lookIsFound()
{
    const ProcessChunk chunk = simulated(100);
    const QByteArray bytes = encodeProcesses(chunk);
    const ProcessChunk read = *decodeProcesses(view(bytes));
    LookFinder finder;
    QVERIFY(!finder.lookAt(view(bytes), chunk.looks.front().timeMs - 1));
    for (std::size_t i = 0; i < read.looks.size(); ++i) {
        const std::int64_t end = i + 1 < read.looks.size() ? read.looks[i + 1].timeMs : read.looks[i].timeMs + 1'000'000;
        for (const std::int64_t at : {read.looks[i].timeMs, end - 1}) {
            const auto found = finder.lookAt(view(bytes), at);
            QVERIFY(found && areSame(*found, read.looks[i]));
        }
    }
    QVERIFY(!finder.lookAt(view(encodeProcesses({})), 5));
    QVERIFY(!finder.lookAt({}, 5));
}

void TestProcessChunk::earlierFormatIsRead()
{
    // What schema 1 made of these looks.
    const QByteArray bytes = QByteArray::fromBase64(
        "AAAARnjaY2bJTcxO5c4uzy/KTi3SN7Ay5Di8MiWzJLW0iKlhwq1vBzKYJBjO8x+wY2NkYGBqeGXAxNL3cQMHRGyaH1BQ7oAdAwBfbBdW");
    const ProcessSample make{12, u"make"_s, 1'999 * 0.1, 4'096'000};
    const std::vector<Look> looks{
        {1'795'420'800'000,
         {{make, {3, u"kworker/0:1"_s, 0, 0}}, {{400'000, u"éditeur"_s, 4 * 0.1, quint64(9'000'000'512) / 1'024 * 1'024}, make}}},
        {1'795'420'805'003, {{{12, u"make"_s, 30 * 0.1, 8'192'000}}, {}}}};
    QVERIFY(comesBackAs(bytes, looks));
    LookFinder finder;
    QVERIFY(areSame(*finder.lookAt(view(bytes), 1'795'420'805'002), looks[0]));
    QVERIFY(!finder.lookAt(view(bytes), 1'795'420'799'999));
    for (qsizetype length = 0; length < bytes.size(); ++length)
        QVERIFY(!decodeProcesses(view(bytes.left(length))));
}

void TestProcessChunk::flippedBitIsNoticed()
{
    const ProcessChunk chunk = simulated(60);
    const QByteArray good = encodeProcesses(chunk);
    const std::vector<Look> looks = decodeProcesses(view(good))->looks;
    LookFinder finder;
    int noticed = 0;
    for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
        QByteArray bytes = good;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
        // Of some bits of a frame's head nothing depends. No other may change what is read.
        const bool isRead = decodeProcesses(view(bytes)).has_value();
        noticed += isRead ? 0 : 1;
        QVERIFY2(!isRead || comesBackAs(bytes, looks), qPrintable(QString::number(bit)));
        const auto found = finder.lookAt(view(bytes), looks[30].timeMs);
        QVERIFY(!found || areSame(*found, looks[30]));
    }
    QVERIFY(noticed > good.size() * 8 * 99 / 100);
    for (qsizetype length = 0; length < good.size(); ++length)
        QVERIFY(!decodeProcesses(view(good.left(length))));
}

void TestProcessChunk::nonsenseIsBounded()
{
    constexpr std::uint64_t huge = std::uint64_t(1) << 40;
    {
        StreamWriter to; // so many looks, all at one pace
        to.beginSection();
        appendNumber(to.head(), huge);
        appendNumber(to.head(), 0);
        appendNumber(to.head(), 0);
        QVERIFY(!decodeProcesses(view(packed(to))));
    }
    {
        StreamWriter to; // so many ranks
        FigureColumnWriter writer;
        to.beginSection();
        writer.write({1}, to);
        to.stream() = "";
        writer.write({}, to);
        writer.write({}, to);
        writer.writeMultiples({}, to);
        appendNumber(to.head(), 1);
        writer.write({1}, to);
        appendNumber(to.head(), huge);
        QVERIFY(!decodeProcesses(view(packed(to))));
    }
    {
        StreamWriter to; // a process without a name
        FigureColumnWriter writer;
        to.beginSection();
        writer.write({1}, to);
        to.stream() = "";
        writer.write({0}, to);
        writer.write({1}, to);
        writer.writeMultiples({1}, to);
        QVERIFY(!decodeProcesses(view(packed(to))));
    }
    // Deflated: names, and looks without processes, that would take a thousand times the room of their bytes.
    QVERIFY(!decodeProcesses(view(qCompress(QByteArray("\x80\x80\x40", 3) + QByteArray(1 << 20, 0)))));
    QVERIFY(!decodeProcesses(view(qCompress(QByteArray("\x00\x80\x80\x40", 4) + QByteArray(3 << 20, 0)))));
}

void TestProcessChunk::nonsenseWithChecksumsIsBounded()
{
    std::mt19937 random(1);
    const auto numbers = [&random](std::size_t count, unsigned bound) {
        std::vector<std::int64_t> values;
        for (std::size_t i = 0; i < count; ++i)
            values.push_back(std::int64_t(random() % bound) - (random() % 50 == 0 ? 1 : 0));
        return values;
    };
    LookFinder finder;
    int read = 0;
    for (int round = 0; round < 5'000; ++round) {
        // Columns that are in order by themselves, and need not fit one another.
        StreamWriter to;
        FigureColumnWriter writer;
        to.beginSection();
        const std::size_t looks = random() % 6;
        const std::size_t processes = random() % 4;
        writer.write(numbers(looks, 5'000), to);
        std::string& names = to.stream();
        appendText(names, "a");
        appendText(names, "b");
        writer.write(numbers(processes, 2), to);
        writer.write(numbers(processes, 100'000), to);
        writer.writeMultiples(numbers(processes, 100'000), to);
        appendNumber(to.head(), random() % 2);
        for (int list = 0; list < 2; ++list) {
            const std::size_t ranks = random() % 3;
            writer.write(numbers(looks, unsigned(ranks) + 1), to);
            appendNumber(to.head(), ranks);
            for (std::size_t rank = 0; rank < ranks; ++rank) {
                writer.write(numbers(random() % (looks + 1), unsigned(processes) + 1), to);
                writer.write(numbers(random() % (looks + 1), 1'000), to);
            }
            writer.writeMultiples(numbers(random() % (looks * ranks + 1), 1'000), to);
        }
        const QByteArray bytes = packed(to);
        const auto chunk = decodeProcesses(view(bytes));
        read += chunk ? 1 : 0;
        QVERIFY(!chunk || chunk->looks.size() == looks);
        (void)finder.lookAt(view(bytes), std::int64_t(random()));
    }
    QVERIFY(read > 0 && read < 5'000);
}

void TestProcessChunk::manyLooksTakeLittle()
{
    const ProcessChunk chunk = simulated(360);
    qsizetype apart = 0;
    QByteArray listed;
    for (std::size_t i = 0; i < chunk.looks.size(); i += 24) {
        const auto begin = chunk.looks.begin() + std::ptrdiff_t(i);
        apart += encodeProcesses({{begin, begin + 24}}).size();
    }
    for (const Look& look : chunk.looks) {
        listed += QByteArray::number(look.timeMs);
        for (const auto* list : {&look.processes.topByCpu, &look.processes.topByMemory}) {
            for (const ProcessSample& process : *list) {
                listed += QByteArray::number(process.pid) + ' ' + process.name.toUtf8() + ' '
                    + QByteArray::number(process.cpuPercent, 'f', 1) + ' ' + QByteArray::number(process.residentBytes / 1'024) + '\n';
            }
        }
    }
    const qsizetype together = encodeProcesses(chunk).size();
    const QString sizes = u"%1 together, %2 apart, %3 listed and deflated"_s.arg(together).arg(apart).arg(qCompress(listed, 9).size());
    QVERIFY2(together < apart * 3 / 4, qPrintable(sizes));
    QVERIFY2(together < qCompress(listed, 9).size() * 2 / 5, qPrintable(sizes));
}

VIGIE_TEST(TestProcessChunk)
#include "tst_processchunk.moc"
