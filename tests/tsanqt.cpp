// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into vigie and the tests under the thread sanitizer only. Debian builds Qt without it, so that the sanitizer sees
// no order between a signal sent on one thread and the slot that runs on another. These hooks tell it: all
// that was done before any signal begins or ends comes before all that is done in any later event.
//
// Qt copies a signal's arguments into the event between the two, so that a thread which is already awake can
// run the event before its sender has come to the second. It is made to wait for the sender's next hook. So is one that
// takes the receiver down, and with it the events that have not been run.
#include <QtCore/qcoreevent.h>
#include <QtCore/qglobal.h>
#include <QtCore/qobject.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <sanitizer/tsan_interface.h>
#include <unistd.h>

// As in Qt's private header qobject_p.h, which need not be installed.
struct QSignalSpyCallbackSet
{
    void (*signalBegin)(QObject* sender, int signal, void** arguments) = nullptr;
    void (*slotBegin)(QObject* receiver, int slot, void** arguments) = nullptr;
    void (*signalEnd)(QObject* sender, int signal) = nullptr;
    void (*slotEnd)(QObject* receiver, int slot) = nullptr;
};
Q_CORE_EXPORT void qt_register_signal_spy_callbacks(QSignalSpyCallbackSet* callbacks);

// As in Qt's private header qhooks_p.h: what it calls at the end of ~QObject, before it drops the object's events.
constexpr int hookOfRemovedObject = 4;
extern Q_CORE_EXPORT quintptr qtHookData[];

// The sanitizer's own, which has no header for them.
extern "C" void AnnotateIgnoreReadsBegin(const char* file, int line);
extern "C" void AnnotateIgnoreReadsEnd(const char* file, int line);

namespace {

/// What one thread is sending.
struct Sender
{
    std::atomic<int> depth = 0;
    std::atomic<unsigned> hooks = 0;
    std::atomic<unsigned> inVain = ~0u; // that count, for which somebody has waited too long: once is enough
};

constexpr int maxThreads = 256;
constexpr int waitStepUs = 20;
constexpr int maxWaitSteps = 100'000; // for a sender that itself waits for this thread; slots have taken 14'000

char order;
std::array<Sender, maxThreads> senders;
std::atomic<int> senderCount = 0;

Sender& thisSender()
{
    thread_local Sender& sender = senders[senderCount++ % maxThreads];
    return sender;
}

void note(int depthChange)
{
    Sender& sender = thisSender();
    __tsan_release(&order);
    sender.depth += depthChange;
    ++sender.hooks;
}

/// Of an event whose sender may still be at it: what tells which events are to be waited for is itself not ordered yet.
QEvent::Type typeOf(const QEvent* event)
{
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    const QEvent::Type type = event->type();
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
    return type;
}

void awaitSenders()
{
    const Sender& own = thisSender();
    const int count = std::min<int>(senderCount, maxThreads);
    for (int i = 0; i < count; ++i) {
        Sender& sender = senders[i];
        const unsigned seen = sender.hooks;
        int step = 0;
        while (&sender != &own && sender.depth > 0 && sender.hooks == seen && sender.inVain != seen) {
            usleep(waitStepUs);
            if (++step == maxWaitSteps)
                sender.inVain = seen;
        }
    }
    __tsan_acquire(&order);
}

QSignalSpyCallbackSet callbacks{
    .signalBegin = [](QObject*, int, void**) { note(1); },
    .signalEnd = [](QObject*, int) { note(-1); },
};

const bool isHooked = [] {
    qt_register_signal_spy_callbacks(&callbacks);
    QInternal::registerCallback(QInternal::EventNotifyCallback, [](void** arguments) {
        if (typeOf(static_cast<QEvent*>(arguments[1])) == QEvent::MetaCall)
            awaitSenders();
        else
            __tsan_acquire(&order);
        return false;
    });
    qtHookData[hookOfRemovedObject] = reinterpret_cast<quintptr>(+[](QObject*) { awaitSenders(); });
    return true;
}();

} // namespace
