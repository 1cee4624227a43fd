// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/filepattern.h"
#include "sources/fileplace.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestFilePlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAreWrittenAndRead();
    void badPlacesAreNone_data();
    void badPlacesAreNone();
    void patterns_data();
    void patterns();
    void literalMeansOnlyItself();
};

void TestFilePlace::placesAreWrittenAndRead()
{
    FilePlace place;
    place.offset = 5'000'000'000;
    place.head = PieceMark::of("the beginning");
    place.tail = PieceMark::of("the end");
    place.isPacked = true;
    place.path = "/var/log/with a blank.log";
    const std::optional<FilePlace> read = FilePlace::fromText(place.text());
    QVERIFY(read);
    QCOMPARE(read->text(), place.text());
    QCOMPARE(read->path, place.path);
    QVERIFY(read->head.isOf("the beginning and more"));
    QVERIFY(!read->head.isOf("the beginnin"));
    QVERIFY(!PieceMark().isOf("anything"));
    const FileKey key{0x801, 0x2a4f};
    QCOMPARE(key.name(), std::string("file:801:2a4f"));
    QVERIFY(FileKey::fromName(key.name()) == key);
    QVERIFY(!FileKey::fromName("file:watch:12"));
    QVERIFY(!FileKey::fromName("journal"));
}

void TestFilePlace::badPlacesAreNone_data()
{
    QTest::addColumn<QString>("text");
    for (const QString& text : {u""_s, u"1"_s, u"2 0 0  0  plain /a"_s, u"1 x 0  0  plain /a"_s, u"1 -1 0  0  plain /a"_s})
        QTest::newRow(qPrintable(text.isEmpty() ? u"empty"_s : text)) << text;
}

void TestFilePlace::badPlacesAreNone()
{
    QFETCH(QString, text);
    QVERIFY(!FilePlace::fromText(text.toStdString()));
}

void TestFilePlace::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("found");
    QTest::addColumn<QStringList>("folders");
    QTest::newRow("a name") << u"a.log"_s << QStringList{u"a.log"_s} << QStringList{u""_s};
    QTest::newRow("a star") << u"*.log"_s << QStringList{u"a.log"_s, u"b.log"_s} << QStringList{u""_s};
    QTest::newRow("hidden") << u".*.log"_s << QStringList{u".h.log"_s} << QStringList{u""_s};
    QTest::newRow("a set") << u"[b-z].l??"_s << QStringList{u"b.log"_s} << QStringList{u""_s};
    QTest::newRow("folders") << u"?/?.log"_s << QStringList{u"x/c.log"_s} << QStringList{u""_s, u"x"_s, u"y"_s};
    QTest::newRow("missing folder") << u"z/?/a.log"_s << QStringList{} << QStringList{u""_s};
    QTest::newRow("escaped") << u"y/\\[1\\].log"_s << QStringList{u"y/[1].log"_s} << QStringList{u"y"_s};
}

void TestFilePlace::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QStringList, found);
    QFETCH(QStringList, folders);
    const QTemporaryDir folder;
    const QDir dir(folder.path());
    QVERIFY(dir.mkpath(u"x"_s) && dir.mkpath(u"y"_s));
    for (const QString& name : {u"a.log"_s, u"b.log"_s, u".h.log"_s, u"c.txt"_s, u"x/c.log"_s, u"y/[1].log"_s}) {
        QFile file(dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const FilePattern one(dir.filePath(pattern).toStdString());
    const FilePattern::Found look = one.look();
    const auto relative = [&dir](const std::vector<std::string>& paths) {
        QStringList names;
        for (const std::string& path : paths)
            names.append(QString::fromStdString(path).mid(dir.path().size() + 1));
        std::ranges::sort(names);
        return names;
    };
    QCOMPARE(relative(look.files), found);
    QCOMPARE(relative(look.folders), folders);
    for (const std::string& path : look.files) {
        QVERIFY(one.matches(path));
        QVERIFY(one.concerns(path));
    }
    QVERIFY(!one.matches(dir.filePath(u"c.txt"_s).toStdString()));
    QVERIFY(!one.concerns(dir.filePath(u"c.txt"_s).toStdString()));
}

void TestFilePlace::literalMeansOnlyItself()
{
    const std::string path = "/tmp/a[1]*?\\b.log";
    const FilePattern pattern(FilePattern::literal(path));
    QVERIFY(pattern.matches(path));
    QVERIFY(!pattern.hasWildcards());
    QVERIFY(!pattern.matches("/tmp/a1xy\\b.log"));
}

VIGIE_TEST(TestFilePlace)
#include "tst_fileplace.moc"
