// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

struct __natsConnection;
struct __natsMsg;
struct __natsOptions;
struct __natsSubscription;

namespace vigie {

/// What is used of libnats, where it is there: it is opened at run time, as Vigie needs it only on a bus. Names, types and meanings
/// are those of its header nats.h (3.4 to 3.10); of its types only opaque ones are used, so one build goes with all of these. Any thread.
struct NatsLibrary
{
    using Connection = __natsConnection;
    using Message = __natsMsg;
    using Options = __natsOptions;
    using Subscription = __natsSubscription;
    using Status = int;
    using ConnectionHandler = void (*)(Connection*, void* closure);
    using MessageHandler = void (*)(Connection*, Subscription*, Message*, void* closure);
    using ErrorHandler = void (*)(Connection*, Subscription*, Status, void* closure);

    static constexpr Status ok = 0; ///< NATS_OK

    const char* (*statusText)(Status);
    const char* (*lastError)(Status*);

    Status (*createOptions)(Options**);
    void (*destroyOptions)(Options*);
    Status (*setServers)(Options*, const char** servers, int count);
    Status (*setName)(Options*, const char*);
    Status (*setTimeout)(Options*, std::int64_t ms);
    Status (*setSecure)(Options*, bool);
    Status (*loadAuthorities)(Options*, const char* file);
    Status (*setCredentials)(Options*, const char* file, const char* seedFile);
    Status (*setMaxReconnect)(Options*, int);
    Status (*setReconnectWait)(Options*, std::int64_t ms);
    Status (*setPingInterval)(Options*, std::int64_t ms);
    Status (*setMaxPingsOut)(Options*, int);
    Status (*setWriteDeadline)(Options*, std::int64_t ms);
    Status (*setClosed)(Options*, ConnectionHandler, void* closure);
    Status (*setDisconnected)(Options*, ConnectionHandler, void* closure);
    Status (*setReconnected)(Options*, ConnectionHandler, void* closure);
    Status (*setErrorHandler)(Options*, ErrorHandler, void* closure);

    Status (*connect)(Connection**, Options*);
    void (*destroyConnection)(Connection*);
    std::int64_t (*maxPayload)(Connection*);
    Status (*connectionError)(Connection*, const char** text);
    Status (*publish)(Connection*, Message*);

    Status (*createMessage)(Message**, const char* subject, const char* reply, const char* data, int length);
    void (*destroyMessage)(Message*);
    Status (*setHeader)(Message*, const char* key, const char* value);
    Status (*header)(Message*, const char* key, const char** value);
    const char* (*subject)(const Message*);
    const char* (*reply)(const Message*);
    const char* (*data)(const Message*);
    int (*dataLength)(const Message*);

    Status (*subscribe)(Subscription**, Connection*, const char* subject, MessageHandler, void* closure);
    Status (*setPendingLimits)(Subscription*, int messages, int bytes);
    Status (*unsubscribe)(Subscription*);
    void (*destroySubscription)(Subscription*);

    /// Null: it is not there, or of no version that is understood. It is opened by the first call.
    static const NatsLibrary* get();
};

} // namespace vigie
