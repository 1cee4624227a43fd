// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAFileAllIsDefault();
    void whatIsSavedIsLoaded();
    void theFileIsReadable();
    void wrongPartsKeepTheirDefault_data();
    void wrongPartsKeepTheirDefault();
    void onePartWrongLeavesTheOthers();
    void corruptFilesAreAnError_data();
    void corruptFilesAreAnError();
    void whatCannotBeReadIsAnError();
    void whatWasNotTakenIsTold();
    void whatCannotBeWrittenIsAnErrorAndHarmsNothing();

private:
    QString path() const { return m_dir.filePath(u"settings.json"_s); }
    void write(const QByteArray& content) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    QTemporaryDir m_dir;
};

void TestSettings::withoutAFileAllIsDefault()
{
    const Result<Settings> settings = Settings::load(m_dir.filePath(u"absent.json"_s));
    QVERIFY(settings);
    QVERIFY(*settings == Settings());
    QCOMPARE(settings->port, quint16(3001));
    QCOMPARE(settings->theme, u"system"_s);
    QCOMPARE(settings->rangeMinutes, 5);
    QVERIFY(!QFile::exists(m_dir.filePath(u"absent.json"_s)));
}

void TestSettings::whatWasNotTakenIsTold()
{
    QCOMPARE(Settings::complaints(m_dir.filePath(u"absent.json"_s)), QStringList());
    QVERIFY(Settings().save(path()));
    QCOMPARE(Settings::complaints(path()), QStringList());
    write(R"({"theme":"dark","port":"80","logRetentionDayz":3,"limits":{"messageKiB":70000,"jsonDepth":8,"messageKib":1}})");
    QStringList complaints = Settings::complaints(path());
    complaints.sort();
    QCOMPARE(complaints, (QStringList{u"there is no setting “limits.messageKib”"_s, u"there is no setting “logRetentionDayz”"_s,
                                      u"“limits.messageKiB” cannot be 70000; 1024 holds"_s,
                                      u"“port” cannot be \"80\"; 3001 holds"_s}));
    write(R"({"sampleIntervalMs":10,"onClose":"never","startsWithSession":true})");
    QCOMPARE(Settings::complaints(path()).size(), 3);
    write(R"({"limits":7})");
    QCOMPARE(Settings::complaints(path()).size(), 1);
}

void TestSettings::whatIsSavedIsLoaded()
{
    Settings saved;
    saved.language = u"fr"_s;
    saved.theme = u"dark"_s;
    saved.port = 65535;
    saved.windowGeometry = QByteArray("\0\xff\x01 \"", 5);
    saved.splitterState = QByteArray(300, '\xaa');
    saved.rangeMinutes = 60;
    saved.perCore = true;
    saved.logFont = u"Noto Mono"_s;
    saved.logFontPoints = 13;
    saved.onClose = u"tray"_s;
    saved.sampleIntervalMs = 250;
    saved.metricRetentionDays = 3650;
    saved.isShared = true;
    saved.takesRequests = false;
    for (const LimitRow& row : limitRows)
        saved.limits.*row.value = row.max;
    saved.limits.limitsLoopback = true;
    saved.publicUrl = u"https://ops.example/vigie/"_s;
    saved.bus = u"nats://a:4222,tls://b"_s;
    saved.busCredentials = u"/etc/vigie/a.creds"_s;
    saved.busTlsCa = u"/etc/vigie/ca.pem"_s;
    saved.node = u"ws 1"_s;
    saved.allowedOrigins = {u"http://localhost:5173"_s, u"https://é.example"_s};
    QVERIFY(saved.save(path()));
    const Result<Settings> loaded = Settings::load(path());
    QVERIFY(loaded);
    QVERIFY(*loaded == saved);

    QVERIFY(Settings().save(path()));
    QVERIFY(*Settings::load(path()) == Settings());
}

void TestSettings::theFileIsReadable()
{
    QVERIFY(Settings().save(path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("\n    \"port\": 3001"));
    QCOMPARE(QDir(m_dir.path()).entryList(QDir::Files), QStringList{u"settings.json"_s});
}

void TestSettings::wrongPartsKeepTheirDefault_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* json : {
             "{}", R"({"unknown":{"deep":[1]}})", R"({"port":"3002"})", R"({"port":-1})", R"({"port":65536})",
             R"({"port":80.5})", R"({"port":1e99})", R"({"port":null})", R"({"theme":"pink"})", R"({"theme":1})",
             R"({"theme":"Dark"})", R"({"language":"de"})", R"({"language":[]})", R"({"rangeMinutes":2})",
             R"({"rangeMinutes":"15"})", R"({"rangeMinutes":-5})", R"({"perCore":"yes"})", R"({"perCore":1})",
             R"({"windowGeometry":5})", R"({"splitterState":{}})", R"({"allowedOrigins":"http://x"})",
             R"({"limits":[]})", R"({"limits":{"messageKiB":0,"jsonDepth":1e9,"batchEntries":"9","limitsLoopback":1}})",
             R"({"publicUrl":"ops.example"})", R"({"publicUrl":["https://ops.example/"]})", R"({"publicUrl":"https://a@b/"})",
             R"({"logFont":7,"logFontPoints":33,"onClose":"Tray","sampleIntervalMs":0,"metricRetentionDays":0})",
             R"({"logFontPoints":"9","onClose":null,"sampleIntervalMs":1001,"metricRetentionDays":1e9})",
             R"({"bus":["nats://a"],"busCredentials":1,"busTlsCa":{},"node":null})", R"({"isShared":1,"takesRequests":"no"})", R"({"allowedOrigins":{}})", R"({"allowedOrigins":[1,null,{},"","null","http://","ftp://a","http://a/","http://b@a","http://a#b"]})",
         }) {
        QTest::newRow(json) << QByteArray(json);
    }
}

void TestSettings::wrongPartsKeepTheirDefault()
{
    QFETCH(QByteArray, json);
    write(json);
    const Result<Settings> settings = Settings::load(path());
    QVERIFY(settings);
    QVERIFY(*settings == Settings());
}

void TestSettings::onePartWrongLeavesTheOthers()
{
    write(R"({"port":"x","theme":"light","language":"en","rangeMinutes":15,"allowedOrigins":[1,"http://a"]})");
    const Result<Settings> settings = Settings::load(path());
    QVERIFY(settings);
    QCOMPARE(settings->port, quint16(3001));
    QCOMPARE(settings->theme, u"light"_s);
    QCOMPARE(settings->language, u"en"_s);
    QCOMPARE(settings->rangeMinutes, 15);
    QCOMPARE(settings->allowedOrigins, QStringList{u"http://a"_s});
}

void TestSettings::corruptFilesAreAnError_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("cut") << QByteArray("{\"port\": 30");
    QTest::newRow("an array") << QByteArray("[1]");
    QTest::newRow("words") << QByteArray("port=3001");
    QTest::newRow("not UTF-8") << QByteArray("{\"theme\":\"\xff\xfe\"}");
}

void TestSettings::corruptFilesAreAnError()
{
    QFETCH(QByteArray, content);
    write(content);
    const Result<Settings> settings = Settings::load(path());
    QVERIFY(!settings);
    QVERIFY(settings.error().message.contains(path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestSettings::whatCannotBeReadIsAnError()
{
    // A folder: as unreadable for root as for anybody.
    const Result<Settings> settings = Settings::load(m_dir.path());
    QVERIFY(!settings);
    QVERIFY(settings.error().message.contains(m_dir.path()));
}

void TestSettings::whatCannotBeWrittenIsAnErrorAndHarmsNothing()
{
    const QString path = m_dir.filePath(u"no/such/folder/settings.json"_s);
    const Outcome saved = Settings().save(path);
    QVERIFY(!saved);
    QVERIFY(saved.error().message.contains(path));
    QVERIFY(!Settings().save(m_dir.path()));
    QVERIFY(QDir(m_dir.path()).exists());
}

VIGIE_TEST(TestSettings)
#include "tst_settings.moc"
