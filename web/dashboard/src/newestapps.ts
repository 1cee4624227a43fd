// SPDX-License-Identifier: GPL-3.0-or-later
import type { Api } from "./api.js";

const atOnce = 6; // questions
const maxAsked = 500; // of more applications, only the first ones are looked at

/** All applications or, of more than `max`, those with the newest entries; sorted by name. */
export async function newestApps(api: Pick<Api, "logs">, appIds: readonly string[], max: number): Promise<string[]> {
  if (appIds.length <= max) return [...appIds];
  const found: { appId: string; timeMs: number }[] = [];
  const waiting = appIds.slice(0, maxAsked);
  const ask = async (): Promise<void> => {
    for (let appId = waiting.shift(); appId !== undefined; appId = waiting.shift()) {
      const page = await api.logs(`newest ${appId}`, appId, { limit: 1 }).catch(() => undefined);
      found.push({ appId, timeMs: page?.logs[0]?.timestamp ?? -Infinity });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return found.sort((a, b) => b.timeMs - a.timeMs || (a.appId < b.appId ? -1 : 1)).slice(0, max).map(({ appId }) => appId).sort();
}
