// SPDX-License-Identifier: GPL-3.0-or-later
// Vigie is killed after each of its commits in turn, and files are rotated while it is down: each line comes once all the same.
#include "hub/hub.h"
#include "hub/memoryhistory.h"
#include "intake/intake.h"
#include "patience.h"
#include "sources/filesource.h"
#include "testmain.h"
#include "watchedfolder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <numeric>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// What one commit stored: lines, a checkpoint, or both.
struct Commit
{
    QStringList lines;
    CheckpointPtr checkpoint;
};

/// The store as a kill leaves it.
struct Stored
{
    QStringList lines;
    std::map<std::string, std::string> places;

    void take(const Commit& commit)
    {
        lines += commit.lines;
        if (!commit.checkpoint)
            return;
        if (commit.checkpoint->place.empty())
            places.erase(commit.checkpoint->source);
        else
            places[commit.checkpoint->source] = commit.checkpoint->place;
    }
};

/// Vigie from its start on, as far as files are concerned.
class Run : public QObject
{
public:
    Run(const Stored& stored, const QString& pattern)
    {
        m_hub.setArchive(&m_archive);
        QObject::connect(&m_hub, &Hub::logsToStore, this, [this](const LogBatchPtr& batch) {
            Commit commit{{}, batch->checkpoint()};
            for (std::size_t i = 0; i < batch->size(); ++i)
                commit.lines.append(QString::fromStdString(std::string(batch->message(i))));
            m_commits.push_back(commit);
        });
        QObject::connect(&m_hub, &Hub::checkpointToStore, this, [this](const CheckpointPtr& checkpoint) {
            m_commits.push_back({{}, checkpoint});
        });
        StoredCatalog catalog;
        catalog.epoch = 1;
        for (const auto& [source, place] : stored.places)
            catalog.checkpoints.push_back({source, place});
        SourceSettings settings;
        settings.files = {{pattern, u"shop"_s, {}, {}, true}};
        m_source.apply(settings);
        m_hub.restore(catalog);
    }

    /// How many lines it has stored.
    qsizetype lines() const
    {
        return std::accumulate(m_commits.begin(), m_commits.end(), qsizetype(0),
                               [](qsizetype sum, const Commit& commit) { return sum + commit.lines.size(); });
    }
    const std::vector<Commit>& commits() const { return m_commits; }

private:
    MemoryHistory m_archive;
    Hub m_hub;
    std::vector<Commit> m_commits;
    Intake m_intake{m_hub};
    FileSource m_source{m_intake};
};

/// The folder with the log, and what is done there.
class Logs
{
public:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, int lines)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::Append));
        for (int i = 0; i < lines; ++i)
            file.write("line " + QByteArray::number(++m_last) + " of those that are written\n");
        file.close();
        QTest::qWait(8); // the times of files tell which is older
    }
    void rename(const QString& from, const QString& to) { std::filesystem::rename(path(from).toStdString(), path(to).toStdString()); }
    void copyAndTruncate(const QString& from, const QString& to)
    {
        QFile::remove(path(to));
        QVERIFY(QFile::copy(path(from), path(to)));
        QVERIFY(QFile::resize(path(from), 0));
        QTest::qWait(8);
    }
    void pack(const QString& from, const QString& to)
    {
        test::gzip(path(from), path(to));
        std::filesystem::last_write_time(path(to).toStdString(), std::filesystem::last_write_time(path(from).toStdString()));
        QVERIFY(QFile::remove(path(from)));
    }
    int last() const { return m_last; }

private:
    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>();
    int m_last = 0;
};

using Change = std::function<void(Logs&)>;

} // namespace

class TestFileKills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostOrDoubled_data();
    void nothingIsLostOrDoubled();
};

Q_DECLARE_METATYPE(Change)

void TestFileKills::nothingIsLostOrDoubled_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<Change>("first"); // while Vigie is down, and then it is killed
    QTest::addColumn<Change>("second"); // while it is down again

    const Change rotate = [](Logs& logs) {
        logs.write(u"a.log"_s, 3);
        if (QFile::exists(logs.path(u"a.log.2"_s)))
            logs.rename(u"a.log.2"_s, u"a.log.3"_s);
        if (QFile::exists(logs.path(u"a.log.1"_s)))
            logs.rename(u"a.log.1"_s, u"a.log.2"_s);
        logs.rename(u"a.log"_s, u"a.log.1"_s);
        logs.write(u"a.log.1"_s, 2); // whoever writes has not heard of it yet
        logs.write(u"a.log"_s, 3);
    };
    const Change rotateTwice = [rotate](Logs& logs) {
        rotate(logs);
        rotate(logs);
    };
    const Change rotateEmpty = [rotate](Logs& logs) {
        rotate(logs);
        logs.rename(u"a.log"_s, u"a.log.0"_s);
        logs.write(u"a.log"_s, 0);
    };
    const Change copy = [](Logs& logs) {
        logs.write(u"a.log"_s, 3);
        if (QFile::exists(logs.path(u"a.log.1"_s)))
            logs.rename(u"a.log.1"_s, u"a.log.2"_s);
        logs.copyAndTruncate(u"a.log"_s, u"a.log.1"_s);
        logs.write(u"a.log"_s, 3);
    };
    const Change copyToEmpty = [copy](Logs& logs) {
        copy(logs);
        logs.rename(u"a.log.1"_s, u"a.log.3"_s);
        logs.copyAndTruncate(u"a.log"_s, u"a.log.1"_s);
    };
    const Change pack = [rotate](Logs& logs) {
        if (QFile::exists(logs.path(u"a.log.2.gz"_s)))
            logs.rename(u"a.log.2.gz"_s, u"a.log.3.gz"_s);
        if (QFile::exists(logs.path(u"a.log.1"_s)))
            logs.pack(u"a.log.1"_s, u"a.log.2.gz"_s);
        rotate(logs);
    };
    const Change packAtOnce = [rotate](Logs& logs) {
        rotate(logs);
        logs.pack(u"a.log.1"_s, QFile::exists(logs.path(u"a.log.1.gz"_s)) ? u"a.log.0.gz"_s : u"a.log.1.gz"_s);
    };
    // What is new gets the number of what is gone, on most file systems.
    const Change reuseNumber = [](Logs& logs) {
        QVERIFY(QFile::remove(logs.path(u"a.log"_s)));
        logs.pack(u"a.log.0"_s, u"a.log.0.gz"_s);
        logs.pack(u"a.log.1"_s, u"a.log.1.gz"_s);
        logs.write(u"a.log"_s, 3);
    };
    const auto add = [](const char* name, const QString& pattern, const Change& first, const Change& second) {
        QTest::newRow(name) << pattern << first << second;
    };
    for (const QString& pattern : {u"a.log"_s, u"a.log*"_s}) {
        const auto named = [&pattern](const char* name) { return QByteArray(name) + (pattern.endsWith(u'*') ? ", all names" : ""); };
        add(named("rotated, rotated").constData(), pattern, rotate, rotate);
        add(named("rotated twice, rotated").constData(), pattern, rotateTwice, rotate);
        add(named("rotated and empty, rotated").constData(), pattern, rotateEmpty, rotate);
        add(named("copied, copied").constData(), pattern, copy, copy);
        add(named("copied and empty, copied").constData(), pattern, copyToEmpty, copy);
        add(named("packed later").constData(), pattern, pack, pack);
        add(named("numbers used again").constData(), pattern, rotateEmpty, reuseNumber);
        add(named("packed at once").constData(), pattern, packAtOnce, packAtOnce);
    }
}

void TestFileKills::nothingIsLostOrDoubled()
{
    QFETCH(QString, pattern);
    QFETCH(Change, first);
    QFETCH(Change, second);
    // One for each commit that it may be killed after, all at the same time.
    constexpr std::size_t kills = 14;
    std::vector<Logs> worlds(kills);
    std::vector<Stored> stored(kills);
    const auto run = [&](const std::function<std::size_t(std::size_t)>& commitsOf) {
        std::vector<std::unique_ptr<Run>> runs;
        for (std::size_t i = 0; i < kills; ++i)
            runs.push_back(std::make_unique<Run>(stored[i], worlds[i].path(pattern)));
        (void)QTest::qWaitFor(
            [&] {
                bool areThere = true;
                for (std::size_t i = 0; i < kills; ++i)
                    areThere = areThere && runs[i]->lines() + stored[i].lines.size() >= worlds[i].last();
                return areThere;
            },
            test::patienceMs / 3);
        QTest::qWait(200); // for what comes twice
        std::size_t most = 0;
        for (std::size_t i = 0; i < kills; ++i) {
            const std::vector<Commit>& commits = runs[i]->commits();
            std::for_each_n(commits.begin(), std::min(commits.size(), commitsOf(i)), [&](const Commit& commit) { stored[i].take(commit); });
            most = std::max(most, commits.size());
        }
        return most;
    };
    const auto all = [](std::size_t) { return SIZE_MAX; };
    for (Logs& logs : worlds)
        logs.write(u"a.log"_s, 4);
    run(all);
    std::ranges::for_each(worlds, first);
    QCOMPARE_LT(run([](std::size_t i) { return i; }), kills);
    std::ranges::for_each(worlds, second);
    run(all);
    for (std::size_t i = 0; i < kills; ++i) {
        QStringList& lines = stored[i].lines;
        QStringList missing;
        for (int number = 1; number <= worlds[i].last(); ++number) {
            if (const QString line = u"line %1 of those that are written"_s.arg(number); !lines.removeOne(line))
                missing.append(line);
        }
        if (!missing.isEmpty() || !lines.isEmpty())
            QFAIL(qPrintable(u"killed after %1 commits, missing:\n%2\ntwice:\n%3"_s.arg(i).arg(missing.join(u'\n'), lines.join(u'\n'))));
    }
}

VIGIE_TEST(TestFileKills)
#include "tst_filekills.moc"
