// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogEntry } from "vigie-client";
import type { Api, LogsPage, LogsQuery } from "./api.js";
import type { StoredCounts } from "./lograte.js";

/** Stands for all applications at once, in place of a name. */
export const allApps = "*";

const minEach = 100; // entries asked of each application

/** What a session asks of an application's log. */
export type LogsApi = Pick<Api, "logs" | "counts" | "stop">;

/** Where the next page of each application begins; null: at its end. */
type Places = { [appId: string]: Pick<LogsQuery, "cursor" | "before" | "to"> | null };

/** The place before what is held: before the oldest entry of each application or, where none is held, before the oldest of all. */
export function placeBefore(held: Iterable<LogEntry>, appIds: readonly string[]): string {
  const places: Places = {};
  let oldest: LogEntry | undefined;
  for (const entry of held) {
    oldest ??= entry;
    places[entry.appId] ??= { before: entry.id };
  }
  for (const appId of appIds) if (oldest) places[appId] ??= { to: oldest.timestamp };
  return JSON.stringify(places);
}

/** The newest entries of all pages, up to where one of them has more that was not asked for. Each keeps its own order. */
function merged(pages: { page: LogsPage; taken: number }[], limit: number): LogEntry[] {
  const logs: LogEntry[] = [];
  while (logs.length < limit) {
    let newest: (typeof pages)[number] | undefined;
    for (const one of pages) {
      const { page, taken } = one;
      if (taken >= page.logs.length) {
        if (page.cursor !== null) return logs;
        continue;
      }
      if (!newest || page.logs[taken]!.timestamp > newest.page.logs[newest.taken]!.timestamp) newest = one;
    }
    if (!newest) return logs;
    logs.push(newest.page.logs[newest.taken++]!);
  }
  return logs;
}

/** Reads several applications' stored entries as if they were one's, in the order of their times. */
export class LogsOfAll implements LogsApi {
  constructor(private readonly api: LogsApi, private readonly appIds: () => readonly string[]) {}

  stop(kind: string): void {
    for (const appId of this.appIds()) this.api.stop(`${kind} ${appId}`);
  }

  async logs(kind: string, _appId: string, { cursor, ...query }: LogsQuery): Promise<LogsPage> {
    const places = (cursor ? JSON.parse(cursor) : {}) as Places;
    const limit = query.limit ?? 100;
    const appIds = this.appIds();
    const each = Math.max(minEach, Math.ceil((2 * limit) / Math.max(1, appIds.length)));
    const pages = await Promise.all(appIds.filter((appId) => places[appId] !== null).map(async (appId) => {
      const place = places[appId] ?? {};
      const page = await this.api.logs(`${kind} ${appId}`, appId, { ...query, ...place, limit: Math.min(limit, each) });
      return { appId, place, page, taken: 0 };
    }));
    const logs = merged(pages, limit);
    const next: Places = {};
    for (const appId of appIds) if (places[appId] === null) next[appId] = null;
    for (const { appId, place, page, taken } of pages) {
      if (taken < page.logs.length) next[appId] = taken === 0 ? place : { before: page.logs[taken - 1]!.id };
      else next[appId] = page.cursor === null ? null : { cursor: page.cursor };
    }
    return { logs, cursor: Object.values(next).every((place) => place === null) ? null : JSON.stringify(next) };
  }

  async counts(_appId: string, fromMs: number, toMs: number, stepMs: number, kind = "bars"): Promise<StoredCounts> {
    const all = await Promise.all(this.appIds().map((appId) => this.api.counts(appId, fromMs, toMs, stepMs, `${kind} ${appId}`)));
    const sum: StoredCounts = { stepMs, times: [], levels: {} };
    for (const { times, levels } of all) {
      for (const [severity, counts] of Object.entries(levels) as [keyof typeof levels, number[]][]) {
        const list = (sum.levels[severity] ??= []);
        while (list.length < sum.times.length) list.push(0);
        list.push(...counts);
      }
      sum.times.push(...times);
    }
    return sum;
  }
}
