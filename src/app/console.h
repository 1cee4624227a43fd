// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/activity.h"
#include "core/busstate.h"
#include "core/storedcatalog.h"

#include <QCoreApplication>
#include <QString>
#include <utility>

namespace vigie {

/// What the running program says on its standard output (where it is) and error (what is wrong), in the person's language.
/// Main thread.
class Console
{
    Q_DECLARE_TR_FUNCTIONS(vigie::Application)

public:
    /// `note` stands before the address; may be empty.
    explicit Console(QString note) : m_note(std::move(note)) {}

    /// "vigie: …" on the standard error. Any thread.
    static void complain(const QString& problem);

    /// Where the server is, each time that this changes, or why it is nowhere.
    void showListenState(const ListenState& state);
    static void showStoreState(const StoreState& state);
    /// Whether this machine is on its bus, each time that this changes.
    void showBusState(const BusState& state);
    static void showAccessState(const AccessState& state);

private:
    QString m_note;
    ListenState m_printed;
    BusState m_printedBus;
};

} // namespace vigie
