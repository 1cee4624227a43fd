// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricchunk.h"
#include "storage/figures/processchunk.h"
#include "testmain.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <random>

using namespace vigie;

namespace {

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

bool areAlike(const std::vector<double>& a, const std::vector<double>& b, double tolerance)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) != std::isnan(b[i]) || std::abs(a[i] - b[i]) > tolerance)
            return false;
    }
    return true;
}

} // namespace

class TestMetricChunk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void rolledUpComesBack();
    void boundThatIsNotKnownIsTheAverage();
    void onlyTheWantedIsRead();
    void steadyFiguresCostNextToNothing();
    void nonsenseIsRefused();
    void processesComeBack();
    void nonsenseProcessesAreRefused();
};

void TestMetricChunk::comesBack_data()
{
    QTest::addColumn<int>("quantum");
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<double>("tolerance");
    const int automatic = static_cast<int>(Quantum::Auto);
    QTest::newRow("tenths") << static_cast<int>(Quantum::Tenth) << QList<double>{0, 99.94, 50.06, unknown, 100} << 0.0501;
    QTest::newRow("hundredths") << static_cast<int>(Quantum::Hundredth) << QList<double>{1.234, 0, 17.5} << 0.00501;
    QTest::newRow("bytes a second") << static_cast<int>(Quantum::Unit) << QList<double>{0, 1.5e9, 3.3, 7} << 0.501;
    QTest::newRow("KiB") << static_cast<int>(Quantum::Kibi) << QList<double>{16.0 * (1ULL << 40), 0, 1024} << 512.0;
    QTest::newRow("unknown at both ends") << static_cast<int>(Quantum::Unit) << QList<double>{unknown, 5, unknown} << 0.0;
    QTest::newRow("nothing known") << static_cast<int>(Quantum::Unit) << QList<double>{unknown, unknown} << 0.0;
    QTest::newRow("whole stays whole") << automatic << QList<double>{123456789012345, -3, 0} << 0.0;
    QTest::newRow("seven digits") << automatic << QList<double>{3.14159265, 1e-7, -2.5} << 5.1e-7;
    QTest::newRow("tiny") << automatic << QList<double>{1.234567e-9, 2e-9} << 5.1e-16;
    QTest::newRow("huge") << automatic << QList<double>{1.2345678e180, -1e179} << 1e174;
    QTest::newRow("zeros") << automatic << QList<double>{0, 0, 0} << 0.0;
    // Beyond what fits, the most that does: 2e18 steps.
    QTest::newRow("beyond what fits") << static_cast<int>(Quantum::Tenth) << QList<double>{2e17, -2e17, 1} << 1e3;
}

void TestMetricChunk::comesBack()
{
    QFETCH(int, quantum);
    QFETCH(QList<double>, values);
    QFETCH(double, tolerance);
    MetricChunk chunk;
    for (qsizetype i = 0; i < values.size(); ++i)
        chunk.times.push_back(1'700'000'000'123 + i * 1'000 + i % 2);
    chunk.columns.push_back({7, static_cast<Quantum>(quantum), {values.begin(), values.end()}, {}, {}});
    const auto read = decodeChunk(view(encodeChunk(chunk)));
    QVERIFY(read);
    QCOMPARE(read->times, chunk.times);
    QVERIFY(!read->isRolledUp());
    QCOMPARE(read->columns.size(), std::size_t(1));
    QCOMPARE(read->columns[0].series, 7U);
    QVERIFY(areAlike(read->columns[0].average, chunk.columns[0].average, tolerance));
    QVERIFY(read->columns[0].low.empty());
    // What was read and written again is the same: a chunk that is filled in two runs does not wear.
    QCOMPARE(encodeChunk(*read), encodeChunk(*decodeChunk(view(encodeChunk(*read)))));
}

void TestMetricChunk::rolledUpComesBack()
{
    MetricChunk chunk;
    chunk.times = {60'000, 120'000, 240'000};
    chunk.counts = {60, 59, 1};
    chunk.columns.push_back({1, Quantum::Tenth, {50, unknown, 3.4}, {0, unknown, 3.4}, {100, unknown, 3.4}});
    chunk.columns.push_back({300, Quantum::Unit, {5, 6, 7}, {4, 4, 4}, {1e9, 8, 9}});
    const auto read = decodeChunk(view(encodeChunk(chunk)));
    QVERIFY(read);
    QVERIFY(read->isRolledUp());
    QCOMPARE(read->counts, chunk.counts);
    for (std::size_t i = 0; i < chunk.columns.size(); ++i) {
        QVERIFY(areAlike(read->columns[i].average, chunk.columns[i].average, 0.001));
        QVERIFY(areAlike(read->columns[i].low, chunk.columns[i].low, 0.001));
        QVERIFY(areAlike(read->columns[i].high, chunk.columns[i].high, 0.001));
    }
}

void TestMetricChunk::boundThatIsNotKnownIsTheAverage()
{
    MetricChunk chunk;
    chunk.times = {60'000, 120'000};
    chunk.counts = {60, 60};
    chunk.columns.push_back({1, Quantum::Unit, {5, 8}, {unknown, 7}, {6, unknown}});
    chunk.columns.push_back({2, Quantum::Unit, {1, 2}, {1, 2}, {1, 3}});
    const auto read = decodeChunk(view(encodeChunk(chunk)));
    QVERIFY(read);
    QCOMPARE(read->columns[0].low, (std::vector<double>{5, 7}));
    QCOMPARE(read->columns[0].high, (std::vector<double>{6, 8}));
    QCOMPARE(read->columns[1].high, (std::vector<double>{1, 3}));
}

void TestMetricChunk::onlyTheWantedIsRead()
{
    MetricChunk chunk;
    chunk.times = {1'000};
    for (std::uint32_t series = 1; series <= 9; ++series)
        chunk.columns.push_back({series, Quantum::Unit, {double(series)}, {}, {}});
    const std::vector<std::uint32_t> wanted{2, 8, 100};
    const auto read = decodeChunk(view(encodeChunk(chunk)), &wanted);
    QVERIFY(read);
    QCOMPARE(read->columns.size(), std::size_t(2));
    QCOMPARE(read->columns[1].series, 8U);
    QCOMPARE(read->columns[1].average, std::vector<double>{8});
}

void TestMetricChunk::steadyFiguresCostNextToNothing()
{
    MetricChunk chunk;
    for (int row = 0; row < 60; ++row)
        chunk.times.push_back(1'700'000'000'000 + row * 1'000);
    for (std::uint32_t series = 1; series <= 40; ++series)
        chunk.columns.push_back({series, Quantum::Unit, std::vector<double>(60, 1e9 + series), {}, {}});
    QVERIFY(encodeChunk(chunk).size() < 40 * 10);
}

void TestMetricChunk::nonsenseIsRefused()
{
    MetricChunk chunk;
    for (int row = 0; row < 60; ++row)
        chunk.times.push_back(row * 1'000);
    chunk.columns.push_back({1, Quantum::Unit, std::vector<double>(60, 3), {}, {}});
    const QByteArray good = encodeChunk(chunk);
    QVERIFY(!decodeChunk({}));
    QVERIFY(!decodeChunk("abc"));
    QVERIFY(!decodeChunk(std::string_view("\xff\xff\xff\xff rest", 9)));
    for (qsizetype length = 0; length < good.size(); ++length)
        QVERIFY2(!decodeChunk(view(good.left(length))), qPrintable(QString::number(length)));
    // Valid to zlib, and nothing of ours inside. It must end, and not with all the memory there is.
    std::mt19937 random(1);
    for (int round = 0; round < 2'000; ++round) {
        QByteArray inside(1 + static_cast<int>(random() % 64), 0);
        for (char& byte : inside)
            byte = static_cast<char>(random());
        (void)decodeChunk(view(qCompress(inside)));
        (void)decodeProcesses(view(qCompress(inside)));
    }
}

void TestMetricChunk::processesComeBack()
{
    ProcessChunk chunk;
    chunk.looks.push_back({1'000, {{{12, QStringLiteral("make"), 199.96, 4'096'000}, {3, QStringLiteral("kworker"), 0.04, 0}},
                                   {{400'000, QStringLiteral("éditeur"), 0, 9'000'000'512}}}});
    chunk.looks.push_back({6'000, {{{12, QStringLiteral("make"), 3, 8'192'000}}, {}}});
    const auto read = decodeProcesses(view(encodeProcesses(chunk)));
    QVERIFY(read);
    QCOMPARE(read->looks.size(), std::size_t(2));
    const ProcessesSample& first = read->looks[0].processes;
    QCOMPARE(first.topByCpu.size(), std::size_t(2));
    QCOMPARE(first.topByCpu[0].pid, 12);
    QCOMPARE(first.topByCpu[0].name, QStringLiteral("make"));
    QCOMPARE(first.topByCpu[0].cpuPercent, 200.0);
    QCOMPARE(first.topByCpu[0].residentBytes, quint64(4'096'000));
    QCOMPARE(first.topByMemory[0].name, QStringLiteral("éditeur"));
    QCOMPARE(first.topByMemory[0].residentBytes / 1024, quint64(9'000'000'512) / 1024);
    QCOMPARE(read->looks[1].timeMs, qint64(6'000));
    QCOMPARE(read->looks[1].processes.topByCpu[0].residentBytes, quint64(8'192'000));
    QVERIFY(read->looks[1].processes.topByMemory.empty());
}

void TestMetricChunk::nonsenseProcessesAreRefused()
{
    ProcessChunk chunk;
    chunk.looks.push_back({1'000, {{{12, QStringLiteral("make"), 1, 4'096}}, {}}});
    const QByteArray good = encodeProcesses(chunk);
    for (qsizetype length = 0; length < good.size(); ++length)
        QVERIFY(!decodeProcesses(view(good.left(length))));
}

VIGIE_TEST(TestMetricChunk)
#include "tst_metricchunk.moc"
