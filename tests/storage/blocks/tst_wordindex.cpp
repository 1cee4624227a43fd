// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/wordindex.h"

#include "testmain.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace vigie;

class TestWordIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWhatWasAdded_data();
    void hasWhatWasAdded();
    void groupKnowsWhichBlocks();
    void damagedIndexesHaveAll();
    void partsAreFound_data();
    void partsAreFound();
    void rulesOut();
};

namespace {

std::vector<StoredToken> randomTokens(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<StoredToken> tokens;
    for (std::size_t i = 0; i < count; ++i)
        tokens.push_back(random() >> 8);
    std::ranges::sort(tokens);
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    return tokens;
}

bool hasAll(const std::string& text, std::string_view wanted)
{
    TokenSet set;
    set.add(text);
    return mayHaveAll(packBlockIndex(storedTokens(set.tokens())), storedTokens(tokensOfPart(wanted)));
}

} // namespace

void TestWordIndex::hasWhatWasAdded_data()
{
    QTest::addColumn<std::size_t>("count");
    for (const std::size_t count : {0, 1, 2, 100, 9'000, 200'000})
        QTest::addRow("%zu", count) << count;
}

void TestWordIndex::hasWhatWasAdded()
{
    QFETCH(std::size_t, count);
    std::vector<StoredToken> tokens = randomTokens(count, 1);
    if (count > 1) {
        tokens.front() = 0;
        tokens.back() = (1u << storedTokenBits) - 1;
    }
    const std::string index = packBlockIndex(tokens);
    std::vector<StoredToken> back;
    QVERIFY(unpackBlockIndex(index, back));
    QVERIFY(back == tokens);
    for (std::size_t i = 0; i < tokens.size(); i += 97)
        QVERIFY(mayHaveAll(index, {&tokens[i], 1}));
    const std::vector<StoredToken> some(tokens.begin(), tokens.begin() + std::ptrdiff_t(std::min<std::size_t>(50, tokens.size())));
    QVERIFY(mayHaveAll(index, some));
    for (const StoredToken other : randomTokens(300, 2))
        QCOMPARE(mayHaveAll(index, {&other, 1}), std::ranges::binary_search(tokens, other));
}

void TestWordIndex::groupKnowsWhichBlocks()
{
    std::vector<std::vector<StoredToken>> blocks;
    GroupIndex group;
    const std::vector<StoredToken> common = randomTokens(50, 3);
    for (unsigned i = 0; i < GroupIndex::maxBlocks; ++i) {
        std::vector<StoredToken> tokens = randomTokens(i == 7 ? 0 : 500, 100 + i % 60); // some twice
        if (i != 9)
            tokens.insert(tokens.end(), common.begin(), common.end());
        std::ranges::sort(tokens);
        tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
        blocks.push_back(tokens);
        group.add(tokens);
    }
    const std::vector<std::string> buckets = group.pack();
    QCOMPARE(buckets.size(), std::size_t(GroupIndex::buckets));
    std::vector<StoredToken> asked = randomTokens(2'000, 4);
    asked.insert(asked.end(), common.begin(), common.end());
    for (unsigned i = 0; i < GroupIndex::maxBlocks; i += 5)
        asked.insert(asked.end(), blocks[i].begin(), blocks[i].end());
    for (const StoredToken token : asked) {
        std::uint64_t expected = 0;
        for (unsigned i = 0; i < GroupIndex::maxBlocks; ++i)
            expected |= std::uint64_t(std::ranges::binary_search(blocks[i], token)) << i;
        QCOMPARE(GroupIndex::blocksOf(buckets[GroupIndex::bucketOf(token)], token), expected);
    }
}

void TestWordIndex::damagedIndexesHaveAll()
{
    const std::vector<StoredToken> tokens = randomTokens(1'000, 5);
    const std::string index = packBlockIndex(tokens);
    std::vector<StoredToken> back;
    for (std::size_t size = 0; size < index.size(); size += 7)
        QVERIFY(!unpackBlockIndex(std::string_view(index).substr(0, size), back));
    QVERIFY(mayHaveAll("", {&tokens[0], 1}));
    QCOMPARE(GroupIndex::blocksOf("", tokens[0]), ~std::uint64_t(0));
    // One bit that is flipped rules nothing out that is there.
    GroupIndex group;
    group.add(tokens);
    std::vector<std::string> buckets = group.pack();
    for (std::size_t bit = 0; bit < index.size() * 8; bit += 37) {
        std::string flipped = index;
        flipped[bit / 8] ^= char(1 << bit % 8);
        QVERIFY(mayHaveAll(flipped, {&tokens[bit % tokens.size()], 1}));
        QVERIFY(!unpackBlockIndex(flipped, back));
        std::string& bucket = buckets[GroupIndex::bucketOf(tokens[bit % tokens.size()])];
        QVERIFY(GroupIndex::isSound(bucket));
        bucket[bit / 8 % bucket.size()] ^= char(1 << bit % 8);
        QVERIFY(!GroupIndex::isSound(bucket));
        QVERIFY(GroupIndex::blocksOf(bucket, tokens[bit % tokens.size()]) & 1);
        bucket[bit / 8 % bucket.size()] ^= char(1 << bit % 8);
    }
    std::mt19937 random(6);
    for (int i = 0; i < 2'000; ++i) { // whatever they say, they end
        std::string any(random() % 60, ' ');
        for (char& c : any)
            c = static_cast<char>(random());
        (void)mayHaveAll(any, {&tokens[1], 1});
        (void)unpackBlockIndex(any, back);
        (void)GroupIndex::blocksOf(any, tokens[1]);
    }
}

void TestWordIndex::partsAreFound_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("wanted");
    const auto row = [](const char* text, const char* wanted) { QTest::addRow("%s in %s", wanted, text) << std::string(text) << std::string(wanted); };
    row("a NullPointerException at line 7", "Exception");
    row("a NullPointerException at line 7", "pointerexc");
    row("a NullPointerException at line 7", "at line 7");
    row("a NullPointerException at line 7", "n at l");
    row("hash 3fa9c0de77aa", "c0de");
    row("hash 3fa9c0de77aa", "3fa9c0de77aa");
    row("took 125µs", "125µs");
    row("took 125µs", "125μs"); // the other sign for micro
    row("λάθος εδώ", "λάθοσ");
    row("λάθος εδώ", "ΛΆΘΟΣ");
    row("STRAẞE zu", "straße");
    row("die ſache", "SACHE");
    row("300 \xe2\x84\xaa hot", "300 k");
    row("naïve approach", "naïve");
    row("naïve approach", "NAIVE");
    row("naïve approach", "aïv");
    row("e\xcc\x81t\xc3\xa9", "été");
    row("無法接続しました", "接続");
    row("無法接続しました", "接続しま");
    row("user_id=42;x", "id=42");
    row("Ünïcode1Mix", "code1m");
    row("İstanbul", "İstanbul");
    row("x", "");
}

void TestWordIndex::partsAreFound()
{
    QFETCH(std::string, text);
    QFETCH(std::string, wanted);
    QVERIFY(hasAll(text, wanted));
    QVERIFY(hasAll("before " + text + " behind", wanted));
    QVERIFY(hasAll(std::string(200, 'q') + " " + text, wanted)); // beyond what is folded at once
}

void TestWordIndex::rulesOut()
{
    const std::string text = "payment 3fa9c0de accepted for customer 42, NullPointerException, 接続";
    QVERIFY(!hasAll(text, "zanzibar"));
    QVERIFY(!hasAll(text, "anziba"));
    QVERIFY(!hasAll(text, " customer 43,"));
    QVERIFY(!hasAll(text, "PointerError"));
    QVERIFY(!hasAll(text, "続接"));
    QVERIFY(hasAll(text, "4")); // may be part of any number
}

VIGIE_TEST(TestWordIndex)
#include "tst_wordindex.moc"
