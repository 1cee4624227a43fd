// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into vigie under the thread sanitizer only. Debian builds Qt without it, so that the sanitizer sees
// no order between a signal sent on one thread and the slot that runs on another. These hooks tell it: all
// that was done before any signal comes before all that is done in any later event.
#include <QtCore/qglobal.h>
#include <QtCore/qobject.h>
#include <sanitizer/tsan_interface.h>

// As in Qt's private header qobject_p.h, which need not be installed.
struct QSignalSpyCallbackSet
{
    void (*signalBegin)(QObject* sender, int signal, void** arguments) = nullptr;
    void (*slotBegin)(QObject* receiver, int slot, void** arguments) = nullptr;
    void (*signalEnd)(QObject* sender, int signal) = nullptr;
    void (*slotEnd)(QObject* receiver, int slot) = nullptr;
};
Q_CORE_EXPORT void qt_register_signal_spy_callbacks(QSignalSpyCallbackSet* callbacks);

namespace {

char order;

QSignalSpyCallbackSet callbacks{[](QObject*, int, void**) { __tsan_release(&order); }};

const bool isHooked = [] {
    qt_register_signal_spy_callbacks(&callbacks);
    QInternal::registerCallback(QInternal::EventNotifyCallback, [](void**) {
        __tsan_acquire(&order);
        return false;
    });
    return true;
}();

} // namespace
