// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogFilter } from "./logfilter.js";
import type { Timeline } from "./timeline.js";
import { writeAddress, type ViewAddress } from "./viewaddress.js";

const settleMs = 300; // of a view that is being moved; browsers bound how often an address changes

/** Keeps the address bar at what the page shows, and shows what an address says. */
export class ViewKeeper {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = "";

  constructor(private readonly timeline: Timeline, private readonly filter: LogFilter, private readonly appId: () => string | undefined) {
    timeline.onChange(() => this.writeSoon());
  }

  /** The whole address of what is shown. */
  link(): string {
    return new URL(location.pathname + this.#fragment(), location.href).href;
  }

  writeSoon(): void {
    if (this.#timer !== undefined || this.#fragment() === this.#written) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#written = this.#fragment();
      if (this.appId() !== undefined) history.replaceState(null, "", location.pathname + this.#written);
    }, settleMs);
  }

  show({ time, atMs, levels, search, isRegex, fields }: ViewAddress): void {
    const { timeline } = this;
    timeline.toPresent();
    if (time && "rangeMs" in time) timeline.setRange(time.rangeMs);
    else if (time) timeline.showPast(time.fromMs, time.toMs);
    if (atMs !== undefined) timeline.pinInView(atMs);
    this.filter.set({ levels, search, isRegex, fields });
  }

  #fragment(): string {
    const { view: { fromMs, toMs, isLive }, momentMs } = this.timeline;
    const appId = this.appId();
    return writeAddress({
      ...(appId === undefined ? {} : { appId }), time: isLive ? { rangeMs: toMs - fromMs } : { fromMs, toMs },
      ...(momentMs === undefined ? {} : { atMs: momentMs }), ...this.filter.state,
    });
  }
}
