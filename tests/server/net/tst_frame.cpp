// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/frame.h"
#include "testmain.h"

#include <QRandomGenerator>
#include <QTest>

using namespace vigie;

class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsAreReadBack_data();
    void headsAreReadBack();
    void headThatIsNotThereIsNotRead();
    void lengthsAreShortest();
    void maskIsTakenOffWhereverItBegins();
    void closeCodes();
    void closeReasonIsCutBetweenCharacters();
};

void TestFrame::headsAreReadBack_data()
{
    QTest::addColumn<qsizetype>("payloadBytes");
    QTest::addColumn<qsizetype>("headBytes");
    for (const qsizetype bytes : {0, 1, 125})
        QTest::addRow("%lld", qlonglong(bytes)) << bytes << qsizetype(2);
    for (const qsizetype bytes : {126, 127, 0xffff})
        QTest::addRow("%lld", qlonglong(bytes)) << bytes << qsizetype(4);
    for (const qsizetype bytes : {0x10000, 0x7fffffff})
        QTest::addRow("%lld", qlonglong(bytes)) << bytes << qsizetype(10);
}

void TestFrame::headsAreReadBack()
{
    QFETCH(qsizetype, payloadBytes);
    QFETCH(qsizetype, headBytes);
    const QByteArray bytes = textFrameHead(payloadBytes);
    QCOMPARE(bytes.size(), headBytes);
    FrameHead head;
    QVERIFY(readFrameHead({bytes.constData(), std::size_t(bytes.size())}, head));
    QCOMPARE(head.payloadBytes, std::uint64_t(payloadBytes));
    QCOMPARE(qsizetype(head.headBytes), headBytes);
    QCOMPARE(int(head.opcode), int(Opcode::Text));
    QVERIFY(head.isLast && !head.isMasked && head.isShortest && head.reservedBits == 0);
}

void TestFrame::headThatIsNotThereIsNotRead()
{
    const QByteArray whole = QByteArray::fromHex("81ff000000000001000011223344");
    FrameHead head;
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!readFrameHead({whole.constData(), std::size_t(size)}, head));
    QVERIFY(readFrameHead({whole.constData(), std::size_t(whole.size())}, head));
    QCOMPARE(head.payloadBytes, std::uint64_t(65'536));
    QCOMPARE(QByteArray(head.mask.data(), 4), QByteArray::fromHex("11223344"));
}

void TestFrame::lengthsAreShortest()
{
    const auto isShortest = [](const char* hex) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        FrameHead head;
        return readFrameHead({bytes.constData(), std::size_t(bytes.size())}, head) && head.isShortest;
    };
    QVERIFY(isShortest("817e007e"));
    QVERIFY(!isShortest("817e007d"));
    QVERIFY(isShortest("817f0000000000010000"));
    QVERIFY(!isShortest("817f000000000000ffff"));
}

void TestFrame::maskIsTakenOffWhereverItBegins()
{
    QRandomGenerator random(3);
    const std::array<char, 4> mask{'\x12', '\x34', '\xab', '\xff'};
    for (std::size_t size = 0; size < 200; ++size) {
        const std::uint64_t offset = random.bounded(9);
        std::string text(size, '\0');
        for (char& byte : text)
            byte = char(random.bounded(256));
        std::string masked = text;
        for (std::size_t i = 0; i < size; ++i)
            masked[i] = char(masked[i] ^ mask[(i + offset) % 4]);
        unmask(masked, mask, offset);
        QCOMPARE(masked, text);
    }
}

void TestFrame::closeCodes()
{
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 4999})
        QVERIFY2(isCloseCode(code), qPrintable(QString::number(code)));
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
        QVERIFY2(!isCloseCode(code), qPrintable(QString::number(code)));
}

void TestFrame::closeReasonIsCutBetweenCharacters()
{
    QCOMPARE(closeFrame(0, {}), QByteArray::fromHex("8800"));
    QCOMPARE(closeFrame(1001, "bye"), QByteArray::fromHex("880503e9") + "bye");
    QCOMPARE(closeFrame(1001, QByteArray("é").repeated(100)).size(), 2 + 2 + 122);
    QCOMPARE(closeFrame(1001, QByteArray(200, 'x')).size(), 2 + 125);
}

VIGIE_TEST(TestFrame)
#include "tst_frame.moc"
