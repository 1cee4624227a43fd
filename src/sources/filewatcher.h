// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

class QSocketNotifier;

namespace vigie {

/// Tells when folders and files change, by inotify(7): costs nothing while they do not. Lives on one thread.
class FileWatcher : public QObject
{
    Q_OBJECT

public:
    explicit FileWatcher(QObject* parent = nullptr);
    ~FileWatcher() override;

    /// Of what is watched; a file that is watched by two names has one number. -1: it cannot be, as the system's watches have run
    /// out, or its file system tells nothing of what others write: it has to be looked at from time to time.
    int watchFolder(const std::string& path);
    int watchFile(int descriptor);
    void stopWatching(int number);

Q_SIGNALS:
    /// Something of this name is new in the folder, has gone, or may be allowed now. Empty: the folder itself has gone.
    void folderChanged(int number, const std::string& name);
    void fileChanged(int number);
    /// Whoever wrote to it has closed it; it may not be the last.
    void fileClosed(int number);
    /// It has another name, or none.
    void fileRenamed(int number);
    /// The system has told less than there was: look at all.
    void muchWasMissed();

private:
    void readEvents();
    int watch(const char* path, unsigned mask);

    int m_inotify = -1;
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace vigie
