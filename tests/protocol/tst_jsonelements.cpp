// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonelements.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestJsonElements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elementsAreCut_data();
    void elementsAreCut();
    void aLongOneIsCutAndTheNextFound();
};

namespace {

QByteArray cut(const QByteArray& json, qsizetype step, std::size_t maxBytes = 1'000)
{
    JsonElements elements(maxBytes);
    QByteArray all;
    const auto take = [&all](std::string_view text, JsonElements::State state) {
        const char* const marks[] = {"", "broken:", "long:"};
        all += marks[int(state)] + QByteArray(text.data(), qsizetype(text.size())) + '|';
    };
    for (qsizetype i = 0; i < json.size(); i += step) {
        const QByteArray part = json.mid(i, step);
        elements.add({part.constData(), std::size_t(part.size())}, take);
    }
    elements.finish(take);
    return all;
}

} // namespace

void TestJsonElements::elementsAreCut_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("elements");
    QTest::newRow("one") << QByteArray(R"( {"a":1} )") << QByteArray(R"({"a":1}|)");
    QTest::newRow("array") << QByteArray(R"([{"a":[1,{"b":2}]}, {"c":3}])") << QByteArray(R"({"a":[1,{"b":2}]}|{"c":3}|)");
    QTest::newRow("lines") << QByteArray("{\"a\":1}\n{\"b\":2}\r\n") << QByteArray(R"({"a":1}|{"b":2}|)");
    QTest::newRow("printed with indents") << QByteArray("[\n  {\n    \"a\": 1\n  }\n]\n") << QByteArray("{\n    \"a\": 1\n  }|");
    QTest::newRow("brackets in text") << QByteArray(R"([{"a":"}\"]\\"},{"b":"{"}])") << QByteArray(R"({"a":"}\"]\\"}|{"b":"{"}|)");
    QTest::newRow("others") << QByteArray(R"([1,"x",{"a":1},null,[2]])") << QByteArray(R"(1|"x"|{"a":1}|null|[2|)");
    QTest::newRow("a text without end") << QByteArray("{\"a\":\"b}\n{\"c\":1}") << QByteArray("broken:{\"a\":\"b}|{\"c\":1}|");
    QTest::newRow("ends early") << QByteArray(R"([{"a":1},{"b":)") << QByteArray(R"({"a":1}|broken:{"b":|)");
    QTest::newRow("nothing") << QByteArray(" [ ] ") << QByteArray();
}

void TestJsonElements::elementsAreCut()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, elements);
    for (const qsizetype step : {1, 2, 3, 7, 1'000})
        QCOMPARE(cut(json, step), elements);
}

void TestJsonElements::aLongOneIsCutAndTheNextFound()
{
    const QByteArray json = "{\"a\":\"" + QByteArray(50, 'x') + "\"}{\"b\":1}";
    for (const qsizetype step : {1, 9, 1'000})
        QCOMPARE(cut(json, step, 10), QByteArray("long:{\"a\":\"xxxx|{\"b\":1}|"));
}

VIGIE_TEST(TestJsonElements)
#include "tst_jsonelements.moc"
