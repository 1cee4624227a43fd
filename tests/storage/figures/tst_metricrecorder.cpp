// SPDX-License-Identifier: GPL-3.0-or-later
#include "machinelook.h"
#include "storage/historyreader.h"
#include "storage/figures/metricrecorder.h"
#include "storage/storehistory.h"
#include "testmain.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t start = 1'700'000'000'000;

} // namespace

class TestMetricRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void questionsKnowWhatCameBefore();
    void quickLooksBecomeSeconds();
    void processesOnlyOnce();
    void applicationsByTheSecond();
    void whatApplicationsSendIsBounded();
    void stopWritesWhatWaits();
    void nothingIsWrittenAfterStop();
    void questionsDoNotWearTheDisk();
    void brokenFileIsMovedAside();
    void unwritableFolderIsSaidAndTriedAgain();
    void aFileThatIsTakenAwayIsNotWrittenTo();
    void answersFindTheirAsker();

private:
    void open();
    void record(std::int64_t timeMs, std::int64_t intervalMs, double cpu);
    MetricRangePtr ask(MetricQuery query);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<MetricRecorder> m_recorder;
    std::unique_ptr<StoreHistory> m_history;
    std::unique_ptr<HistoryReader> m_reader;
};

void TestMetricRecorder::init()
{
    m_recorder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"data"_s);
    open();
}

void TestMetricRecorder::open()
{
    m_recorder = std::make_unique<MetricRecorder>(MetricRecorder::Config{m_path, {}, std::chrono::milliseconds(0)});
    m_history = std::make_unique<StoreHistory>();
    m_reader = std::make_unique<HistoryReader>(HistoryJob::Kind::Figures);
    connect(m_history.get(), &StoreHistory::askedForMetrics, m_recorder.get(), &MetricRecorder::ask);
    connect(m_recorder.get(), &MetricRecorder::opened, m_reader.get(), &HistoryReader::setMetricFile);
    connect(m_recorder.get(), &MetricRecorder::asked, m_reader.get(), &HistoryReader::run);
    connect(m_reader.get(), &HistoryReader::answered, m_history.get(), &StoreHistory::deliver);
    m_recorder->start();
}

void TestMetricRecorder::record(std::int64_t timeMs, std::int64_t intervalMs, double cpu)
{
    auto sample = std::make_shared<test::Sample>();
    sample->timestampMs = timeMs;
    sample->intervalMs = intervalMs;
    sample->cpu.emplace();
    sample->cpu->total.usagePercent = cpu;
    m_recorder->record(test::frameOf(*sample));
}

MetricRangePtr TestMetricRecorder::ask(MetricQuery query)
{
    MetricRangePtr answer;
    m_history->metrics(std::move(query), [&answer](const MetricRangePtr& frame) { answer = frame; });
    return answer ? answer : std::make_shared<MetricRange>();
}

void TestMetricRecorder::questionsKnowWhatCameBefore()
{
    record(start, 1'000, 10);
    record(start + 1'000, 1'000, 20);
    const MetricRangePtr frame = ask({{}, start, start + 1'000, 10, {"cpu.usage"}});
    QCOMPARE(frame->series.size(), std::size_t(1));
    QCOMPARE(frame->series[0].average, (std::vector<double>{10, 20}));
}

void TestMetricRecorder::quickLooksBecomeSeconds()
{
    for (int i = 0; i < 8; ++i)
        record(start + i * 250, 250, i);
    const MetricRangePtr frame = ask({{}, start, start + 10'000, 1'000, {"cpu.usage"}});
    QCOMPARE(frame->series[0].average, (std::vector<double>{1.5, 5.5}));
    QCOMPARE(frame->times, (std::vector<std::int64_t>{start + 750, start + 1'750}));
}

void TestMetricRecorder::processesOnlyOnce()
{
    auto sample = std::make_shared<test::Sample>();
    sample->processes.emplace();
    sample->processes->topByCpu.push_back({7, u"make"_s, 50, 1'024});
    sample->processes->isNew = true;
    sample->timestampMs = start;
    m_recorder->record(test::frameOf(*sample));
    auto again = std::make_shared<test::Sample>(*sample);
    again->processes->isNew = false;
    again->timestampMs = start + 1'000;
    m_recorder->record(test::frameOf(*again));
    ProcessSnapshot moment;
    m_history->processesAt(start + 2'000, [&moment](const ProcessSnapshot& found) { moment = found; });
    QCOMPARE(moment.timestampMs, start);
    QCOMPARE(moment.processes.topByCpu[0].name, u"make"_s);
}

void TestMetricRecorder::applicationsByTheSecond()
{
    const std::int64_t before = QDateTime::currentMSecsSinceEpoch();
    // Sent with a time of its own, which is no matter.
    m_recorder->recordApp({"shop", "ann", 5, R"({"queue":1})"});
    m_recorder->recordApp({"shop", "bob", 6, R"({"queue":2,"open":true})"});
    m_recorder->recordApp({"other", "eve", 6, R"({"queue":99})"});
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    if (before / 1'000 != now / 1'000)
        QSKIP("a second ended on the way");
    const MetricRangePtr frame = ask({"shop", before - 1'000, now + 1'000, 1'000, {}});
    QCOMPARE(frame->times.size(), std::size_t(1));
    QCOMPARE(frame->series[1].name, "queue");
    QCOMPARE(frame->series[1].average, std::vector<double>{1.5});
    QCOMPARE(frame->series[0].average, std::vector<double>{1});
}

void TestMetricRecorder::whatApplicationsSendIsBounded()
{
    const QSignalSpy recorded(m_recorder.get(), &MetricRecorder::recorded);
    const std::int64_t before = QDateTime::currentMSecsSinceEpoch();
    qint64 bytes = 0;
    // Each with a name of its own, and one application more than there are places for.
    for (std::size_t i = 0; i < 2 * MetricStore::maxAppSeries; ++i) {
        const AppMetrics report{"shop", "ann", 5, "{\"n" + QByteArray::number(int(i)) + "\":1}"};
        bytes += report.heldBytes();
        m_recorder->recordApp(report);
    }
    for (std::size_t i = 0; i <= MetricStore::maxSources; ++i)
        m_recorder->recordApp({"app" + std::to_string(i), "ann", 5, R"({"queue":1})"});
    QCOMPARE(recorded.size(), qsizetype(2 * MetricStore::maxAppSeries + MetricStore::maxSources + 1));
    qint64 told = 0;
    for (std::size_t i = 0; i < 2 * MetricStore::maxAppSeries; ++i)
        told += recorded[qsizetype(i)][0].toLongLong();
    QCOMPARE(told, bytes); // taken or not, they need no more memory
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const auto seriesOf = [&](const std::string& app) { return ask({app, before - 1'000, now + 1'000, 1'000, {}})->series.size(); };
    if (before / 1'000 != now / 1'000)
        QSKIP("a second ended on the way");
    QCOMPARE(seriesOf("shop"), MetricStore::maxAppSeries);
    QCOMPARE(seriesOf("app0"), std::size_t(1));
    QCOMPARE(seriesOf("app" + std::to_string(MetricStore::maxSources)), std::size_t(0));
}

void TestMetricRecorder::stopWritesWhatWaits()
{
    record(start, 1'000, 10);
    m_recorder->stop();
    open();
    QCOMPARE(ask({{}, start, start, 10, {}})->times.size(), std::size_t(1));
}

void TestMetricRecorder::nothingIsWrittenAfterStop()
{
    record(start, 1'000, 10);
    m_recorder->stop();
    // A question, and the timers, come to a recorder that has let go of its file.
    const QSignalSpy opened(m_recorder.get(), &MetricRecorder::opened);
    record(start + 1'000, 1'000, 20);
    QCOMPARE(ask({{}, start, start + 1'000, 10, {}})->times.size(), std::size_t(1));
    QCOMPARE(opened.size(), 0);
}

void TestMetricRecorder::questionsDoNotWearTheDisk()
{
    m_recorder = std::make_unique<MetricRecorder>(MetricRecorder::Config{m_path, {}, std::chrono::hours(1)});
    connect(m_history.get(), &StoreHistory::askedForMetrics, m_recorder.get(), &MetricRecorder::ask);
    connect(m_recorder.get(), &MetricRecorder::opened, m_reader.get(), &HistoryReader::setMetricFile);
    connect(m_recorder.get(), &MetricRecorder::asked, m_reader.get(), &HistoryReader::run);
    m_recorder->start();
    record(start, 1'000, 10);
    QCOMPARE(ask({{}, start, start + 1'000, 10, {}})->times.size(), std::size_t(1));
    record(start + 1'000, 1'000, 20);
    QCOMPARE(ask({{}, start, start + 1'000, 10, {}})->times.size(), std::size_t(1));
}

void TestMetricRecorder::brokenFileIsMovedAside()
{
    m_recorder.reset();
    QFile file(m_path + u"/metrics.db"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5'000, 'x'));
    file.close();
    m_recorder = std::make_unique<MetricRecorder>(MetricRecorder::Config{m_path, {}, std::chrono::milliseconds(0)});
    const QSignalSpy states(m_recorder.get(), &MetricRecorder::stateChanged);
    const QSignalSpy opened(m_recorder.get(), &MetricRecorder::opened);
    m_recorder->start();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(states.size(), 1);
    const auto state = states[0][0].value<StoreState>();
    QVERIFY(state.works);
    QCOMPARE(state.movedAside.size(), 1);
    QCOMPARE(QFile(state.movedAside[0]).size(), 5'000);
}

void TestMetricRecorder::unwritableFolderIsSaidAndTriedAgain()
{
    m_recorder.reset();
    QVERIFY(QDir(m_path).removeRecursively());
    QFile inTheWay(m_path);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    m_recorder = std::make_unique<MetricRecorder>(MetricRecorder::Config{m_path, {}, std::chrono::milliseconds(0)});
    const QSignalSpy states(m_recorder.get(), &MetricRecorder::stateChanged);
    m_recorder->start();
    QCOMPARE(states.size(), 1);
    QVERIFY(!states[0][0].value<StoreState>().works);
    QVERIFY(!states[0][0].value<StoreState>().problem.isEmpty());
    record(start, 1'000, 1); // goes nowhere, and hurts nobody
    QVERIFY(inTheWay.remove());
    m_recorder->ask({1, {}});
    QCOMPARE(states.size(), 2);
    QVERIFY(states[1][0].value<StoreState>().works);
}

void TestMetricRecorder::aFileThatIsTakenAwayIsNotWrittenTo()
{
    const auto seconds = [this](std::int64_t from, std::int64_t to) {
        QTest::qWait(2); // a question that comes within the same millisecond makes it write nothing
        return ask({{}, from, to, 10, {"cpu.usage"}})->times.size();
    };
    record(start, 1'000, 10);
    QCOMPARE(seconds(start, start + 1'000), std::size_t(1));
    QVERIFY(QDir().rename(m_path, m_path + u"-away"_s));
    QCOMPARE(seconds(start, start + 1'000), std::size_t(0));
    QVERIFY(QFile::exists(m_path + u"/metrics.db"_s));
    record(start + 1'000, 1'000, 20);
    QCOMPARE(seconds(start, start), std::size_t(0));
    QCOMPARE(seconds(start, start + 1'000), std::size_t(1));
}

void TestMetricRecorder::answersFindTheirAsker()
{
    record(start, 1'000, 10);
    StoreHistory other;
    connect(m_reader.get(), &HistoryReader::answered, &other, &StoreHistory::deliver);
    connect(&other, &StoreHistory::askedForMetrics, m_recorder.get(), &MetricRecorder::ask);
    int mine = 0;
    int theirs = 0;
    m_history->metrics({{}, start, start, 10, {}}, [&mine](const MetricRangePtr&) { ++mine; });
    other.metrics({{}, start, start, 10, {}}, [&theirs](const MetricRangePtr&) { ++theirs; });
    QCOMPARE(mine, 1);
    QCOMPARE(theirs, 1);
}

VIGIE_TEST(TestMetricRecorder)
#include "tst_metricrecorder.moc"
