// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/autostart.h"
#include "app/timeargument.h"
#include "testmain.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestAutostart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsWrittenAndRemoved();
    void argumentsAreQuoted();
    void eachFolderHasItsOwn();
    void aHiddenOneIsOff();
    void whatCannotBeWrittenIsAnError();

private:
    QTemporaryDir m_dir;
};

namespace {

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

void TestAutostart::itIsWrittenAndRemoved()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_dir.filePath(u"one"_s)));
    const Autostart autostart(u"/usr/bin/vigie"_s);
    QCOMPARE(autostart.path(), m_dir.filePath(u"one/autostart/vigie.desktop"_s));
    QVERIFY(!autostart.isOn());
    QVERIFY(autostart.set(true));
    QVERIFY(autostart.isOn());
    QVERIFY(textOf(autostart.path()).startsWith(u"[Desktop Entry]\nType=Application\nName=Vigie\nExec=\"/usr/bin/vigie\"\n"_s));
    QVERIFY(autostart.set(false));
    QVERIFY(!autostart.isOn() && !QFileInfo::exists(autostart.path()));
    QVERIFY(autostart.set(false)); // once more is no error
}

void TestAutostart::argumentsAreQuoted()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_dir.filePath(u"two"_s)));
    const Autostart autostart(u"/opt/my vigie"_s, u"/a \"b\" $c %d \\e"_s);
    QVERIFY(autostart.set(true));
    QVERIFY2(textOf(autostart.path()).contains(uR"(Exec="/opt/my vigie" "--data-dir" "/a \\"b\\" \\$c %%d \\\\e")"_s + u'\n'),
             qPrintable(textOf(autostart.path())));
}

void TestAutostart::eachFolderHasItsOwn()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_dir.filePath(u"five"_s)));
    const Autostart usual(u"vigie"_s);
    const Autostart one(u"vigie"_s, u"/one"_s);
    const Autostart other(u"vigie"_s, u"/other"_s);
    QVERIFY(usual.set(true));
    QVERIFY(!one.isOn() && !other.isOn());
    QVERIFY(one.set(true));
    QVERIFY(other.set(false));
    QVERIFY(usual.isOn() && one.isOn() && !other.isOn());
    QVERIFY(textOf(one.path()).contains(u"Exec=\"vigie\" \"--data-dir\" \"/one\"\n"_s));
    QVERIFY(!Autostart(u"vigie"_s, u"/a\nHidden=true"_s).set(true));
}

void TestAutostart::aHiddenOneIsOff()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_dir.filePath(u"three"_s)));
    const Autostart autostart(u"vigie"_s);
    QVERIFY(autostart.set(true));
    QFile file(autostart.path());
    QVERIFY(file.open(QIODevice::Append));
    file.write("Hidden=true\n");
    file.close();
    QVERIFY(!autostart.isOn());
}

void TestAutostart::whatCannotBeWrittenIsAnError()
{
    QFile blocker(m_dir.filePath(u"four"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(blocker.fileName()));
    QVERIFY(!Autostart(u"vigie"_s).set(true));
}

VIGIE_TEST(TestAutostart)
#include "tst_autostart.moc"
