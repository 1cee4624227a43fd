// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into vigie and the tests only under the thread sanitizer. Debian's Qt is built without the sanitizer, which therefore
// sees no happens-before relation between a signal sent on one thread and the slot that runs on another. These hooks add it:
// whatever precedes the start or end of any signal happens before any later event.
//
// A call that is posted, or given to a thread pool, is in order likewise, and so is what a thread did that was waited for: the
// functions of Qt for it are stood in for here.
//
// Qt copies a signal's arguments into the event between these two hooks, so a thread that is already awake could run the event
// before the sender reaches the second one. It waits for the sender's next hook, as does a thread that destroys the receiver
// together with its pending events.
#include <QtCore/qcoreevent.h>
#include <QtCore/qglobal.h>
#include <QtCore/qobject.h>
#include <QtCore/qthread.h>
#include <QtCore/qthreadpool.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <dlfcn.h>
#include <functional>
#include <sanitizer/tsan_interface.h>
#include <unistd.h>
#include <utility>

// Copied from Qt's private header qobject_p.h, which need not be installed.
struct QSignalSpyCallbackSet
{
    void (*signalBegin)(QObject* sender, int signal, void** arguments) = nullptr;
    void (*slotBegin)(QObject* receiver, int slot, void** arguments) = nullptr;
    void (*signalEnd)(QObject* sender, int signal) = nullptr;
    void (*slotEnd)(QObject* receiver, int slot) = nullptr;
};
Q_CORE_EXPORT void qt_register_signal_spy_callbacks(QSignalSpyCallbackSet* callbacks);

// From Qt's private header qhooks_p.h: the hook at the end of ~QObject, before the object's events are dropped.
constexpr int hookOfRemovedObject = 4;
extern Q_CORE_EXPORT quintptr qtHookData[];

// Functions of the sanitizer, which has no header for them.
extern "C" void AnnotateIgnoreReadsBegin(const char* file, int line);
extern "C" void AnnotateIgnoreReadsEnd(const char* file, int line);

namespace {

/// The signal that a thread is sending.
struct Sender
{
    std::atomic<int> depth = 0;
    std::atomic<unsigned> hooks = 0;
    std::atomic<unsigned> inVain = ~0u; // the count for which a wait has timed out: once is enough
};

constexpr int maxThreads = 256;
constexpr int waitStepUs = 20;
constexpr int maxWaitSteps = 100'000; // a sender may itself wait for this thread; slots have taken 14'000

char order;
std::array<Sender, maxThreads> senders;
std::atomic<int> senderCount = 0;

Sender& thisSender()
{
    thread_local Sender& sender = senders[senderCount++ % maxThreads];
    return sender;
}

/// Whether this is the thread on which Qt speaks HTTP: it waits, while it sends signals, for whoever gets them.
bool isQtsOwn()
{
    thread_local const bool isHttps = QThread::currentThread()->objectName().startsWith(QLatin1String("QNetworkAccessManager"));
    return isHttps;
}

void note(int depthChange)
{
    __tsan_release(&order);
    if (isQtsOwn())
        return;
    Sender& sender = thisSender();
    sender.depth += depthChange;
    ++sender.hooks;
}

/// The type of an event whose sender may still be running: the data that decides which events need a wait is itself not
/// synchronised yet.
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

/// Qt's own function of this name, which one of ours hides.
template <typename Function>
Function* qtsOwn(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

} // namespace

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot, Qt::ConnectionType type, void* answer)
{
    static const auto own = qtsOwn<bool(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    __tsan_release(&order); // the call is whole: nobody need wait for us
    return own(object, slot, type, answer);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static const auto own = qtsOwn<bool(QThread*, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    // The thread that is waited for shall not wait for us: what we send, we sent before.
    Sender& sender = thisSender();
    const int depth = sender.depth.exchange(0);
    ++sender.hooks;
    __tsan_release(&order);
    const bool hasEnded = own(this, deadline);
    __tsan_acquire(&order);
    sender.depth = depth;
    ++sender.hooks;
    return hasEnded;
}

void QThreadPool::start(std::function<void()> work, int priority)
{
    static const auto own = qtsOwn<void(QThreadPool*, std::function<void()>, int)>("_ZN11QThreadPool5startESt8functionIFvvEEi");
    std::function<void()> ordered = [work = std::move(work)] {
        __tsan_acquire(&order);
        work();
        __tsan_release(&order);
    };
    __tsan_release(&order);
    own(this, std::move(ordered), priority);
}
