// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/staticfiles.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestStaticFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void theRootIsThePage();
    void hashedNamesAreKeptForEver();
    void coding_data();
    void coding();
    void whatTheBrowserHasIsNotSentAgain_data();
    void whatTheBrowserHasIsNotSentAgain();
    void nothingElseIsServed_data();
    void nothingElseIsServed();

private:
    void write(const QString& name, const QByteArray& content);
    StaticFiles files() const { return StaticFiles(m_folder.filePath(u"web"_s)); }
    static QByteArray header(const StaticFiles::Answer& answer, const QByteArray& name);

    QTemporaryDir m_folder;
};

void TestStaticFiles::write(const QString& name, const QByteArray& content)
{
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray TestStaticFiles::header(const StaticFiles::Answer& answer, const QByteArray& name)
{
    for (const auto& [key, value] : answer.headers) {
        if (key == name)
            return value;
    }
    return {};
}

void TestStaticFiles::initTestCase()
{
    QVERIFY(QDir(m_folder.path()).mkpath(u"web/assets"_s));
    write(u"secret.html"_s, "secret");
    write(u"web/index.html"_s, "page");
    write(u"web/index.html.gz"_s, "page gz");
    write(u"web/index.html.br"_s, "page br");
    write(u"web/assets/page-1.js"_s, "script");
    write(u"web/assets/page-1.js.gz"_s, "script gz");
    write(u"web/web.qrc"_s, "list");
}

void TestStaticFiles::theRootIsThePage()
{
    for (const QString& path : {u"/"_s, u"/index.html"_s}) {
        const auto answer = files().answer({path, {}, {}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "page");
        QCOMPARE(header(answer, "Content-Type"), "text/html; charset=utf-8");
        QCOMPARE(header(answer, "Cache-Control"), "no-cache");
        QCOMPARE(header(answer, "Vary"), "Accept-Encoding");
    }
}

void TestStaticFiles::hashedNamesAreKeptForEver()
{
    const auto answer = files().answer({u"/assets/page-1.js"_s, {}, {}});
    QCOMPARE(answer.body, "script");
    QCOMPARE(header(answer, "Content-Type"), "text/javascript; charset=utf-8");
    QCOMPARE(header(answer, "Cache-Control"), "public, max-age=31536000, immutable");
}

void TestStaticFiles::coding_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<QByteArray>("coding");
    const QString page = u"/"_s;
    const QString script = u"/assets/page-1.js"_s;
    QTest::newRow("nothing said") << page << QByteArray() << QByteArray();
    QTest::newRow("a browser") << page << QByteArray("gzip, deflate, br, zstd") << QByteArray("br");
    QTest::newRow("no brotli there") << script << QByteArray("gzip, deflate, br") << QByteArray("gzip");
    QTest::newRow("one only") << page << QByteArray("GZIP") << QByteArray("gzip");
    QTest::newRow("weights") << page << QByteArray("br;q=0.5, gzip;q=0.8") << QByteArray("gzip");
    QTest::newRow("excluded") << page << QByteArray("br;q=0,gzip;q=0.0") << QByteArray();
    QTest::newRow("anything") << page << QByteArray("*") << QByteArray("br");
    QTest::newRow("anything but") << page << QByteArray("br;q=0, *;q=0.1") << QByteArray("gzip");
    QTest::newRow("plain only") << page << QByteArray("identity") << QByteArray();
    QTest::newRow("nothing at all") << script << QByteArray("*;q=0") << QByteArray();
    QTest::newRow("nonsense") << page << QByteArray(";;,,br;q=x,=") << QByteArray();
}

void TestStaticFiles::coding()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, accept);
    QFETCH(QByteArray, coding);
    const auto answer = files().answer({path, accept, {}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(header(answer, "Content-Encoding"), coding);
    QCOMPARE(answer.body.endsWith(" br"), coding == "br");
    QCOMPARE(answer.body.endsWith(" gz"), coding == "gzip");
}

void TestStaticFiles::whatTheBrowserHasIsNotSentAgain_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<int>("status");
    QTest::newRow("the same") << QByteArray("%1") << 304;
    QTest::newRow("weak") << QByteArray("W/%1") << 304;
    QTest::newRow("among others") << QByteArray("\"x\", %1") << 304;
    QTest::newRow("any") << QByteArray("*") << 304;
    QTest::newRow("another") << QByteArray("\"x\"") << 200;
    QTest::newRow("none") << QByteArray() << 200;
}

void TestStaticFiles::whatTheBrowserHasIsNotSentAgain()
{
    QFETCH(QByteArray, condition);
    QFETCH(int, status);
    const QByteArray tag = header(files().answer({u"/"_s, "gzip", {}}), "ETag");
    QVERIFY(tag.startsWith('"') && tag.endsWith('"') && tag.size() > 10);
    // Each coding has a tag of its own.
    QVERIFY(tag != header(files().answer({u"/"_s, {}, {}}), "ETag"));
    const auto answer = files().answer({u"/"_s, "gzip", condition.replace("%1", tag)});
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body.isEmpty(), status == 304);
    QCOMPARE(header(answer, "ETag"), tag);
    QCOMPARE(header(answer, "Cache-Control"), "no-cache");
}

void TestStaticFiles::nothingElseIsServed_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"", "/x", "/x.html", "/web.qrc", "/assets", "/assets/", "/index.html.gz", "/../secret.html",
                             "/assets/../../secret.html", "//secret.html", "/index.html/", "/.html"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestStaticFiles::nothingElseIsServed()
{
    QFETCH(QString, path);
    const auto answer = files().answer({path, "br", "*"});
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.body.isEmpty());
}

VIGIE_TEST(TestStaticFiles)
#include "tst_staticfiles.moc"
