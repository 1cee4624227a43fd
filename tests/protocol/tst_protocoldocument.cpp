// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"
#include "testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// docs/protocol.md shows the golden messages, all of them and nothing else.
class TestProtocolDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void goldenMessagesAreInOrder();
    void everyExampleIsGolden();
    void everyGoldenMessageIsShown();
    void everyErrorCodeIsExplained_data();
    void everyErrorCodeIsExplained();

private:
    QString m_text;
    QList<QByteArray> m_examples;
};

void TestProtocolDocument::initTestCase()
{
    QFile file(QStringLiteral(VIGIE_SOURCE_DIR "/docs/protocol.md"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    m_text = QString::fromUtf8(file.readAll());
    static const QRegularExpression block(u"^```json\\n(.*?)^```$"_s,
                                          QRegularExpression::MultilineOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    for (auto match = block.globalMatch(m_text); match.hasNext();)
        m_examples.append(match.next().captured(1).toUtf8());
    QVERIFY(!m_examples.isEmpty());
}

void TestProtocolDocument::goldenMessagesAreInOrder()
{
    QStringList seen;
    for (const GoldenMessage& golden : goldenMessages()) {
        QVERIFY2(!golden.name.isEmpty() && !golden.message["type"_L1].toString().isEmpty(), qPrintable(golden.name));
        QVERIFY2(golden.direction == "client"_L1 || golden.direction == "server"_L1, qPrintable(golden.name));
        const QString name = golden.direction + u'/' + golden.name;
        QVERIFY2(!seen.contains(name), qPrintable(name));
        seen.append(name);
    }
}

void TestProtocolDocument::everyExampleIsGolden()
{
    const QList<GoldenMessage> golden = goldenMessages();
    for (const QByteArray& example : m_examples) {
        const QJsonObject message = jsonObject(example);
        QVERIFY2(!message.isEmpty(), example.constData());
        const bool isGolden = std::any_of(golden.begin(), golden.end(),
                                          [&](const GoldenMessage& one) { return one.message == message; });
        QVERIFY2(isGolden, example.constData());
    }
}

void TestProtocolDocument::everyGoldenMessageIsShown()
{
    for (const GoldenMessage& golden : goldenMessages()) {
        const bool isShown = std::any_of(m_examples.begin(), m_examples.end(), [&](const QByteArray& example) {
            return jsonObject(example) == golden.message;
        });
        QVERIFY2(isShown, qPrintable(golden.direction + u'/' + golden.name));
    }
}

void TestProtocolDocument::everyErrorCodeIsExplained_data()
{
    QTest::addColumn<QString>("code");
    for (const QString& code :
         {u"invalid_json"_s, u"invalid_message"_s, u"unknown_type"_s, u"batch_too_large"_s, u"entries_refused"_s})
        QTest::addRow("%s", qPrintable(code)) << code;
}

void TestProtocolDocument::everyErrorCodeIsExplained()
{
    QFETCH(QString, code);
    QVERIFY(m_text.contains(u"\n| `"_s + code + u"` | "_s));
}

VIGIE_TEST(TestProtocolDocument)
#include "tst_protocoldocument.moc"
