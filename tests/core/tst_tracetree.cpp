// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tracetree.h"
#include "testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTraceTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesMakeATree_data();
    void entriesMakeATree();
    void aLongChainIsBounded();
    void thereIsSaidToBeMore();

private:
    static LogEntryRef entry(const QString& id, qint64 timeMs, const QByteArray& metadata)
    {
        LogBatch batch("shop");
        const std::string name = id.toStdString();
        batch.append({name, timeMs, "trace", name, {metadata.constData(), std::size_t(metadata.size())}, true}, LogOrigin("shop", "ann"));
        return {std::make_shared<const LogBatch>(std::move(batch)), 0};
    }
};

void TestTraceTree::entriesMakeATree_data()
{
    QTest::addColumn<QJsonObject>("data");
    QFile file(QStringLiteral(VIGIE_TEST_DATA "/tracetree.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    const QJsonArray cases = document["cases"_L1].toArray();
    QVERIFY(cases.size() > 3);
    for (const QJsonValue& one : cases)
        QTest::newRow(qPrintable(one["name"_L1].toString())) << one.toObject();
}

void TestTraceTree::entriesMakeATree()
{
    QFETCH(QJsonObject, data);
    std::vector<LogEntryRef> entries;
    for (const QJsonValue& one : data["entries"_L1].toArray())
        entries.push_back(entry(one[0].toString(), one[1].toInteger(), QJsonDocument(one[2].toObject()).toJson(QJsonDocument::Compact)));
    const TraceTree trace = traceTreeOf(std::move(entries), false);
    QJsonArray nodes;
    std::size_t lacking = 0;
    std::size_t outside = 0;
    for (const TraceNode& node : trace.nodes) {
        const QString odd = node.lacksParent ? u"lacksParent"_s : node.isOutside ? u"isOutside"_s : QString();
        nodes.append(QJsonArray{QString::fromStdString(std::string(node.entry.id())), node.depth, odd});
        lacking += node.lacksParent;
        outside += node.isOutside;
        QVERIFY(node.parent < int(&node - trace.nodes.data()));
    }
    QCOMPARE(nodes, data["nodes"_L1].toArray());
    QCOMPARE(trace.toMs - trace.fromMs, data["lasts"_L1].toDouble());
    QCOMPARE(trace.lackingParents, lacking);
    QCOMPARE(trace.outside, outside);
    QVERIFY(!trace.hasMore);
}

void TestTraceTree::aLongChainIsBounded()
{
    std::vector<LogEntryRef> entries;
    for (int i = 0; i < 9'000; ++i)
        entries.push_back(entry(QString::number(i), 1'000 + i,
                                u"{\"span\":\"child\",\"span_id\":\"%1\",\"parent_span_id\":\"%2\",\"duration_ms\":9000}"_s.arg(i).arg(i - 1).toUtf8()));
    const TraceTree trace = traceTreeOf(std::move(entries), false);
    QCOMPARE(trace.nodes.size(), std::size_t(9'000));
    QCOMPARE(trace.nodes.back().depth, TraceTree::maxDepth);
    for (const TraceNode& node : trace.nodes)
        QVERIFY(node.parent < 0 || trace.nodes[std::size_t(node.parent)].depth < TraceTree::maxDepth);
}

void TestTraceTree::thereIsSaidToBeMore()
{
    std::vector<LogEntryRef> entries(TraceTree::maxEntries + 1, entry(u"a"_s, 1, "{}"));
    const TraceTree trace = traceTreeOf(std::move(entries), false);
    QCOMPARE(trace.nodes.size(), TraceTree::maxEntries);
    QVERIFY(trace.hasMore);
    QVERIFY(traceTreeOf({}, true).hasMore);
}

VIGIE_TEST(TestTraceTree)
#include "tst_tracetree.moc"
