// SPDX-License-Identifier: GPL-3.0-or-later
// What goes over the wire, as docs/protocol.md has it.
import { parseExactly } from "./rawjson.js";
/** The text of a message to Vigie. */
export function encode(type, data, responseType) {
    return JSON.stringify({ type, data, ...(responseType ? { ws_sent_config: { response_type: responseType } } : {}) });
}
/** What a text from Vigie says; undefined if it is no message. Types that are not known come through as they are. */
export function decode(text) {
    if (typeof text !== "string")
        return undefined;
    try {
        const message = parseExactly(text);
        if (typeof message !== "object" || message === null)
            return undefined;
        const { type, payload } = message;
        return typeof type === "string" ? { type, payload } : undefined;
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=messages.js.map