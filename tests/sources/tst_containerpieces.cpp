// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of engines and the logs in them, cut at every byte.
#include "fakeengine.h"
#include "sources/containerpieces.h"
#include "sources/containerplace.h"
#include "sources/engineanswer.h"
#include "testmain.h"

#include <QTest>
#include <set>

using namespace vigie;
using namespace Qt::StringLiterals;
using vigie::test::FakeEngine;

class TestContainerPieces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreReadHoweverTheyAreCut_data();
    void answersAreReadHoweverTheyAreCut();
    void anAnswerMayEndWithTheConnection();
    void whatIsNoAnswerIsRefused();
    void framesAreCutIntoPieces();
    void aTerminalHasLines();
    void theTimeOfALinesEndIsNoPartOfIt_data();
    void theTimeOfALinesEndIsNoPartOfIt();
    void whatIsNoFrameIsRefused();
    void aLargePieceIsGivenInParts();
    void placesAreKeptAsText();
};

namespace {

QStringList piecesOf(const QByteArray& bytes, bool isTerminal, qsizetype step)
{
    QStringList all;
    ContainerPieces pieces(isTerminal);
    const auto give = [&all](const EnginePiece& piece) {
        all += u"%1 %2 %3 %4"_s.arg(piece.isError ? u"err"_s : u"out"_s).arg(piece.second).arg(piece.nanoseconds)
                   .arg(QString::fromLatin1(piece.text.data(), qsizetype(piece.text.size())));
    };
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const QByteArray part = bytes.mid(at, step);
        if (!pieces.add({part.constData(), std::size_t(part.size())}, give))
            return {u"broken"_s};
    }
    pieces.finish(give);
    return all;
}

} // namespace

void TestContainerPieces::answersAreReadHoweverTheyAreCut_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isPodmans");

    QTest::newRow("chunked, Podman")
        << QByteArray("HTTP/1.1 200 OK\r\nLibpod-Api-Version: 4.3.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n")
        << true;
    QTest::newRow("with a length, Docker") << QByteArray("HTTP/1.1 200 OK\r\nServer: Docker/20.10\r\nContent-Length: 11\r\n\r\nhello world") << false;
}

void TestContainerPieces::answersAreReadHoweverTheyAreCut()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isPodmans);
    for (qsizetype step = 1; step <= bytes.size(); ++step) {
        EngineAnswer answer;
        std::string body;
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            const QByteArray part = bytes.mid(at, step);
            QVERIFY(answer.add({part.constData(), std::size_t(part.size())}, [&](std::string_view more) { body += more; }));
        }
        QCOMPARE(body, std::string("hello world"));
        QVERIFY(answer.isWhole());
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer.isPodmans(), isPodmans);
    }
}

void TestContainerPieces::anAnswerMayEndWithTheConnection()
{
    EngineAnswer answer;
    std::string body;
    QVERIFY(answer.add("HTTP/1.0 404 Not Found\r\n\r\nnone", [&](std::string_view more) { body += more; }));
    QVERIFY(!answer.isWhole());
    QVERIFY(answer.finish());
    QCOMPARE(body, std::string("none"));
    EngineAnswer cut;
    QVERIFY(cut.add("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nno", [](std::string_view) {}));
    QVERIFY(!cut.finish());
}

void TestContainerPieces::whatIsNoAnswerIsRefused()
{
    EngineAnswer answer;
    QVERIFY(!answer.add("SSH-2.0-OpenSSH_9.2\r\n\r\n", [](std::string_view) {}));
}

void TestContainerPieces::framesAreCutIntoPieces()
{
    const QByteArray bytes = FakeEngine::frame("2026-11-30T10:35:45Z hello\n") + FakeEngine::frame("2026-11-30T10:35:46.25Z AAA")
        + FakeEngine::frame("2026-11-30T10:35:46.250000001Z AAA\n", true) + FakeEngine::frame("no time\n");
    const QStringList expected{u"out 1796034945 -1 hello\n"_s, u"out 1796034946 250000000 AAA"_s, u"err 1796034946 250000001 AAA\n"_s,
                               u"out 1796034946 250000001 no time\n"_s};
    for (qsizetype step = 1; step <= bytes.size(); ++step)
        QCOMPARE(piecesOf(bytes, false, step), expected);
}

void TestContainerPieces::aTerminalHasLines()
{
    const QByteArray bytes = "2026-11-30T10:35:45Z one\r\n2026-11-30T10:35:45Z two\r\n2026-11-30T10:35:46Z $ ";
    const QStringList expected{u"out 1796034945 -1 one\r\n"_s, u"out 1796034945 -1 two\r\n"_s, u"out 1796034946 -1 $ "_s};
    for (qsizetype step = 1; step <= bytes.size(); ++step)
        QCOMPARE(piecesOf(bytes, true, step), expected);
}

void TestContainerPieces::theTimeOfALinesEndIsNoPartOfIt_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("text");
    QTest::newRow("at once") << QByteArray("2026-11-30T10:00:24Z out\r\n") << u"out\r\n"_s;
    QTest::newRow("by two writes") << QByteArray("2026-11-30T10:00:24Z out2026-11-30T10:00:24Z \r\n") << u"out\r\n"_s;
    QTest::newRow("a second later") << QByteArray("2026-11-30T10:00:24+01:00 out2026-11-30T10:00:25+01:00 \r\n") << u"out\r\n"_s;
    QTest::newRow("the line's own, of another moment") << QByteArray("2026-11-30T10:00:24Z at 2026-11-30T09:00:00Z \r\n")
                                                       << u"at 2026-11-30T09:00:00Z \r\n"_s;
    QTest::newRow("the line's own, without a blank") << QByteArray("2026-11-30T10:00:24Z at 2026-11-30T10:00:24Z\r\n")
                                                     << u"at 2026-11-30T10:00:24Z\r\n"_s;
    QTest::newRow("Docker's") << QByteArray("2026-11-30T10:00:24.5Z out2026-11-30T10:00:24.5Z \r\n") << u"out2026-11-30T10:00:24.5Z \r\n"_s;
    QTest::newRow("short") << QByteArray("2026-11-30T10:00:24Z \r\n") << u"\r\n"_s;
}

void TestContainerPieces::theTimeOfALinesEndIsNoPartOfIt()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, text);
    for (const qsizetype step : {1, 7, 100}) {
        const QStringList pieces = piecesOf(line, true, step);
        QCOMPARE(pieces.size(), 1);
        QCOMPARE(pieces[0].section(u' ', 3), text);
    }
}

void TestContainerPieces::whatIsNoFrameIsRefused()
{
    QCOMPARE(piecesOf("2026-11-30T10:35:45Z a terminal's\r\n", false, 7), QStringList(u"broken"_s));
}

void TestContainerPieces::aLargePieceIsGivenInParts()
{
    const QByteArray bytes = FakeEngine::frame("2026-11-30T10:35:45Z " + QByteArray(200'000, 'x') + '\n');
    const QStringList whole = piecesOf(bytes, false, bytes.size());
    QCOMPARE(whole.size(), 4);
    QCOMPARE(piecesOf(bytes, false, 1'000), whole); // as their hashes tell whether they came before
    std::set<std::uint64_t> hashes;
    ContainerPieces pieces(false);
    pieces.add({bytes.constData(), std::size_t(bytes.size())}, [&](const EnginePiece& piece) { hashes.insert(hashOf(piece)); });
    QCOMPARE(hashes.size(), std::size_t(4));
}

void TestContainerPieces::placesAreKeptAsText()
{
    ContainerPlace place;
    place.out.add(10, 1, true);
    place.out.add(11, 2, true);
    place.out.add(11, 3, true);
    place.out.add(12, 3, false);
    place.err.add(9, 4, true);
    QCOMPARE(place.out.second, std::int64_t(11));
    QCOMPARE(place.out.count, std::uint64_t(3));
    QVERIFY(ContainerPlace::fromText(place.toText()) == place);
    for (const char* const text : {"", "1 2 3", "1 2 3 4 5 x", "1 2 3 4 5 6 7", "-1 2 3 4 5 6"})
        QVERIFY(!ContainerPlace::fromText(text));
}

VIGIE_TEST(TestContainerPieces)

#include "tst_containerpieces.moc"
