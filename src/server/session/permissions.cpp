// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/permissions.h"

#include <variant>

namespace vigie {

namespace {

struct RequiredBy
{
    using Required = RequiredPermission;

    Required operator()(const AuthRequest&) const { return {}; }
    Required operator()(const AccessRequest&) const { return {}; }
    Required operator()(const StatusRequest&) const { return {}; }
    Required operator()(const LogsRequest&) const { return {Permission::Write, "logs"}; }
    Required operator()(const AppMetricsRequest&) const { return {Permission::Write, "send_metrics"}; }
    Required operator()(const ClearRequest&) const { return {Permission::Operate, "clear"}; }
    Required operator()(const CommandRequest&) const { return {Permission::Operate, "command"}; }
    Required operator()(const FilterRequest&) const { return {Permission::Read, "filter"}; }
    Required operator()(const MetricsRequest&) const { return {Permission::Read, "request_metrics"}; }
    Required operator()(const LastActionsRequest&) const { return {Permission::Read, "get_last_actions"}; }
    Required operator()(const HistoryRequest& history) const
    {
        return {Permission::Read, history.reply == HistoryRequest::Reply::Logs ? "request_history" : "history"};
    }
    /// Everybody may ask for less.
    Required operator()(const SubscribeRequest& subscribe) const
    {
        if (subscribe.logs.value_or(false) || subscribe.detail.value_or(false))
            return {Permission::Read, "subscribe"};
        return {};
    }
};

} // namespace

RequiredPermission requiredPermission(const ClientMessage& message)
{
    return std::visit(RequiredBy(), message);
}

std::string forbiddenText(const Admission& admission, Permission required)
{
    const char* const what = required == Permission::Read ? "read" : required == Permission::Write ? "send" : "clear or command";
    return "the role " + std::string(admission.roleText()) + " may not " + what;
}

} // namespace vigie
