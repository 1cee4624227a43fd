// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/servicesight.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestServiceSight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bareMachineHidesNothing();
    void eachHasItsLine();
    void whatCanBeReadNeedsNone();

private:
    bool put(const QString& path, const QByteArray& text = {}) const
    {
        QFile file(m_root.path() + path);
        return QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    QTemporaryDir m_root;
};

void TestServiceSight::bareMachineHidesNothing()
{
    QCOMPARE(linesToSeeMore(m_root.path(), [](const QString&) { return false; }), QStringList());
}

void TestServiceSight::eachHasItsLine()
{
    QVERIFY(put(u"/var/log/journal/0123/system.journal"_s));
    QVERIFY(put(u"/var/log/syslog"_s));
    QVERIFY(put(u"/run/docker.sock"_s));
    QVERIFY(put(u"/home/ann/app.log"_s));
    QVERIFY(put(u"/proc/self/mountinfo"_s,
                "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
                "40 30 8:1 /tmp/systemd-private-0f-vigie.service-aB/tmp /tmp rw - ext4 /dev/sda1 rw\n"));
    const QStringList lines = linesToSeeMore(m_root.path(), [](const QString&) { return false; });
    QStringList settings;
    for (const QString& line : lines)
        settings.append(line.section(u' ', 0, 0));
    QCOMPARE(settings, (QStringList{u"SupplementaryGroups=systemd-journal"_s, u"SupplementaryGroups=adm"_s,
                                    u"SupplementaryGroups=docker"_s, u"ProtectHome=read-only"_s, u"PrivateTmp=no"_s}));
    // The unit's own comment names the same lines.
    QFile unit(QStringLiteral(VIGIE_SOURCE_DIR "/packaging/systemd/system.service.in"));
    QVERIFY(unit.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(unit.readAll());
    for (const QString& setting : settings)
        QVERIFY2(text.contains(setting.section(u'=', 1)), qPrintable(setting));
}

void TestServiceSight::whatCanBeReadNeedsNone()
{
    QVERIFY(put(u"/var/log/syslog"_s));
    QVERIFY(put(u"/proc/self/mountinfo"_s, "30 1 8:1 / /tmp rw - tmpfs tmpfs rw\n"));
    QCOMPARE(linesToSeeMore(m_root.path(), [](const QString&) { return true; }), QStringList());
}

VIGIE_TEST(TestServiceSight)
#include "tst_servicesight.moc"
