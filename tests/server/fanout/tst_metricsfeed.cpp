// SPDX-License-Identifier: GPL-3.0-or-later
#include "oneport.h"
#include "hub/hub.h"
#include "rawpeer.h"
#include "server/fanout/channel.h"
#include "server/net/frame.h"
#include "server/fanout/metricsfeed.h"
#include "testmain.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A client's connection and its writer, with the client's end in the same thread.
struct Subscriber
{
    explicit Subscriber(test::OnePort& listener) : peer(listener.serverPort())
    {
        writer = listener.take();
        [&] { QVERIFY(writer); }();
        writer->setReader(reader);
    }

    QJsonObject takeMetrics() { return peer.take(u"metrics"_s)["payload"_L1].toObject(); }

    RawPeer peer;
    test::TestReader reader;
    std::unique_ptr<Connection> writer;
};

FramePtr sampleAt(qint64 timestampMs)
{
    auto sample = std::make_shared<Frame>();
    sample->timestampMs = timestampMs;
    return sample;
}

} // namespace

class TestMetricsFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void firstComesAtOnceAndThenAtItsRate();
    void eachHasItsOwnRate();
    void newSubscriptionReplacesTheOld();
    void nothingComesAfterUnsubscribe();
    void oneComesWhenAskedFor();
    void detailFollowsForWhoWantsIt();
    void newestSampleIsSent();
    void connectionsAreThoseOfTheMoment();
    void whoDoesNotReadGetsNone();
    void demandIsTheShortestRate();

private:
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<MetricsFeed> m_feed;
    test::OnePort m_listener;
    int m_connections = 1;
};

void TestMetricsFeed::init()
{
    if (!m_listener.isListening())
        QVERIFY(m_listener.listen(QHostAddress::LocalHost));
    m_hub = std::make_unique<Hub>();
    m_hub->acceptSample(sampleAt(1));
    m_connections = 1;
    m_feed = std::make_unique<MetricsFeed>(*m_hub, [this] { return m_connections; });
}

void TestMetricsFeed::cleanup()
{
    m_feed.reset();
    m_hub.reset();
}

void TestMetricsFeed::firstComesAtOnceAndThenAtItsRate()
{
    Subscriber one(m_listener);
    m_feed->subscribe(*one.writer, 20ms, false);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(one.takeMetrics()["timestamp"_L1].toInteger(), 1);
    m_feed->unsubscribe(*one.writer);
}

void TestMetricsFeed::eachHasItsOwnRate()
{
    Subscriber fast(m_listener);
    Subscriber slow(m_listener);
    m_feed->subscribe(*slow.writer, 1h, false);
    m_feed->subscribe(*fast.writer, 10ms, false);
    for (int i = 0; i < 10; ++i)
        QVERIFY(!fast.takeMetrics().isEmpty());
    QVERIFY(!slow.takeMetrics().isEmpty());
    m_feed->sendNow(*slow.writer);
    QVERIFY(!slow.takeMetrics().isEmpty());
    // One at once, one when asked for; nothing more.
    slow.writer->send(textFrame("{\"type\":\"end\"}"));
    QCOMPARE(slow.peer.takeFrame()->message()["type"_L1].toString(), u"end"_s);
    m_feed->unsubscribe(*fast.writer);
    m_feed->unsubscribe(*slow.writer);
}

void TestMetricsFeed::newSubscriptionReplacesTheOld()
{
    Subscriber one(m_listener);
    Subscriber clock(m_listener);
    m_feed->subscribe(*one.writer, 10ms, true);
    m_feed->subscribe(*one.writer, 1h, false);
    // Two at once, the first with its detail; of the old rate nothing more.
    m_feed->subscribe(*clock.writer, 10ms, false);
    for (int i = 0; i < 10; ++i)
        QVERIFY(!clock.takeMetrics().isEmpty());
    m_feed->unsubscribe(*one.writer);
    one.writer->send(textFrame("{\"type\":\"end\"}"));
    QStringList types;
    while (types.isEmpty() || types.last() != "end"_L1)
        types.append(one.peer.takeFrame()->message()["type"_L1].toString());
    QCOMPARE(types, (QStringList{u"metrics"_s, u"metrics_detail"_s, u"metrics"_s, u"end"_s}));
    m_feed->unsubscribe(*clock.writer);
}

void TestMetricsFeed::nothingComesAfterUnsubscribe()
{
    Subscriber one(m_listener);
    Subscriber clock(m_listener);
    m_feed->subscribe(*one.writer, 10ms, false);
    QVERIFY(!one.takeMetrics().isEmpty());
    m_feed->unsubscribe(*one.writer);
    m_feed->unsubscribe(*one.writer); // twice is no harm
    one.writer->send(textFrame("{\"type\":\"mark\"}"));
    QVERIFY(!one.peer.take(u"mark"_s).isEmpty());
    m_feed->subscribe(*clock.writer, 10ms, false);
    for (int i = 0; i < 5; ++i)
        QVERIFY(!clock.takeMetrics().isEmpty());
    one.writer->send(textFrame("{\"type\":\"end\"}"));
    QCOMPARE(one.peer.takeFrame()->message()["type"_L1].toString(), u"end"_s);
    m_feed->unsubscribe(*clock.writer);
}

void TestMetricsFeed::oneComesWhenAskedFor()
{
    Subscriber one(m_listener);
    m_feed->sendNow(*one.writer);
    QVERIFY(!one.takeMetrics().isEmpty());
}

void TestMetricsFeed::detailFollowsForWhoWantsIt()
{
    Subscriber one(m_listener);
    m_feed->subscribe(*one.writer, 1h, true);
    QCOMPARE(one.peer.takeFrame()->message()["type"_L1].toString(), u"metrics"_s);
    QCOMPARE(one.peer.takeFrame()->message()["type"_L1].toString(), u"metrics_detail"_s);
    m_feed->unsubscribe(*one.writer);
}

void TestMetricsFeed::newestSampleIsSent()
{
    Subscriber one(m_listener);
    for (qint64 time = 2; time < 5; ++time) {
        m_hub->acceptSample(sampleAt(time));
        m_feed->sendNow(*one.writer);
        QCOMPARE(one.takeMetrics()["timestamp"_L1].toInteger(), time);
    }
}

void TestMetricsFeed::connectionsAreThoseOfTheMoment()
{
    Subscriber one(m_listener);
    for (const int connections : {1, 2, 1, 500}) {
        m_connections = connections;
        m_feed->sendNow(*one.writer);
        QCOMPARE(one.takeMetrics()["activeConnections"_L1].toInt(), connections);
    }
}

void TestMetricsFeed::whoDoesNotReadGetsNone()
{
    Subscriber one(m_listener);
    one.peer.stopReading();
    const QByteArray block(1024 * 1024, 'x');
    while (one.writer->unsentBytes() <= ViewerBudget::maxOfViewer)
        one.writer->send(block);
    const qint64 before = one.writer->unsentBytes();
    m_feed->subscribe(*one.writer, 1h, true);
    m_feed->sendNow(*one.writer);
    QCOMPARE(one.writer->unsentBytes(), before);
    m_feed->unsubscribe(*one.writer);
}

void TestMetricsFeed::demandIsTheShortestRate()
{
    Subscriber one(m_listener);
    Subscriber two(m_listener);
    QSignalSpy demand(m_feed.get(), &MetricsFeed::demandChanged);
    m_feed->subscribe(*one.writer, 5s, false); // sampled once a second anyway
    QCOMPARE(demand.size(), 0);
    m_feed->subscribe(*one.writer, 500ms, false);
    QCOMPARE(demand.takeLast(), (QVariantList{500, false}));
    m_feed->subscribe(*two.writer, 250ms, true);
    QCOMPARE(demand.takeLast(), (QVariantList{250, true}));
    demand.clear();
    m_feed->subscribe(*two.writer, 250ms, true); // which changes nothing
    QCOMPARE(demand.size(), 0);
    m_feed->unsubscribe(*two.writer);
    QCOMPARE(demand.takeLast(), (QVariantList{500, false}));
    m_feed->unsubscribe(*one.writer);
    QCOMPARE(demand.takeLast(), (QVariantList{1000, false}));
}

VIGIE_TEST(TestMetricsFeed)
#include "tst_metricsfeed.moc"
