// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsontext.h"
#include "testmain.h"

#include <QJsonDocument>
#include <QTest>

using namespace vigie;

class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indentedIsToTheLetter_data();
    void indentedIsToTheLetter();
    void deepOnesDoNotGrowWithoutEnd();
};

void TestJsonText::indentedIsToTheLetter_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("indented");
    QTest::newRow("numbers") << QByteArray(R"({"id":9007199254740993,"n":12345678901234567890,"p":1.10,"e":1E+400})")
                             << QByteArray("{\n    \"id\": 9007199254740993,\n    \"n\": 12345678901234567890,\n"
                                           "    \"p\": 1.10,\n    \"e\": 1E+400\n}");
    QTest::newRow("keys in their order, and twice") << QByteArray(R"({"b":1,"a":2,"b":3})")
                                                    << QByteArray("{\n    \"b\": 1,\n    \"a\": 2,\n    \"b\": 3\n}");
    QTest::newRow("texts") << QByteArray(R"({"a{":"[,:]\"\\","é":"\ud83d \u00e9"})")
                           << QByteArray("{\n    \"a{\": \"[,:]\\\"\\\\\",\n    \"é\": \"\\ud83d \\u00e9\"\n}");
    QTest::newRow("within one another") << QByteArray(R"({"a":{"b":[1,[2]]}})")
                                        << QByteArray("{\n    \"a\": {\n        \"b\": [\n            1,\n            [\n"
                                                      "                2\n            ]\n        ]\n    }\n}");
    QTest::newRow("empty ones") << QByteArray(R"({"a":[],"b":{ }})") << QByteArray("{\n    \"a\": [],\n    \"b\": {}\n}");
    QTest::newRow("blanks between") << QByteArray("[ 1 ,\n\t2 ]") << QByteArray("[\n    1,\n    2\n]");
    QTest::newRow("a text") << QByteArray(R"("a b")") << QByteArray(R"("a b")");
    QTest::newRow("a number") << QByteArray("1.0") << QByteArray("1.0");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestJsonText::indentedIsToTheLetter()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, indented);
    QCOMPARE(QByteArray::fromStdString(indentedJson(json.toStdString())), indented);
}

void TestJsonText::deepOnesDoNotGrowWithoutEnd()
{
    const std::string deep = std::string(1'000, '[') + "1" + std::string(1'000, ']');
    const std::string indented = indentedJson(deep);
    QVERIFY(indented.size() < 2 * 1'000 * 90);
    QString text = QString::fromStdString(indented);
    text.remove(u' ').remove(u'\n');
    QCOMPARE(text.toStdString(), deep);
}

VIGIE_TEST(TestJsonText)
#include "tst_jsontext.moc"
