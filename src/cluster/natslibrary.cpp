// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/natslibrary.h"

#include <array>
#include <dlfcn.h>
#include <optional>
#include <type_traits>

namespace vigie {

namespace {

void* openLibrary()
{
    // Each minor version is a file of its own name: Debian 12 has 3.4, Debian 13 has 3.10.
    for (const char* const name : std::array{"libnats.so.3.10", "libnats.so.3.4"}) {
        if (void* const library = dlopen(name, RTLD_NOW | RTLD_LOCAL))
            return library;
    }
    return nullptr;
}

std::optional<NatsLibrary> load()
{
    void* const library = openLibrary();
    if (!library)
        return std::nullopt;
    NatsLibrary functions{};
    bool isWhole = true;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
        isWhole = isWhole && function;
    };
    find(functions.statusText, "natsStatus_GetText");
    find(functions.lastError, "nats_GetLastError");
    find(functions.createOptions, "natsOptions_Create");
    find(functions.destroyOptions, "natsOptions_Destroy");
    find(functions.setServers, "natsOptions_SetServers");
    find(functions.setName, "natsOptions_SetName");
    find(functions.setTimeout, "natsOptions_SetTimeout");
    find(functions.setSecure, "natsOptions_SetSecure");
    find(functions.loadAuthorities, "natsOptions_LoadCATrustedCertificates");
    find(functions.setCredentials, "natsOptions_SetUserCredentialsFromFiles");
    find(functions.setMaxReconnect, "natsOptions_SetMaxReconnect");
    find(functions.setReconnectWait, "natsOptions_SetReconnectWait");
    find(functions.setPingInterval, "natsOptions_SetPingInterval");
    find(functions.setMaxPingsOut, "natsOptions_SetMaxPingsOut");
    find(functions.setWriteDeadline, "natsOptions_SetWriteDeadline");
    find(functions.setClosed, "natsOptions_SetClosedCB");
    find(functions.setDisconnected, "natsOptions_SetDisconnectedCB");
    find(functions.setReconnected, "natsOptions_SetReconnectedCB");
    find(functions.setErrorHandler, "natsOptions_SetErrorHandler");
    find(functions.connect, "natsConnection_Connect");
    find(functions.destroyConnection, "natsConnection_Destroy");
    find(functions.maxPayload, "natsConnection_GetMaxPayload");
    find(functions.connectionError, "natsConnection_GetLastError");
    find(functions.publish, "natsConnection_PublishMsg");
    find(functions.createMessage, "natsMsg_Create");
    find(functions.destroyMessage, "natsMsg_Destroy");
    find(functions.setHeader, "natsMsgHeader_Set");
    find(functions.header, "natsMsgHeader_Get");
    find(functions.subject, "natsMsg_GetSubject");
    find(functions.reply, "natsMsg_GetReply");
    find(functions.data, "natsMsg_GetData");
    find(functions.dataLength, "natsMsg_GetDataLength");
    find(functions.subscribe, "natsConnection_Subscribe");
    find(functions.setPendingLimits, "natsSubscription_SetPendingLimits");
    find(functions.unsubscribe, "natsSubscription_Unsubscribe");
    find(functions.destroySubscription, "natsSubscription_Destroy");
    if (isWhole)
        return functions;
    dlclose(library);
    return std::nullopt;
}

} // namespace

const NatsLibrary* NatsLibrary::get()
{
    static const std::optional<NatsLibrary> library = load();
    return library ? &*library : nullptr;
}

} // namespace vigie
