// SPDX-License-Identifier: GPL-3.0-or-later

/** Actions by key name; with Shift, function keys have "Shift+" before it. An action that returns false leaves the key to the browser. */
export type Keys = { [key: string]: () => void | boolean };

/** Handles keyboard shortcuts, except while the reader is typing or choosing. */
export function listenToKeys(keys: Keys, isSignedIn: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (!isSignedIn() || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    const writes = target.matches("input, textarea, select");
    const isFunctionKey = /^F\d+$/.test(event.key);
    if (writes && event.key !== "Escape" && !isFunctionKey) return;
    // Buttons handle space and Enter themselves.
    if ((event.key === " " || event.key === "Enter") && target.matches("button, summary, a, [role=dialog] *")) return;
    const action = keys[isFunctionKey && event.shiftKey ? `Shift+${event.key}` : event.key];
    if (action && action() !== false) event.preventDefault();
  });
}
