// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcesettings.h"

#include "testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSourceSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeBackAsSaved();
    void wrongFilesAreErrors_data();
    void wrongFilesAreErrors();
    void aRefusedChangeSavesNothing();

private:
    QTemporaryDir m_folder;
    QString path() const { return m_folder.filePath(u"sources.json"_s); }
};

void TestSourceSettings::comeBackAsSaved()
{
    QVERIFY(*SourceSettings::load(path()) == SourceSettings());
    SourceSettings settings;
    settings.files = {{u"/var/log/nginx/*.log"_s, u"nginx"_s, {}, {}, false},
                      {u"/srv/été/a b.log"_s, u"shop"_s, u"logfmt"_s, u"Europe/Paris"_s, true}};
    settings.journal = {true, u"/var/log/journal/remote"_s, {u"nginx.service"_s}, u"web"_s, true, 4, true};
    settings.containers = {true, {u"/run/podman/podman.sock"_s}, {u"shop-*"_s}};
    settings.listensForOtlp = true;
    QVERIFY(settings.save(path()));
    const Result<SourceSettings> loaded = SourceSettings::load(path());
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
    QVERIFY(*loaded == settings);
}

void TestSourceSettings::wrongFilesAreErrors_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("problem");
    QTest::newRow("broken") << "{"_ba << u"unterminated"_s;
    QTest::newRow("array") << "[]"_ba << u"no object"_s;
    QTest::newRow("unknown") << R"({"filez":[]})"_ba << u"filez"_s;
    QTest::newRow("relative") << R"({"files":[{"pattern":"a.log","app":"x"}]})"_ba << u"files[0]: “a.log” is no absolute path"_s;
    QTest::newRow("app") << R"({"files":[{"pattern":"/a","app":""}]})"_ba << u"cannot be an application"_s;
    QTest::newRow("zone") << R"({"files":[{"pattern":"/a","app":"x","timeZone":"Nowhere"}]})"_ba << u"Nowhere"_s;
    QTest::newRow("format") << R"({"files":[{"pattern":"/a","app":"x","format":"nonsense"}]})"_ba << u"no format “nonsense”"_s;
    QTest::newRow("type") << R"({"journal":{"on":1}})"_ba << u"journal: “on” is neither"_s;
    QTest::newRow("list") << R"({"containers":{"names":[1]}})"_ba << u"containers: “names”"_s;
    QTest::newRow("priority") << R"({"journal":{"maxPriority":8}})"_ba << u"maxPriority"_s;
}

void TestSourceSettings::wrongFilesAreErrors()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, problem);
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
    file.close();
    const Result<SourceSettings> loaded = SourceSettings::load(path());
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().message.contains(problem), qPrintable(loaded.error().message));
}

void TestSourceSettings::aRefusedChangeSavesNothing()
{
    QFile::remove(path());
    const auto add = [](SourceSettings& settings) -> Outcome {
        settings.listensForOtlp = true;
        return std::monostate{};
    };
    QVERIFY(SourceSettings::change(path(), add));
    const Outcome refused = SourceSettings::change(path(), [](SourceSettings& settings) -> Outcome {
        settings.listensForOtlp = false;
        return Error{u"no"_s};
    });
    QVERIFY(!refused);
    QVERIFY(SourceSettings::load(path())->listensForOtlp);
}

VIGIE_TEST(TestSourceSettings)
#include "tst_sourcesettings.moc"
