// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/postedentries.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestPostedEntries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesSayTheForm_data();
    void typesSayTheForm();
    void whatIsDeepOrLongIsKept();
    void whatVigieWroteItselfMayBeLong();
    void whatBreaksOffIsTakenByWholeLines();
    void arrivalIsTheTimeOfWhatSaysNone();
    void bytesMayComeOneByOne();
};

void TestPostedEntries::typesSayTheForm_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("form"); // -1: none
    QTest::newRow("none") << QByteArray() << int(PostedForm::Text);
    QTest::newRow("text") << QByteArray("text/plain; charset=utf-8") << int(PostedForm::Text);
    QTest::newRow("curl") << QByteArray("application/x-www-form-urlencoded") << int(PostedForm::Text);
    QTest::newRow("lines") << QByteArray("Application/X-NDJSON") << int(PostedForm::JsonLines);
    QTest::newRow("JSON") << QByteArray("application/json;charset=utf-8") << int(PostedForm::Json);
    QTest::newRow("a kind of JSON") << QByteArray("application/vnd.shop+json") << int(PostedForm::Json);
    QTest::newRow("picture") << QByteArray("image/png") << -1;
    QTest::newRow("a form with files") << QByteArray("multipart/form-data; boundary=x") << -1;
}

void TestPostedEntries::typesSayTheForm()
{
    QFETCH(QByteArray, type);
    QFETCH(int, form);
    const auto found = postedFormOf(type);
    QCOMPARE(found ? int(*found) : -1, form);
}

void TestPostedEntries::whatIsDeepOrLongIsKept()
{
    PostedEntries entries(PostedForm::JsonLines, "shop", "ann", true);
    const std::string deep = "{\"id\":\"a\",\"timestamp\":1700000000000,\"level\":\"info\",\"message\":\"m\",\"metadata\":{\"a\":"
        + std::string(31, '[') + std::string(31, ']') + "},\"userId\":\"ann\"}\n";
    entries.add(deep + "{\"level\":\"" + std::string(100, 'L') + "\",\"message\":\"n\"}\n", 1);
    entries.finish(1);
    const LogBatch batch = entries.takeBatch();
    QCOMPARE(batch.size(), 2);
    QCOMPARE(batch.id(0), "a");
    QVERIFY(!batch.metadataJson(0).empty());
    QCOMPARE(batch.level(1), std::string(64, 'L'));
    QCOMPARE(entries.refusedCount(), 0);
}

void TestPostedEntries::whatVigieWroteItselfMayBeLong()
{
    PostedEntries entries(PostedForm::JsonLines, "shop", "ann", true);
    std::string escaped;
    for (int i = 0; i < 200'000; ++i)
        escaped += "\\u0001";
    entries.add("{\"id\":\"a\",\"timestamp\":1700000000000,\"level\":\"info\",\"message\":\"" + escaped + "\",\"userId\":\"ann\"}\n", 1);
    entries.add("{\"message\":\"" + escaped + "\"}\n", 1); // not ours
    entries.finish(1);
    const LogBatch batch = entries.takeBatch();
    QCOMPARE(batch.size(), 1);
    QCOMPARE(batch.message(0).size(), 200'000);
    QCOMPARE(entries.refusedCount(), 1);
    QCOMPARE(entries.refused()[0].reason, PostedEntries::tooLarge);
}

void TestPostedEntries::whatBreaksOffIsTakenByWholeLines()
{
    PostedEntries entries(PostedForm::Text, "shop", "ann", true);
    entries.add("one\ntwo\nhal", 1);
    entries.abandon(1);
    const LogBatch batch = entries.takeBatch();
    QCOMPARE(batch.size(), 2);
    QCOMPARE(batch.message(1), "two");
}

void TestPostedEntries::arrivalIsTheTimeOfWhatSaysNone()
{
    PostedEntries entries(PostedForm::Json, "shop", "ann", false);
    entries.add("[{\"message\":\"a\"},", 5'000);
    entries.add("{\"message\":\"b\",\"timestamp\":1700000000000,\"userId\":\"bob\"}]", 6'000);
    entries.finish(7'000);
    const LogBatch batch = entries.takeBatch();
    QCOMPARE(batch.size(), 2);
    QCOMPARE(batch.timestampMs(0), 5'000);
    QVERIFY(batch.timeIsOurs(0));
    QCOMPARE(batch.level(0), "info");
    QCOMPARE(batch.timestampMs(1), 1'700'000'000'000);
    QCOMPARE(batch.userId(1), "ann"); // it may name no other
}

void TestPostedEntries::bytesMayComeOneByOne()
{
    for (const PostedForm form : {PostedForm::Text, PostedForm::JsonLines, PostedForm::Json}) {
        PostedEntries entries(form, "shop", "ann", false);
        for (const char byte : std::string_view("{\"message\":\"h\xC3\xA9\"}\r\n{\"message\":\"b\"}"))
            entries.add({&byte, 1}, 1);
        entries.finish(1);
        const LogBatch batch = entries.takeBatch();
        QCOMPARE(batch.size(), 2);
        QCOMPARE(batch.message(0), "h\xC3\xA9");
        QCOMPARE(batch.message(1), "b");
    }
}

VIGIE_TEST(TestPostedEntries)
#include "tst_postedentries.moc"
