// SPDX-License-Identifier: GPL-3.0-or-later
// What commands left is taken up, when they let go of it.
#include "hub/hub.h"
#include "intake/intake.h"
#include "sources/spoolsource.h"
#include "testmain.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSpoolSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsLetGoIsTakenUpAtOnce();
    void whatIsForAnotherVigieStays();
    void aBrokenOneIsNoted();

private:
    static std::string line(const char* id)
    {
        return std::string("{\"id\":\"") + id + "\",\"timestamp\":1700000000000,\"level\":\"info\",\"message\":\"m\",\"userId\":\"ann\"}\n";
    }
};

void TestSpoolSource::whatIsLetGoIsTakenUpAtOnce()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"spool"_s);
    Hub hub;
    Intake intake(hub);
    QSignalSpy accepted(&hub, &Hub::logsAccepted);
    SpoolSource source(intake, path);
    source.apply({});
    auto spool = std::make_unique<SpoolFile>(path, SpoolTarget{u"shop"_s, {}, {}, {}});
    QVERIFY(spool->isOnDisk());
    spool->append(line("a"));
    source.apply({}); // while it is in use
    QVERIFY(accepted.empty());
    spool.reset(); // as its process ended, and told nobody
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(accepted[0][0].value<LogBatchPtr>()->appId(), "shop");
    QTRY_VERIFY(SpoolFile::pathsIn(path).isEmpty());
}

void TestSpoolSource::whatIsForAnotherVigieStays()
{
    QTemporaryDir folder;
    Hub hub;
    Intake intake(hub);
    QSignalSpy accepted(&hub, &Hub::logsAccepted);
    SpoolSource source(intake, folder.path());
    source.apply({});
    SpoolFile(folder.path(), SpoolTarget{u"bank"_s, u"https://a:1"_s, {}, {}}).append(line("a"));
    SpoolFile(folder.path(), SpoolTarget{u"shop"_s, {}, {}, {}}).append(line("b"));
    QTRY_COMPARE(accepted.size(), 1);
    QTRY_COMPARE(SpoolFile::pathsIn(folder.path()).size(), 1);
    QVERIFY(SpoolFile::takeUp(SpoolFile::pathsIn(folder.path()).first()));
}

void TestSpoolSource::aBrokenOneIsNoted()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"a.spool"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("garbage") > 0);
    file.close();
    Hub hub;
    Intake intake(hub);
    SpoolSource source(intake, folder.path());
    source.apply({});
    const auto sources = intake.board().sources();
    QCOMPARE(sources.size(), std::size_t(1));
    QCOMPARE(sources[0].notes.at(0).reason, "malformed");
    QVERIFY(sources[0].notes[0].example.ends_with("a.spool"));
}

VIGIE_TEST(TestSpoolSource)
#include "tst_spoolsource.moc"
