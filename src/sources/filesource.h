// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/filereading.h"
#include "sources/filesearch.h"
#include "sources/filewatcher.h"
#include "sources/filework.h"
#include "sources/logsource.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

class QTimer;

namespace vigie {

class Intake;

/// Log files that are watched by patterns: read on as they grow, across their rotation and every end of the program, each line
/// once. A file is known by its inode and by what is in it, not by its name.
class FileSource : public LogSource
{
    Q_OBJECT

public:
    /// `intake` must outlive it.
    explicit FileSource(Intake& intake, QObject* parent = nullptr);
    ~FileSource() override;

    void apply(const SourceSettings& settings) override;

private:
    using GroupPtr = std::shared_ptr<FileGroup>;
    struct Match
    {
        std::string path;
        GroupPtr group;
        NamedFile file;
    };
    using Matches = std::map<FileKey, Match>;

    // What is wanted.
    GroupPtr makeGroup(const WatchedFiles& wanted);
    void endGroup(const GroupPtr& group);
    void takeBack(const GroupPtr& group);
    void restore(const std::vector<Checkpoint>& checkpoints);
    GroupPtr groupOf(const std::string& path) const;

    // What is there.
    void scanSoon();
    void scan();
    Matches match();
    void forgetGone(const Matches& matches);
    bool isFinished(const NamedFile& file);
    void watchFolders(std::set<std::string> folders);
    void followNames(const Matches& matches, std::int64_t nowMs);
    FileReadingPtr adopt(const FileKey& key, const Match& match);
    static void follow(const FileReadingPtr& reading, const FileReadingPtr& before, bool waitsForClose);
    void tellPlace(const FileReadingPtr& reading);
    bool adoptPacked(OpenedFile& file, const Match& match);
    FileReadingPtr read(OpenedFile file, FilePlace place, const GroupPtr& group, const std::string& shownPath);
    FilePlace newPlace(const OpenedFile& file, const Match& match) const;
    void establish(const GroupPtr& group);
    void findOrphans(const Matches& matches);
    FileReadingPtr findOrphan(const FileKey& key, const FilePlace& place);
    FileReadingPtr readElsewhere(OpenedFile file, const std::string& path, const FilePlace& place, const GroupPtr& group);
    void readBetween(const FileReadingPtr& first, const std::string& path);
    struct Since // since the epoch, inclusive
    {
        std::int64_t modifiedMs;
        std::int64_t bornMs; ///< where the file system tells it
    };
    FileReadingPtr readRotated(const GroupPtr& group, const std::string& path, const Since& since, FileReadingPtr before);
    bool isOfKnown(const OpenedFile& file, const std::string& path) const;

    // What becomes of it.
    void lookForCopy(const FileReadingPtr& reading);
    void lookForUnseen(const FileReadingPtr& reading);
    void settleCopy(const FileReadingPtr& reading);
    void takeTruncated(const FileReadingPtr& reading);
    void takeEnded(const FileReadingPtr& reading);
    bool needsOlder(const std::string& path) const;
    void forgetEnded(const std::string& path, FileGroup& group);
    bool isEnded(const FileKey& key, const FilePlace& place) const;
    void drop(const FileReadingPtr& reading);
    void wakeFollowers(const FileReadingPtr& reading);
    void storePlace(const FileReadingPtr& reading);
    void forgetPlace(const FileKey& key, FileGroup& group);
    void pollIfNeeded();

    std::shared_ptr<SourceAccount> accountOf(const std::string& path, const FileGroup& group);
    void fail(const std::string& path, const FileGroup& group, const QString& why);

    Intake& m_intake;
    FileWork m_work;
    FileWatcher m_watcher;
    std::vector<GroupPtr> m_groups;
    std::map<FileKey, FileReadingPtr> m_readings;
    std::unordered_map<int, std::weak_ptr<FileReading>> m_byWatch;
    std::map<std::string, int> m_folders; // watched ones, and their numbers; -1: they cannot be watched
    std::unordered_map<int, std::string> m_folderOf;
    std::map<FileKey, FilePlace> m_places; // of all files that are known
    std::vector<FileKey> m_nowhere; // those of them that no name led to when it was looked
    std::set<std::string> m_established; // checkpoints of patterns
    std::map<std::string, std::weak_ptr<FileReading>> m_left; // which files had a name before it was taken from them
    std::vector<FileReadingPtr> m_adopted; // in this scan: their places are told when those of older files are
    std::vector<FileReadingPtr> m_found; // orphans, since the scan began
    SearchPatience m_patience; // of this scan
    std::map<std::string, std::vector<FileKey>> m_ended; // by path: files that are read, until one that came after has its place
    std::map<FileKey, NamedFile> m_finished; // packed files that were read, as they were then
    std::map<FileKey, std::int64_t> m_ignored; // packed files of the past that are not wanted, and when they changed
    std::map<std::string, std::weak_ptr<SourceAccount>> m_accounts; // by path
    std::map<std::string, std::shared_ptr<SourceAccount>> m_failing; // by path
    QTimer* m_scanTimer;
    QTimer* m_pollTimer;
    std::chrono::milliseconds m_lastScan{0};
    bool m_isRestored = false;
};

} // namespace vigie
