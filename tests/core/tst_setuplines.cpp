// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/setuplines.h"
#include "testmain.h"

#include <QProcess>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSetupLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShellReadsTheWordBack_data();
    void aShellReadsTheWordBack();
    void theAddressAndTheApplicationAreFilledIn();
    void elsewhereTheSenderBringsAddressTokenAndCertificate();
    void aVigieOfAnotherFolderIsNamed();
    void noTokenGoesInTheClearUnseen();
    void whatReadsThisMachineIsOfferedOnItAlone();

private:
    static QString code(const SetupPlace& place, const QByteArray& id)
    {
        for (const SetupLine& line : setupLines(place)) {
            if (line.id == id)
                return line.code;
        }
        return {};
    }
    const SetupPlace m_here{u"http://127.0.0.1:3001/"_s, u"demo"_s};
};

void TestSetupLines::aShellReadsTheWordBack_data()
{
    QTest::addColumn<QString>("word");
    for (const QString& word : {u"shop"_s, u"my shop"_s, u"it's"_s, u"$(reboot)"_s, u"a;b&c|d"_s, u"`x`\\\"!*?"_s, u"é☕"_s, u"~"_s, u""_s})
        QTest::newRow(qPrintable(word)) << word;
}

void TestSetupLines::aShellReadsTheWordBack()
{
    QFETCH(QString, word);
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, u"printf %s "_s + shellWord(word)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), word);
}

void TestSetupLines::theAddressAndTheApplicationAreFilledIn()
{
    QCOMPARE(code(m_here, "curl"),
             u"curl -H 'Content-Type: text/plain' --data-binary 'Hello from curl' http://127.0.0.1:3001/api/apps/demo/logs"_s);
    QCOMPARE(code(m_here, "pipe"), u"echo 'Hello from a pipe' 2>&1 | vigie log --app demo"_s);
    // A name with a slash is one part of the path, and one with a quote one word.
    const SetupPlace odd{u"http://127.0.0.1:3001/"_s, u"it's/mine"_s};
    QVERIFY(code(odd, "curl").contains("/api/apps/it%27s%2Fmine/logs"_L1));
    QVERIFY(code(odd, "run").startsWith("vigie run --app 'it'\\''s/mine' -- "_L1));
    for (const SetupLine& line : setupLines(m_here))
        QVERIFY2(!line.code.contains("TOKEN"_L1) && !line.code.contains("%1"_L1), line.id);
}

void TestSetupLines::elsewhereTheSenderBringsAddressTokenAndCertificate()
{
    const SetupPlace place{u"https://ops.example:3001/vigie/"_s, u"shop"_s, true, u"vigie.pem"_s};
    QCOMPARE(code(place, "pipe"),
             u"echo 'Hello from a pipe' 2>&1 | vigie log --app shop --to https://ops.example:3001/vigie --token-file token --ca vigie.pem"_s);
    const QString curl = code(place, "curl");
    QVERIFY(curl.contains("--cacert vigie.pem -H 'Authorization: Bearer TOKEN'"_L1));
    QVERIFY(curl.endsWith(" https://ops.example:3001/vigie/api/apps/shop/logs"_L1));
    const QString otel = code(place, "node-otel");
    QVERIFY(otel.contains("OTEL_EXPORTER_OTLP_ENDPOINT=https://ops.example:3001/vigie\n"_L1));
    QVERIFY(otel.contains("OTEL_EXPORTER_OTLP_HEADERS='Authorization=Bearer%20TOKEN'"_L1));
    QVERIFY(otel.contains("NODE_EXTRA_CA_CERTS=vigie.pem"_L1));
    QCOMPARE(code(place, "journal-upload"),
             u"/usr/lib/systemd/systemd-journal-upload --url=https://any:TOKEN@ops.example:3001/vigie --trust=vigie.pem --key=- --cert=-"_s);
    QVERIFY(code(place, "python").contains("cafile=\"vigie.pem\""_L1));
}

void TestSetupLines::aVigieOfAnotherFolderIsNamed()
{
    SetupPlace place = m_here;
    place.dataDir = u"/srv/ann's logs"_s;
    const QString option = u" --data-dir '/srv/ann'\\''s logs'"_s;
    for (const char* id : {"pipe", "run", "node-pino", "python-run", "files", "containers", "journal"})
        QVERIFY2(code(place, id).contains(option), id);
    QCOMPARE(code(place, "run"), u"vigie run --app demo%1 -- echo 'Hello from a program'"_s.arg(option));
    // On another machine there is no such folder.
    place.url = u"https://ops.example:3001/"_s;
    for (const SetupLine& line : setupLines(place))
        QVERIFY2(!line.code.contains("--data-dir"_L1), line.id);
}

/// Of Vigie's own commands, which refuse to.
void TestSetupLines::noTokenGoesInTheClearUnseen()
{
    SetupPlace place{u"http://ops.example:3001/"_s, u"shop"_s, true};
    for (const char* id : {"token", "pipe", "run", "node-pino", "python-run"})
        QVERIFY2(code(place, id).isEmpty(), id);
    QVERIFY(code(place, "curl").contains("TOKEN"_L1));
    place.needsToken = false;
    QVERIFY(code(place, "pipe").endsWith(" --to http://ops.example:3001"_L1));
    place.url = u"https://ops.example:3001/"_s;
    place.needsToken = true;
    QVERIFY(code(place, "pipe").endsWith(" --to https://ops.example:3001 --token-file token"_L1));
}

void TestSetupLines::whatReadsThisMachineIsOfferedOnItAlone()
{
    const SetupPlace elsewhere{u"http://10.0.0.7:3001/"_s, u"demo"_s};
    for (const char* id : {"files", "journal", "containers"}) {
        QVERIFY2(!code(m_here, id).isEmpty(), id);
        QVERIFY2(code(elsewhere, id).isEmpty(), id);
    }
    QVERIFY(code(elsewhere, "journal-upload").contains("http://10.0.0.7:3001"_L1));
}

VIGIE_TEST(TestSetupLines)
#include "tst_setuplines.moc"
