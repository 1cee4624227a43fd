// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/frame.h"
#include "server/fanout/logsframes.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QtEndian>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Entries "0", "1", … with messages of `messageBytes`; every third is an error.
LogBatchPtr batchOf(int count, std::size_t messageBytes)
{
    auto batch = std::make_shared<LogBatch>("shop");
    const LogOrigin origin("shop", "ann");
    const std::string message(messageBytes, 'x');
    for (int i = 0; i < count; ++i)
        batch->append({std::to_string(i), i, i % 3 == 0 ? "error" : "info", message, {}, true}, origin);
    return batch;
}

/// The texts of whole, unmasked text frames that stand behind one another.
QList<QByteArray> textsOf(const QByteArray& bytes)
{
    QList<QByteArray> texts;
    for (qsizetype at = 0; at < bytes.size();) {
        if (bytes[at] != char(0x81))
            return {};
        quint64 length = static_cast<unsigned char>(bytes[at + 1]);
        qsizetype head = 2;
        if (length == 126) {
            length = qFromBigEndian<quint16>(bytes.constData() + at + 2);
            head = 4;
        } else if (length == 127) {
            length = qFromBigEndian<quint64>(bytes.constData() + at + 2);
            head = 10;
        }
        texts.append(bytes.mid(at + head, static_cast<qsizetype>(length)));
        at += head + static_cast<qsizetype>(length);
    }
    return texts;
}

/// Ids of all entries in the frames; nothing if one is no `logs` message.
QStringList idsOf(const QByteArray& bytes)
{
    QStringList ids;
    for (const QByteArray& text : textsOf(bytes)) {
        const QJsonObject message = QJsonDocument::fromJson(text).object();
        if (message["type"_L1] != "logs"_L1 || message["payload"_L1].toArray().isEmpty())
            return {};
        for (const QJsonValue entry : message["payload"_L1].toArray())
            ids.append(entry["id"_L1].toString());
    }
    return ids;
}

void addAll(LogsFrames& frames, const LogBatch& batch, const LogFilter& filter)
{
    frames.add(batch, 0, batch.size(), filter);
}

QStringList numbers(int from, int to, int step = 1)
{
    QStringList list;
    for (int i = from; i < to; i += step)
        list.append(QString::number(i));
    return list;
}

} // namespace

class TestLogsFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthsAreWrittenInTheShortestForm_data();
    void lengthsAreWrittenInTheShortestForm();
    void nothingMakesNoFrame();
    void batchesShareAFrame();
    void largeBatchIsCut_data();
    void largeBatchIsCut();
    void filterLeavesOut_data();
    void filterLeavesOut();
    void singleEntries();
    void hugeEntryStaysWhole();
};

void TestLogsFrames::lengthsAreWrittenInTheShortestForm_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("0") << 0 << QByteArray::fromHex("8100");
    QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("65535") << 65535 << QByteArray::fromHex("817effff");
    QTest::newRow("65536") << 65536 << QByteArray::fromHex("817f0000000000010000");
}

void TestLogsFrames::lengthsAreWrittenInTheShortestForm()
{
    QFETCH(int, size);
    QFETCH(QByteArray, head);
    const QByteArray text(size, 'x');
    QCOMPARE(textFrameHead(size), head);
    QCOMPARE(textFrame(text), head + text);
}

void TestLogsFrames::nothingMakesNoFrame()
{
    LogsFrames frames;
    QVERIFY(frames.take().isEmpty());
    LogFilter none;
    none.levels = {"fatal"};
    const LogBatchPtr batch = batchOf(3, 10);
    addAll(frames, *batch, none);
    QVERIFY(frames.take().isEmpty());
}

void TestLogsFrames::batchesShareAFrame()
{
    const LogBatchPtr batch = batchOf(3, 10);
    LogsFrames frames;
    addAll(frames, *batch, {});
    addAll(frames, *batch, {});
    const QByteArray bytes = frames.take();
    QCOMPARE(textsOf(bytes).size(), 1);
    QCOMPARE(idsOf(bytes), numbers(0, 3) + numbers(0, 3));
    QVERIFY(frames.take().isEmpty());
}

void TestLogsFrames::largeBatchIsCut_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("messageBytes");
    QTest::newRow("many small") << 5000 << 100;
    QTest::newRow("just over") << 2 << int(LogsFrames::frameBytes / 2);
    QTest::newRow("each nearly a frame") << 4 << int(LogsFrames::frameBytes - 200);
    QTest::newRow("each a frame") << 4 << int(LogsFrames::frameBytes);
}

void TestLogsFrames::largeBatchIsCut()
{
    QFETCH(int, count);
    QFETCH(int, messageBytes);
    const LogBatchPtr batch = batchOf(count, std::size_t(messageBytes));
    LogsFrames frames;
    addAll(frames, *batch, {});
    const QByteArray bytes = frames.take();
    QCOMPARE(idsOf(bytes), numbers(0, count));
    // A frame is closed as soon as it is large enough, so one has at most one entry more than that (and the
    // commas, which are not counted).
    for (const QByteArray& text : textsOf(bytes))
        QVERIFY(std::size_t(text.size()) < LogsFrames::frameBytes + std::size_t(messageBytes) + 8 * 1024);
}

void TestLogsFrames::filterLeavesOut_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("messageBytes");
    QTest::newRow("one frame") << 10 << 10;
    QTest::newRow("many frames") << 5000 << 300;
    QTest::newRow("each a frame") << 10 << int(LogsFrames::frameBytes);
}

void TestLogsFrames::filterLeavesOut()
{
    QFETCH(int, count);
    QFETCH(int, messageBytes);
    const LogBatchPtr batch = batchOf(count, std::size_t(messageBytes));
    LogFilter filter;
    filter.levels = {"error"};
    LogsFrames frames;
    addAll(frames, *batch, filter);
    QCOMPARE(idsOf(frames.take()), numbers(0, count, 3));
    // And the other way round: runs of two.
    filter.levels = {"info"};
    addAll(frames, *batch, filter);
    QStringList others = numbers(0, count);
    others.removeIf([](const QString& id) { return id.toInt() % 3 == 0; });
    QCOMPARE(idsOf(frames.take()), others);
}

void TestLogsFrames::singleEntries()
{
    const LogBatchPtr batch = batchOf(9, 10);
    LogFilter filter;
    filter.levels = {"error"};
    LogsFrames frames;
    for (std::uint32_t i = 0; i < 9; ++i)
        frames.add(LogEntryRef{batch, i}, filter);
    QCOMPARE(idsOf(frames.take()), numbers(0, 9, 3));
}

void TestLogsFrames::hugeEntryStaysWhole()
{
    const LogBatchPtr small = batchOf(1, 10);
    const LogBatchPtr huge = batchOf(1, 1024 * 1024);
    LogsFrames frames;
    addAll(frames, *small, {});
    addAll(frames, *huge, {});
    addAll(frames, *small, {});
    QCOMPARE(idsOf(frames.take()), (QStringList{u"0"_s, u"0"_s, u"0"_s}));
}

VIGIE_TEST(TestLogsFrames)
#include "tst_logsframes.moc"
