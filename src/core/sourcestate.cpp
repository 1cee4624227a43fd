// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcestate.h"

namespace vigie {

const char* nameOf(SourceKind kind)
{
    switch (kind) {
    case SourceKind::WebSocket:
        return "websocket";
    case SourceKind::Http:
        return "http";
    case SourceKind::Otlp:
        return "otlp";
    case SourceKind::Upload:
        return "upload";
    case SourceKind::File:
        return "file";
    case SourceKind::Journal:
        return "journal";
    case SourceKind::Container:
        return "container";
    }
    return "";
}

const char* nameOf(SourceStatus status)
{
    switch (status) {
    case SourceStatus::Waiting:
        return "waiting";
    case SourceStatus::Reading:
        return "reading";
    case SourceStatus::Following:
        return "following";
    case SourceStatus::Failing:
        return "failing";
    case SourceStatus::Ended:
        return "ended";
    }
    return "";
}

const char* nameOf(SourceNote::Kind kind)
{
    switch (kind) {
    case SourceNote::Kind::Refused:
        return "refused";
    case SourceNote::Kind::Dropped:
        return "dropped";
    case SourceNote::Kind::Guessed:
        return "guessed";
    }
    return "";
}

} // namespace vigie
