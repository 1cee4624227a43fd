// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entryid.h"
#include "testmain.h"

#include <QTest>
#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

using namespace vigie;

namespace {

constexpr std::int64_t noonMs = 1'769'860'800'000;

bool isWellFormed(std::string_view id)
{
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    return id.size() == EntryIdSource::length
        && std::all_of(id.begin(), id.end(), [&](char c) { return alphabet.find(c) != std::string_view::npos; });
}

} // namespace

class TestEntryId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheTime();
    void aMillionAreSortedAndUnique();
    void sourcesDoNotMeet();
    void theClockMayStartAnywhere_data();
    void theClockMayStartAnywhere();
};

void TestEntryId::beginsWithTheTime()
{
    EntryIdSource ids;
    // The specification's own example: 1469918176385 ms is 01ARYZ6S41.
    QCOMPARE(ids.next(1'469'918'176'385).substr(0, 10), std::string_view("01ARYZ6S41"));
}

void TestEntryId::aMillionAreSortedAndUnique()
{
    EntryIdSource ids;
    std::string last;
    for (int i = 0; i < 1'000'000; ++i) {
        // Many in one millisecond; forward; now and then an hour back.
        const std::int64_t now = noonMs + i / 1000 - (i % 70'000 < 10'000 ? 3'600'000 : 0);
        const std::string_view id = ids.next(now);
        if (!(id > last) || (i % 1000 == 0 && !isWellFormed(id)))
            QFAIL(qPrintable(QString::fromStdString(last + " then " + std::string(id))));
        last = id;
    }
}

void TestEntryId::sourcesDoNotMeet()
{
    std::unordered_set<std::string> seen;
    for (int source = 0; source < 1000; ++source) {
        EntryIdSource ids;
        for (int i = 0; i < 10; ++i)
            QVERIFY(seen.emplace(ids.next(noonMs)).second);
    }
}

void TestEntryId::theClockMayStartAnywhere_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::newRow("never set") << qint64(0);
    QTest::newRow("before 1970") << qint64(-5);
    QTest::newRow("the last of 48 bits") << (qint64(1) << 48) - 1;
}

void TestEntryId::theClockMayStartAnywhere()
{
    QFETCH(qint64, ms);
    EntryIdSource ids;
    const std::string first(ids.next(ms));
    const std::string second(ids.next(ms));
    QVERIFY(isWellFormed(first));
    QVERIFY(isWellFormed(second));
    QVERIFY(first < second);
}

VIGIE_TEST(TestEntryId)
#include "tst_entryid.moc"
