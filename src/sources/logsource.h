// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcesettings.h"

#include <QObject>

namespace vigie {

/// A road by which Vigie gets entries by itself: files, the journal, containers. It lives on the sources' thread, which it may
/// block for some milliseconds at a time, and costs nothing while nothing is to be read. It ends by its destructor.
class LogSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What its owner wants read, from now on. Called first of all, and with each change of any of the settings.
    virtual void apply(const SourceSettings& settings) = 0;
};

} // namespace vigie
