// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/filefollower.h"
#include "testmain.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestFileFollower : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsReadAndFollowed();
    void theNewestAreHeld();
    void twoOfOneNameAreTwo();
    void aFileIsOpenOnce();
    void whatIsClosedCanBeOpenedAgain();
    void whatCannotBeReadIsSaid();
    void regularExpressionsFind();

private:
    QString file(const QString& name, const QByteArray& text, QIODevice::OpenMode mode = QIODevice::WriteOnly) const
    {
        QFile target(m_dir.filePath(name));
        if (!target.open(mode) || target.write(text) != text.size())
            qFatal("cannot write");
        return target.fileName();
    }
    static std::vector<std::string> all(FileFollower& follower, const std::string& appId, HistoryQuery query = {})
    {
        query.appId = appId;
        query.limit = 1'000'000;
        std::vector<std::string> messages;
        for (const LogEntryRef& entry : follower.query(query).entries)
            messages.emplace_back(entry.batch->message(entry.index));
        return messages;
    }

    QTemporaryDir m_dir;
};

void TestFileFollower::aFileIsReadAndFollowed()
{
    FileFollower follower;
    QSignalSpy grown(&follower, &FileFollower::grown);
    LogFileState state;
    connect(&follower, &FileFollower::stateChanged, this, [&state](const LogFileState& now) { state = now; });
    const QString path = file(u"a.log"_s, "one\ntwo\nthree\n");
    follower.open(path);
    QTRY_VERIFY_WITH_TIMEOUT(all(follower, "file:a.log").size() == 3, 30'000);
    QCOMPARE(state.appId, u"file:a.log"_s);
    QVERIFY(state.isRead && state.isFollowed);
    QCOMPARE(state.lines, 3u);
    file(u"a.log"_s, "four\n", QIODevice::Append);
    const auto hasFourth = [&grown] {
        return !grown.isEmpty() && grown.last().first().value<LogBatchPtr>()->message(0) == "four";
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasFourth(), 30'000);
    QCOMPARE(grown.last().first().value<LogBatchPtr>()->lastSequence(), 4u);
}

void TestFileFollower::theNewestAreHeld()
{
    QByteArray text;
    for (int i = 0; i < 150'000; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    FileFollower follower;
    LogFileState state;
    connect(&follower, &FileFollower::stateChanged, this, [&state](const LogFileState& now) { state = now; });
    follower.open(file(u"long.log"_s, text));
    QTRY_VERIFY_WITH_TIMEOUT(state.isRead && state.lines == 150'000, 30'000);
    const auto held = all(follower, "file:long.log");
    QVERIFY(held.size() >= 100'000 && held.size() < 105'000);
    QVERIFY(state.heldEntries >= 100'000 && state.heldEntries < 105'000);
}

void TestFileFollower::twoOfOneNameAreTwo()
{
    QVERIFY(QDir(m_dir.path()).mkpath(u"other"_s));
    FileFollower follower;
    follower.open(file(u"same.log"_s, "here\n"));
    follower.open(file(u"other/same.log"_s, "there\n"));
    QTRY_VERIFY_WITH_TIMEOUT(all(follower, "file:same.log (2)") == std::vector<std::string>{"there"}, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(all(follower, "file:same.log") == std::vector<std::string>{"here"}, 30'000);
    follower.close(u"file:same.log"_s);
    QVERIFY(all(follower, "file:same.log").empty());
}

void TestFileFollower::aFileIsOpenOnce()
{
    FileFollower follower;
    QSignalSpy told(&follower, &FileFollower::stateChanged);
    const QString path = file(u"once.log"_s, "x\n");
    follower.open(path);
    follower.open(path);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().first().value<LogFileState>().appId, u"file:once.log"_s);
    QSignalSpy opened(&follower, &FileFollower::opened);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 30'000);
    // Whatever name it is asked for by.
    const QString link = m_dir.filePath(u"link.log"_s);
    QVERIFY(QFile::link(path, link));
    for (const QString& name : {path, link, m_dir.path() + u"/./once.log"_s, QDir::current().relativeFilePath(path)})
        follower.open(name);
    QCOMPARE(opened.size(), 5);
    QCOMPARE(opened.last().first().toString(), u"file:once.log"_s);
}

void TestFileFollower::whatIsClosedCanBeOpenedAgain()
{
    FileFollower follower;
    QSignalSpy opened(&follower, &FileFollower::opened);
    QSignalSpy closed(&follower, &FileFollower::closed);
    const QString path = file(u"again.log"_s, "{\"msg\":\"one\"}\n{\"msg\":\"two\"}\n");
    for (int i = 0; i <= maxLogFiles; ++i) { // and leaves room
        follower.open(path);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), i + 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(all(follower, "file:again.log"), (std::vector<std::string>{"one", "two"}), 30'000);
        follower.close(u"file:again.log"_s);
        QVERIFY(all(follower, "file:again.log").empty());
        // What the window was told is gone is not what comes again.
        QCOMPARE(closed.last().last().toULongLong(), 2u * (unsigned(i) + 1));
    }
    follower.close(u"file:none"_s);
    QCOMPARE(closed.size(), maxLogFiles + 1);
}

void TestFileFollower::whatCannotBeReadIsSaid()
{
    FileFollower follower;
    QSignalSpy told(&follower, &FileFollower::stateChanged);
    follower.open(m_dir.filePath(u"none.log"_s));
    QCOMPARE(told.size(), 1);
    QVERIFY(told.first().first().value<LogFileState>().problem.contains(u"none.log"_s));
    for (int i = 0; i <= maxLogFiles; ++i)
        follower.open(file(u"%1.log"_s.arg(i), "x\n"));
    QVERIFY(told.last().first().value<LogFileState>().problem.contains(u"20"_s));
}

void TestFileFollower::regularExpressionsFind()
{
    FileFollower follower;
    follower.open(file(u"re.log"_s, "alpha 1\nbeta\nalpha 22\nalpha 333\n"));
    QTRY_VERIFY_WITH_TIMEOUT(all(follower, "file:re.log").size() == 4, 30'000);
    HistoryQuery query;
    query.regex = "alpha \\d{2,}$";
    QCOMPARE(all(follower, "file:re.log", query), (std::vector<std::string>{"alpha 22", "alpha 333"}));
    query.regex = "(";
    QVERIFY(all(follower, "file:re.log", query).empty());
    query.regex = "alpha";
    query.appId = "file:re.log";
    query.limit = 1;
    const HistoryPage page = follower.query(query);
    QCOMPARE(page.entries.size(), std::size_t(1));
    QCOMPARE(page.entries.front().batch->message(page.entries.front().index), std::string_view("alpha 333"));
}

VIGIE_TEST(TestFileFollower)
#include "tst_filefollower.moc"
