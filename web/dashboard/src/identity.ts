// SPDX-License-Identifier: GPL-3.0-or-later

/** The reader, and the application whose log they want. */
export interface Identity {
  appId: string;
  userId: string;
  token: string | undefined;
}

const stored = "vigie.identity";

/**
 * Takes the identity from a link: from its fragment, which never leaves the browser, or its query. `left`: what the address bar is
 * to say from now on, at once: neither a token nor the reader's name.
 */
export function takeFromAddress(location: Location, history: History, left: string): Partial<Identity> {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const first = (...names: [URLSearchParams, string][]): string | undefined => {
    for (const [from, name] of names) {
      const value = from.get(name);
      if (value) return value;
    }
    return undefined;
  };
  const appId = first([fragment, "app"], [fragment, "appId"], [query, "appId"]);
  const userId = first([fragment, "user"], [fragment, "userId"], [query, "userId"]);
  const token = first([fragment, "token"]);
  if (location.hash || location.search) history.replaceState(null, "", location.pathname + left);
  return { ...(appId ? { appId } : {}), ...(userId ? { userId } : {}), ...(token ? { token } : {}) };
}

/** Remembers the identity in this tab, so that a reload stays signed in. */
export function remember(identity: Identity | undefined, storage: Storage): void {
  try {
    if (identity) storage.setItem(stored, JSON.stringify(identity));
    else storage.removeItem(stored);
  } catch {
    // The reader must sign in again after a reload.
  }
}

export function remembered(storage: Storage): Partial<Identity> {
  try {
    const said = JSON.parse(storage.getItem(stored) ?? "{}") as { [name: string]: unknown };
    const text = (name: string) => (typeof said[name] === "string" ? { [name]: said[name] as string } : {});
    return { ...text("appId"), ...text("userId"), ...text("token") };
  } catch {
    return {};
  }
}
