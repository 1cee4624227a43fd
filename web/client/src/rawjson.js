// SPDX-License-Identifier: GPL-3.0-or-later
// Reads JSON as JSON.parse does, and keeps what that loses of log entries' metadata.
const container = /["[\]{}]/g;
const scalarEnd = /[,\]}\s]/g;
function find(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? text.length;
}
function skipSpace(text, at) {
    while (at < text.length && " \t\n\r".includes(text[at]))
        ++at;
    return at;
}
/** Behind the string that begins at `at`. */
function skipString(text, at) {
    for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
        let escapes = 0;
        while (text[end - 1 - escapes] === "\\")
            ++escapes;
        if (escapes % 2 === 0)
            return end + 1;
    }
    return text.length;
}
/** Behind the value that begins at `at`. */
function skipValue(text, at) {
    if (text[at] === '"')
        return skipString(text, at);
    if (text[at] !== "{" && text[at] !== "[")
        return find(scalarEnd, text, at);
    let depth = 0;
    while (at < text.length) {
        at = find(container, text, at);
        const sign = text[at];
        if (sign === '"') {
            at = skipString(text, at);
            continue;
        }
        ++at;
        depth += sign === "{" || sign === "[" ? 1 : -1;
        if (depth === 0)
            break;
    }
    return at;
}
/** Calls `visit` with where each item of the list, or each member's value of the object, at `at` begins; gives where it ends. */
function walk(text, at, visit) {
    const isObject = text[at] === "{";
    at = skipSpace(text, at + 1);
    while (at < text.length && text[at] !== "}" && text[at] !== "]") {
        let name = "";
        if (isObject) {
            const end = skipString(text, at);
            name = text.slice(at + 1, end - 1);
            at = skipSpace(text, skipSpace(text, end) + 1); // the colon
        }
        at = skipSpace(text, visit(at, name));
        if (text[at] === ",")
            at = skipSpace(text, at + 1);
    }
    return at + 1;
}
/** The texts of `metadata` of the entries of the list at `at`, in order; gives where the list ends. */
function readEntries(text, at, found) {
    return walk(text, at, (from) => {
        if (text[from] !== "{")
            return skipValue(text, from);
        let metadata;
        const end = walk(text, from, (value, name) => {
            const valueEnd = skipValue(text, value);
            if (name === "metadata")
                metadata = text.slice(value, valueEnd);
            return valueEnd;
        });
        found.push(metadata);
        return end;
    });
}
/** `value`'s list of entries, as Vigie's messages and answers have it: payload, payload.logs or logs. */
function entriesOf(value) {
    for (let depth = 0; depth < 3 && typeof value === "object" && value !== null; ++depth) {
        if (Array.isArray(value))
            return value.every((entry) => typeof entry === "object" && entry !== null) ? value : undefined;
        const { payload, logs } = value;
        value = payload ?? logs;
    }
    return undefined;
}
/**
 * What JSON.parse() makes of a message or an answer of Vigie's. Log entries in it have `metadataText` besides, which is
 * not enumerable: their metadata as its producer wrote it. Throws a SyntaxError.
 */
export function parseExactly(text) {
    const value = JSON.parse(text);
    const entries = text.includes('"metadata"') ? entriesOf(value) : undefined;
    if (!entries)
        return value;
    let texts = [];
    const look = (from, name) => {
        if (name !== "payload" && name !== "logs")
            return skipValue(text, from);
        if (text[from] === "{")
            return walk(text, from, look);
        if (text[from] !== "[")
            return skipValue(text, from);
        texts = []; // of a name that is there twice the last one counts
        return readEntries(text, from, texts);
    };
    walk(text, skipSpace(text, 0), look);
    entries.forEach((entry, i) => {
        if (texts[i] !== undefined && texts.length === entries.length)
            Object.defineProperty(entry, "metadataText", { value: texts[i] });
    });
    return value;
}
//# sourceMappingURL=rawjson.js.map