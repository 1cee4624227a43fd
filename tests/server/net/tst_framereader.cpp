// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawpeer.h"
#include "server/net/framereader.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;
using What = FrameReader::What;

namespace {

/// What a reader says of bytes that come in pieces, as lines: "message hello", "ping", "close 1000 bye" …
QStringList eventsOf(const QByteArray& bytes, qsizetype pieceBytes, std::size_t maxMessage = 1 << 20)
{
    FrameReader reader;
    reader.setMaxMessage(maxMessage);
    QStringList events;
    std::string kept; // what was not consumed, as a Connection keeps it
    for (qsizetype at = 0; at < bytes.size(); at += pieceBytes) {
        const QByteArray piece = bytes.mid(at, pieceBytes);
        kept.append(piece.constData(), std::size_t(piece.size()));
        const std::size_t size = kept.size();
        kept.resize(size + FrameReader::padding);
        std::span<char> left(kept.data(), size);
        for (;;) {
            const FrameReader::Event event = reader.next(left);
            const QByteArray payload(event.payload.data(), qsizetype(event.payload.size()));
            if (event.what == What::Nothing)
                break;
            switch (event.what) {
            case What::Fragment: events += u"fragment"_s; break;
            case What::Message: events += u"message "_s + QString::fromUtf8(payload); break;
            case What::Ping: events += u"ping "_s + QString::fromUtf8(payload); break;
            case What::Pong: events += u"pong "_s + QString::fromUtf8(payload); break;
            case What::Close: events += u"close %1 %2"_s.arg(event.code).arg(QString::fromUtf8(payload)); break;
            default: return events << u"broken %1"_s.arg(event.code);
            }
        }
        kept = std::string(left.begin(), left.end());
    }
    return events;
}

QByteArray text(const QByteArray& payload, bool isLast = true)
{
    return RawPeer::frame(RawPeer::Text, payload, isLast ? 0x80 : 0);
}

QByteArray more(const QByteArray& payload, bool isLast = true)
{
    return RawPeer::frame(RawPeer::Continuation, payload, isLast ? 0x80 : 0);
}

} // namespace

class TestFrameReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysTheSameWhateverTheCuts_data();
    void saysTheSameWhateverTheCuts();
    void charactersAreWholeAcrossFrames();
    void wrongTextIsSeenBeforeItsEnd();
    void aWholeFrameIsNotCopied();
    void aTooLargeFrameIsNotKept();
    void nothingIsReadBehindWhatBroke();
};

void TestFrameReader::saysTheSameWhateverTheCuts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("events");
    const auto row = [](const char* name, const QByteArray& bytes, const QStringList& events) {
        QTest::newRow(name) << bytes << events;
    };
    // RFC 6455 §5.7, those that a client may send.
    row("a single-frame masked text", QByteArray::fromHex("818537fa213d7f9f4d5158"), {u"message Hello"_s});
    row("a masked pong", QByteArray::fromHex("8a8537fa213d7f9f4d5158"), {u"pong Hello"_s});
    row("fragments", text("Hel", false) + more("lo"), {u"fragment"_s, u"message Hello"_s});
    row("a ping between fragments", text("Hel", false) + RawPeer::frame(RawPeer::Ping, "p") + more("", false) + more("lo"),
        {u"fragment"_s, u"ping p"_s, u"fragment"_s, u"message Hello"_s});
    row("empty ones", text("") + text("", false) + more(""), {u"message "_s, u"fragment"_s, u"message "_s});
    row("a long one", text(QByteArray(70'000, 'x')), {u"message "_s + QString(70'000, u'x')});
    row("binary that is no text", RawPeer::frame(RawPeer::Binary, "\xff"), {u"message \ufffd"_s});
    row("a close", RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03e8") + "bye"), {u"close 1000 bye"_s});
    row("a close without a word", RawPeer::frame(RawPeer::Close, ""), {u"close 0 "_s});
    row("a restart", RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03f4")), {u"close 1012 "_s});
    row("a close of one byte", RawPeer::frame(RawPeer::Close, "x"), {u"broken 1002"_s});
    row("a close with 1005", RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03ed")), {u"broken 1002"_s});
    row("a close that is no text", RawPeer::frame(RawPeer::Close, QByteArray::fromHex("03e8ff")), {u"broken 1007"_s});
    row("unmasked", QByteArray::fromHex("810548656c6c6f"), {u"broken 1002"_s});
    row("unmasked behind others", text("a") + QByteArray::fromHex("8900"), {u"message a"_s, u"broken 1002"_s});
    row("a reserved bit", QByteArray::fromHex("c18000000000"), {u"broken 1002"_s});
    row("a kind that there is not", QByteArray::fromHex("838000000000"), {u"broken 1002"_s});
    row("a control frame in parts", RawPeer::frame(RawPeer::Ping, "", 0), {u"broken 1002"_s});
    row("a control frame too long", RawPeer::frame(RawPeer::Ping, QByteArray(126, 'x')), {u"broken 1002"_s});
    row("a continuation of nothing", more("a"), {u"broken 1002"_s});
    row("a message within a message", text("a", false) + text("b"), {u"fragment"_s, u"broken 1002"_s});
    row("a length that is not the shortest", QByteArray::fromHex("81fe000100000000") + "x", {u"broken 1002"_s});
    row("a length of 2^63", QByteArray::fromHex("81ff800000000000000000000000"), {u"broken 1002"_s});
    row("too large", QByteArray::fromHex("81ff7fffffffffffffff00000000"), {u"broken 1009"_s});
    row("too large in parts", text(QByteArray(600 << 10, 'x'), false) + more(QByteArray(600 << 10, 'x')),
        {u"fragment"_s, u"broken 1009"_s});
    row("wrong text", text("\xed\xa0\x80"), {u"broken 1007"_s});
    row("a character that never ends", text("\xc3"), {u"broken 1007"_s});
    row("one that never ends in parts", text("\xf0\x9f", false) + more("\x99"), {u"fragment"_s, u"broken 1007"_s});
}

void TestFrameReader::saysTheSameWhateverTheCuts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, events);
    QCOMPARE(eventsOf(bytes, bytes.size()), events);
    for (const qsizetype piece : {1, 2, 3, 7, 64, 4'096}) {
        if (bytes.size() / piece < 20'000)
            QCOMPARE(eventsOf(bytes, piece), events);
    }
}

void TestFrameReader::charactersAreWholeAcrossFrames()
{
    // As Chromium and Qt send a long text.
    const QByteArray letters = QByteArray("é").repeated(70'000);
    const QStringList whole{u"fragment"_s, u"message "_s + QString(70'000, u'é')};
    QCOMPARE(eventsOf(text(letters.first(69'999), false) + more(letters.sliced(69'999)), 1 << 20), whole);
    QCOMPARE(eventsOf(text(letters.first(69'999), false) + more(letters.sliced(69'999)), 1'001), whole);
    const QByteArray face = "😀";
    QByteArray bytes = text(face.first(1), false);
    for (int i = 1; i < 4; ++i)
        bytes += more(face.mid(i, 1), i == 3);
    QCOMPARE(eventsOf(bytes, bytes.size()).last(), u"message 😀"_s);
}

void TestFrameReader::wrongTextIsSeenBeforeItsEnd()
{
    QCOMPARE(eventsOf(text("a\xff" "b", false), 100), QStringList{u"broken 1007"_s});
}

void TestFrameReader::aWholeFrameIsNotCopied()
{
    QByteArray bytes = text("hello") + QByteArray(FrameReader::padding, '\0');
    FrameReader reader;
    reader.setMaxMessage(100);
    std::span<char> left(bytes.data(), std::size_t(bytes.size()) - FrameReader::padding);
    const FrameReader::Event event = reader.next(left);
    QCOMPARE(static_cast<const void*>(event.payload.data()), static_cast<const void*>(bytes.constData() + 6));
    QVERIFY(left.empty() && !reader.isWithinMessage() && reader.keptBytes() == 0);
}

void TestFrameReader::aTooLargeFrameIsNotKept()
{
    FrameReader reader;
    reader.setMaxMessage(100);
    QByteArray bytes = text(QByteArray(60, 'x'), false) + more(QByteArray(41, 'x'));
    std::span<char> left(bytes.data(), std::size_t(bytes.size()));
    QCOMPARE(int(reader.next(left).what), int(What::Fragment));
    QCOMPARE(reader.keptBytes(), std::size_t(60));
    const FrameReader::Event event = reader.next(left);
    QCOMPARE(int(event.what), int(What::Broken));
    QCOMPARE(event.code, 1009);
    QCOMPARE(reader.keptBytes(), std::size_t(60));
}

void TestFrameReader::nothingIsReadBehindWhatBroke()
{
    FrameReader reader;
    reader.setMaxMessage(100);
    QByteArray bytes = more("a") + text("b");
    std::span<char> left(bytes.data(), std::size_t(bytes.size()));
    QCOMPARE(int(reader.next(left).what), int(What::Broken));
    QCOMPARE(int(reader.next(left).what), int(What::Nothing));
}

VIGIE_TEST(TestFrameReader)
#include "tst_framereader.moc"
