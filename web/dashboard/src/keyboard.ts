// SPDX-License-Identifier: GPL-3.0-or-later

/** What a key does, by its name; one that returns false leaves the key to the browser. */
export type Keys = { [key: string]: () => void | boolean };

/** Lets the page be used by keys, save while something is written or chosen. */
export function listenToKeys(keys: Keys, isSignedIn: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (!isSignedIn() || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    const writes = target.matches("input, textarea, select");
    if (writes && event.key !== "Escape") return;
    // A button takes space and Enter for itself.
    if ((event.key === " " || event.key === "Enter") && target.matches("button, summary, a, [role=dialog] *")) return;
    const action = keys[event.key];
    if (action && action() !== false) event.preventDefault();
  });
}
