// SPDX-License-Identifier: GPL-3.0-or-later
// The window's place in a program that is built without it (VIGIE_GUI=OFF): none is made, and none of this is called.

#include "app/windowassembly.h"

#include "app/fileassembly.h"
#include "storage/storehistory.h"

namespace vigie {

class LogFeed
{};
class MainWindow
{};

WindowAssembly::WindowAssembly(const Settings&, const QHash<QString, QString>&) {}
WindowAssembly::~WindowAssembly() = default;
void WindowAssembly::takeEntries(Hub*, Store*) {}
void WindowAssembly::takeSamples(Hub*, MetricRecorder*) {}
void WindowAssembly::takeHistory(StorageAssembly&) {}
void WindowAssembly::control(Server*, Hub*, AccessStore*) {}
void WindowAssembly::showSources(Intake*) {}
void WindowAssembly::showSourceSettings(const SourceSettings&, const QString&) {}
void WindowAssembly::show() {}
void WindowAssembly::present(const InstanceRequest&) {}
void WindowAssembly::close() {}
void WindowAssembly::openFiles(const QStringList&) {}
void WindowAssembly::showFile(const LogFileState&) {}

} // namespace vigie
