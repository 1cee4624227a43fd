// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogPanel } from "./logpanel.js";
import type { Session } from "./session.js";
import type { Timeline } from "./timeline.js";

const settleMs = 250; // of a stretch that is being moved, before its entries are asked for

/** Keeps the log where the timeline is: with the newest entries, in a past stretch, or at the pinned moment. */
export class LogTime {
  #shown: { fromMs: number; toMs: number; momentMs: number | undefined } | undefined; // none: the live entries
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly timeline: Timeline, private readonly logs: LogPanel, private readonly session: () => Session | undefined) {
    timeline.onChange(() => this.follow());
  }

  /** Another session: its entries are not shown yet. */
  restart(): void {
    this.#leave();
    this.follow();
  }

  /** Goes where the timeline is. */
  follow(): void {
    const { timeline, logs } = this;
    const { fromMs, toMs, isLive } = timeline.view;
    const { momentMs, isPaused } = timeline;
    logs.setLive(isLive);
    // What was paused stays as it is, until it is moved.
    if (isLive || (isPaused && momentMs === undefined && !this.#shown)) {
      if (this.#shown) this.#leave();
      return;
    }
    if (this.#shown?.fromMs === fromMs && this.#shown.toMs === toMs && this.#shown.momentMs === momentMs) return;
    const isOtherMoment = this.#shown?.momentMs !== momentMs;
    this.#shown = { fromMs, toMs, momentMs };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), isOtherMoment ? 0 : settleMs);
  }

  #show(): void {
    if (!this.#shown) return;
    const { momentMs, ...stretch } = this.#shown;
    void this.session()?.show(stretch, momentMs);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#shown = undefined;
    this.logs.leaveStretch();
    this.session()?.leaveStretch();
  }
}
