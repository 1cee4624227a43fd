// SPDX-License-Identifier: GPL-3.0-or-later
import type { Metrics, MetricsDetail } from "vigie-client";
import type { Api, RequestFailed } from "./api.js";
import { axisEnds, axisMarks } from "./axistexts.js";
import type { Chart, Mark, Shared } from "./chart.js";
import { element } from "./dom.js";
import { failureOf } from "./failure.js";
import type { Format } from "./format.js";
import { Retry } from "./retry.js";
import type { ChartLook, Line } from "./plotlook.js";
import { RecentFigures, type Figures } from "./series.js";
import type { Settings } from "./settings.js";
import type { Texts } from "./texts.js";
import type { Colours } from "./theme.js";
import type { Timeline, View } from "./timeline.js";

const hourMs = 3_600_000;
const small = "(max-width: 760px), (max-height: 540px)"; // as in phone.css: charts are folded
const quickestAskMs = 2_000;

/** The charts of the machine: from live metrics or, for earlier times, from Vigie's store. */
export class MetricsView {
  readonly root = element("div", { className: "charts" });
  readonly #recent = new RecentFigures();
  readonly #perCore = element("button", { className: "toggle small" });
  #made: { cpu: Chart; memory: Chart; disk: Chart; network: Chart } | undefined; // once what draws them is loaded
  #colours: Colours | undefined;
  #format: Format | undefined;
  #texts: Texts | undefined;
  #cores: string[] = [];
  #memoryTotal = 0;
  #detail: MetricsDetail | undefined; // the newest
  #space: Metrics["disk"] | undefined;
  #stored: Figures | undefined;
  #storedView: View | undefined;
  #askedMs = -Infinity; // monotonic
  #isAsking = false;
  #api: Api | undefined;
  readonly #small = matchMedia(small);
  #mustFill = false; // stored metrics may be missing here
  readonly #failures = new Map<"recent" | "long ago", RequestFailed>();
  readonly #fillAgain = new Retry(() => void this.#fill());
  readonly #askAgain = new Retry(() => this.draw());

  /** The failure to load stored metrics changed. */
  onFailure: () => void = () => {};

  private readonly timeline: Timeline;
  #isLoading = false;

  constructor(private readonly shared: Shared, private readonly settings: Settings) {
    this.timeline = shared.timeline;
    for (let i = 0; i < 4; ++i) this.root.append(element("section", { className: "chart awaited" })); // keeps their places
    this.#perCore.onclick = () => settings.perCore.set(!settings.perCore.value);
    this.timeline.onChange(() => this.draw());
    this.#small.addEventListener("change", () => this.#setUnfolded(undefined));
    this.#setUnfolded(undefined);
  }

  /** The log comes first: what draws the charts is as large as all else. */
  async #load(): Promise<void> {
    const { shared } = this;
    const { Chart } = await import("./chart.js");
    this.#made = {
      cpu: new Chart(shared, [this.#perCore]), memory: new Chart(shared), disk: new Chart(shared), network: new Chart(shared),
    };
    for (const chart of this.#charts) chart.onFold = (isFolded) => this.#setUnfolded(isFolded ? undefined : chart);
    this.#setUnfolded(undefined);
    this.root.replaceChildren(...this.#charts.map((chart) => chart.root));
    this.#makeLines();
  }

  get #charts(): Chart[] {
    return this.#made ? Object.values(this.#made) : [];
  }

  /** Why stored metrics are missing. */
  get failure(): RequestFailed | undefined {
    return [...this.#failures.values()][0];
  }

  /** The time of the newest live metrics; undefined: none came. */
  get newestMs(): number | undefined {
    return this.#detail?.timestamp;
  }

  /** The session changed; undefined: signed out. */
  setApi(api: Api | undefined): void {
    this.#api = api;
    if (api && !this.#isLoading) void this.#load();
    this.#isLoading ||= api !== undefined;
    this.#failures.clear();
    this.#fillAgain.succeeded();
    this.#askAgain.succeeded();
  }

  setLook(format: Format, texts: Texts, colours: Colours): void {
    this.#format = format;
    this.#texts = texts;
    this.#colours = colours;
    this.#perCore.textContent = texts.perCore;
    this.#makeLines();
  }

  /** Signed in, perhaps again: load what came before as soon as Vigie's time is known. */
  signedIn(): void {
    this.#mustFill = true;
    this.#askAgain.now();
  }

  addSpace(space: Metrics["disk"]): void {
    this.#space = space;
    this.#showNotes();
  }

  add(detail: MetricsDetail): void {
    const { presentMs } = this.timeline;
    this.#mustFill ||= detail.timestamp < presentMs && this.#detail !== undefined; // the clock was set back
    this.#recent.add(detail);
    this.#detail = detail;
    this.#noteCores();
    if (detail.timestamp === presentMs) this.draw();
    else this.timeline.setPresent(detail.timestamp);
    this.#showNotes();
    if (this.#mustFill) void this.#fill();
  }

  /** Loads the last hour where live metrics are missing. */
  async #fill(): Promise<void> {
    const api = this.#api;
    if (!api) return;
    const { presentMs } = this.timeline;
    this.#mustFill = false;
    try {
      const figures = await api.figures("recent", presentMs - hourMs, presentMs, hourMs / 1000);
      if (api !== this.#api || presentMs > this.timeline.presentMs) return; // the newer call loads again
      this.#recent.addStored(figures);
      this.#noteFailure("recent", undefined);
      this.#fillAgain.succeeded();
      this.#noteCores();
      this.draw();
    } catch (error) {
      const failure = failureOf(error);
      if (!failure || api !== this.#api) return;
      this.#noteFailure("recent", failure);
      this.#fillAgain.failed(failure.mayRetry);
    }
  }

  #noteFailure(of: "recent" | "long ago", failure: RequestFailed | undefined): void {
    if (failure) this.#failures.set(of, failure);
    else this.#failures.delete(of);
    this.onFailure();
  }

  setMarks(marks: readonly Mark[]): void {
    for (const chart of this.#charts) chart.setMarks(marks);
  }

  /** Where there is little room, all charts but this one are small. */
  #setUnfolded(unfolded: Chart | undefined): void {
    for (const chart of this.#charts) chart.setFolded(this.#small.matches && chart !== unfolded, this.#small.matches);
    this.root.classList.toggle("folds", this.#small.matches);
  }

  /** Does nothing while the page is hidden. */
  draw(): void {
    if (!this.#texts || document.hidden) return;
    const { view } = this.timeline;
    const isRecent = view.fromMs >= this.#recent.fromMs - 5_000 || (view.isLive && view.toMs - view.fromMs <= hourMs);
    if (!isRecent) this.#ask(view);
    else if (this.#failures.has("long ago") && !this.#isAsking) {
      this.#askAgain.succeeded(); // what failed is not in view any more
      this.#noteFailure("long ago", undefined);
    }
    const figures = isRecent ? this.#recent.figures : this.#stored;
    const total = this.#recent.figures.values.get("memory.total")?.average.at(-1) ?? figures?.values.get("memory.total")?.average.at(-1) ?? 0;
    if (total > 0 && total !== this.#memoryTotal) {
      this.#memoryTotal = total;
      this.#makeLines();
    }
    for (const chart of this.#charts) chart.draw(figures ?? { times: [], values: new Map() }, view);
  }

  /** Requests stored metrics: one request at a time, and rarely while only time passes. */
  #ask(view: View): void {
    const { fromMs, toMs } = view;
    const before = this.#storedView;
    const points = Math.max(100, Math.min(1_500, Math.round(this.root.clientWidth / 2)));
    const moved = before ? Math.abs(before.toMs - toMs) + Math.abs(before.fromMs - fromMs) : Infinity;
    const waitedMs = performance.now() - this.#askedMs;
    const isLate = waitedMs >= Math.max(quickestAskMs, (toMs - fromMs) / points);
    const isDue = view.isLive && before?.isLive ? isLate || toMs < before.toMs : moved > 0;
    const api = this.#api;
    if (!api || this.#isAsking || this.#askAgain.isWaiting || !isDue) return;
    this.#isAsking = true;
    this.#askedMs = performance.now();
    // Request some more on either side, for scrolling.
    const margin = (toMs - fromMs) / 4;
    api.figures("long ago", fromMs - margin, toMs + margin, points * 1.5)
      .then((figures) => {
        this.#stored = figures;
        this.#storedView = view;
        this.#askAgain.succeeded();
        this.#noteFailure("long ago", undefined);
      })
      .catch((error: unknown) => {
        const failure = failureOf(error);
        if (!failure || api !== this.#api) return;
        this.#noteFailure("long ago", failure);
        this.#askAgain.failed(failure.mayRetry);
      })
      .finally(() => {
        this.#isAsking = false;
        this.draw();
      });
  }

  #noteCores(): void {
    const cores = [...this.#recent.figures.values.keys()].filter((name) => name.startsWith("cpu.core."));
    if (cores.length === this.#cores.length) return;
    this.#cores = cores.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    this.#makeLines();
  }

  #makeLines(): void {
    if (!this.#texts || !this.#format || !this.#colours || !this.#made) return;
    const { cpu, memory, disk, network } = this.#made;
    const texts = this.#texts;
    const format = this.#format;
    const colours = this.#colours;
    const perCore = this.settings.perCore.value && this.#cores.length > 0;
    this.#perCore.setAttribute("aria-pressed", String(perCore));
    const look = (title: string, formatValue: (value: number) => string, top?: number): ChartLook =>
      ({
        title, help: texts.chartHelp, foldHint: texts.fold, format: formatValue, formatAxis: formatValue, top, isBinary: true, colours,
        ends: (view) => axisEnds(view, format, texts), marks: (view, pixels) => axisMarks(view, pixels, format, texts), formatMoment: (ms) => format.moment(ms),
      });
    const percent = { ...look(texts.cpu, (value) => format.percent(value), 100), formatAxis: (value: number) => format.wholePercent(value), isBinary: false };
    const rate = (value: number): string => texts.perSecond(format.bytes(value));
    const line = (name: string, label: string, colour: string, isFilled = true): Line => ({ name, label, colour, isFilled });
    // Steps of the golden angle keep any number of neighbours distinct, as in the window.
    const core = (name: string, i: number): Line => line(name, texts.core(name.slice(9)), `hsl(${(216 + i * 137) % 360} 70% 55%)`, false);
    cpu.setLines(perCore ? this.#cores.map(core) : [line("cpu.usage", texts.total, colours.cpu)], percent);
    const part = (value: number): string => (this.#memoryTotal > 0 ? format.wholePercent((100 * value) / this.#memoryTotal) : format.bytes(value));
    const share = (value: number): string => (this.#memoryTotal > 0 ? `${part(value)}, ${format.bytes(value)}` : format.bytes(value));
    memory.setLines(
      [{ ...line("memory.used", texts.used, colours.memory), format: share, formatShort: part }, line("swap.used", texts.swap, colours.swap, false)],
      look(texts.memory, (value) => format.bytes(value), this.#memoryTotal || undefined));
    disk.setLines([line("disk.read", texts.read, colours.incoming), line("disk.write", texts.write, colours.outgoing)], look(texts.disk, rate));
    network.setLines([line("network.receive", texts.received, colours.incoming), line("network.send", texts.sent, colours.outgoing)], look(texts.network, rate));
    this.#showNotes();
    this.draw();
  }

  /** Shows the totals beside the values. */
  #showNotes(): void {
    if (!this.#texts || !this.#format || !this.#made) return;
    const { cpu, memory: memoryChart, disk } = this.#made;
    const texts = this.#texts;
    const bytes = (value: number): string => this.#format!.bytes(value);
    const memory = this.#detail?.memory;
    const limits = this.#detail?.limits;
    cpu.setNote(limits?.cpu === undefined ? "" : texts.cpuLimit(this.#format.amount(limits.cpu)), texts.limitHelp);
    const told = (used: number, total: number, free: number): string => texts.space(...this.#format!.part(used, total), bytes(free));
    const limit = limits?.memory === undefined ? "" : ` (${texts.memoryLimit(bytes(limits.memory))})`;
    memoryChart.setNote(memory ? told(memory.used, memory.total, memory.total - memory.used) + limit : "", limit && texts.limitHelp);
    const space = this.#space && this.#space.total > 0 ? this.#space : undefined;
    const inAll = space ? told(space.used, space.total, space.free) : "";
    const each = (this.#detail?.disk?.filesystems ?? []).map((one) => `${one.mountPoint}: ${told(one.used, one.total, one.free)}`);
    disk.setNote(inAll, [inAll, ...each].join("\n"));
  }

  /** Switches between lines per core and in total. */
  setPerCore(): void {
    this.#makeLines();
  }
}
