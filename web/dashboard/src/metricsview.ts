// SPDX-License-Identifier: GPL-3.0-or-later
import type { MetricsDetail } from "vigie-client";
import { NoHistory, type Api } from "./api.js";
import { Chart, type ChartLook, type Line, type Mark } from "./chart.js";
import { element } from "./dom.js";
import type { Format } from "./format.js";
import { RecentFigures, type Figures } from "./series.js";
import type { Settings } from "./settings.js";
import type { Texts } from "./texts.js";
import type { Colours } from "./theme.js";
import type { Timeline, View } from "./timeline.js";

const hourMs = 3_600_000;
const quickestAskMs = 2_000;

/** The charts of the machine, out of what came live or, for what is longer ago, out of Vigie's store. */
export class MetricsView {
  readonly root = element("div", { className: "charts" });
  readonly #recent = new RecentFigures();
  readonly #perCore = element("button", { className: "toggle small" });
  readonly #cpu: Chart;
  readonly #memory: Chart;
  readonly #disk: Chart;
  readonly #network: Chart;
  #colours: Colours | undefined;
  #format: Format | undefined;
  #texts: Texts | undefined;
  #cores: string[] = [];
  #memoryTotal = 0;
  #stored: Figures | undefined;
  #storedView: View | undefined;
  #askedMs = 0;
  #isAsking = false;
  #api: Api | undefined;

  onMoment: (timeMs: number) => void = () => {};
  onNoHistory: () => void = () => {};

  constructor(private readonly timeline: Timeline, private readonly settings: Settings) {
    this.#cpu = new Chart(timeline, [this.#perCore]);
    this.#memory = new Chart(timeline);
    this.#disk = new Chart(timeline);
    this.#network = new Chart(timeline);
    for (const chart of this.#charts) {
      chart.onMoment = (timeMs) => this.onMoment(timeMs);
      this.root.append(chart.root);
    }
    this.#perCore.onclick = () => settings.perCore.set(!settings.perCore.value);
    timeline.onChange(() => this.draw());
  }

  get #charts(): Chart[] {
    return [this.#cpu, this.#memory, this.#disk, this.#network];
  }

  setApi(api: Api): void {
    this.#api = api;
  }

  setLook(format: Format, texts: Texts, colours: Colours): void {
    this.#format = format;
    this.#texts = texts;
    this.#colours = colours;
    this.#perCore.textContent = texts.perCore;
    this.#makeLines();
  }

  /** Before the first live look: the last hour, so that the charts are not empty. */
  async fill(): Promise<void> {
    const { toMs } = this.timeline.view;
    try {
      const figures = await this.#api!.figures(toMs - hourMs, toMs + 60_000, hourMs / 1000);
      this.#recent.addStored(figures);
      this.#noteCores();
      this.timeline.setPresent(this.#recent.figures.times.at(-1) ?? 0);
      this.draw();
    } catch (error) {
      if (error instanceof NoHistory) this.onNoHistory();
    }
  }

  add(detail: MetricsDetail): void {
    this.#recent.add(detail);
    this.#noteCores();
    this.timeline.setPresent(detail.timestamp);
  }

  setMarks(marks: readonly Mark[], momentMs: number | undefined): void {
    for (const chart of this.#charts) chart.setMarks(marks, momentMs);
  }

  draw(): void {
    if (!this.#texts || this.root.hidden) return;
    const { view } = this.timeline;
    const isRecent = view.fromMs >= this.#recent.fromMs - 5_000 || (view.isLive && view.toMs - view.fromMs <= hourMs);
    if (!isRecent) this.#ask(view);
    const figures = isRecent ? this.#recent.figures : this.#stored;
    const total = this.#recent.figures.values.get("memory.total")?.average.at(-1) ?? figures?.values.get("memory.total")?.average.at(-1) ?? 0;
    if (total > 0 && total !== this.#memoryTotal) {
      this.#memoryTotal = total;
      this.#makeLines();
    }
    for (const chart of this.#charts) chart.draw(figures ?? { times: [], values: new Map() }, view);
  }

  /** One question at a time, and while time goes on no more than one in a while. */
  #ask(view: View): void {
    const { fromMs, toMs } = view;
    const before = this.#storedView;
    const points = Math.max(100, Math.min(1_500, Math.round(this.#cpu.root.clientWidth)));
    const moved = before ? Math.abs(before.toMs - toMs) + Math.abs(before.fromMs - fromMs) : Infinity;
    const isDue = view.isLive && before?.isLive ? Date.now() - this.#askedMs >= Math.max(quickestAskMs, (toMs - fromMs) / points) : moved > 0;
    if (!this.#api || this.#isAsking || !isDue) return;
    this.#isAsking = true;
    this.#askedMs = Date.now();
    // A little beyond either side, for who moves on.
    const margin = (toMs - fromMs) / 4;
    this.#api.figures(fromMs - margin, toMs + margin, points * 1.5)
      .then((figures) => {
        this.#stored = figures;
        this.#storedView = view;
      })
      .catch((error: unknown) => {
        if (error instanceof NoHistory) this.onNoHistory();
        this.#storedView = view;
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
    if (!this.#texts || !this.#format || !this.#colours) return;
    const texts = this.#texts;
    const format = this.#format;
    const colours = this.#colours;
    const perCore = this.settings.perCore.value && this.#cores.length > 0;
    this.#perCore.setAttribute("aria-pressed", String(perCore));
    const look = (title: string, formatValue: (value: number) => string, top?: number): ChartLook =>
      ({ title, help: texts.chartHelp, format: formatValue, formatAxis: formatValue, top, isBinary: true, colours, formatTime: (ms, stepMs) => format.tick(ms, stepMs) });
    const percent = { ...look(texts.cpu, (value) => format.percent(value), 100), formatAxis: (value: number) => format.wholePercent(value), isBinary: false };
    const rate = (value: number): string => texts.perSecond(format.bytes(value));
    const line = (name: string, label: string, colour: string, isFilled = true): Line => ({ name, label, colour, isFilled });
    // Steps of the golden angle keep any number of neighbours apart, as in the window.
    const core = (name: string, i: number): Line => line(name, texts.core(name.slice(9)), `hsl(${(216 + i * 137) % 360} 70% 55%)`, false);
    this.#cpu.setLines(perCore ? this.#cores.map(core) : [line("cpu.usage", texts.total, colours.cpu)], percent);
    this.#memory.setLines(
      [line("memory.used", texts.used, colours.memory), line("swap.used", texts.swap, colours.swap, false)],
      look(texts.memory, (value) => format.bytes(value), this.#memoryTotal || undefined));
    this.#disk.setLines([line("disk.read", texts.read, colours.incoming), line("disk.write", texts.write, colours.outgoing)], look(texts.disk, rate));
    this.#network.setLines([line("network.receive", texts.received, colours.incoming), line("network.send", texts.sent, colours.outgoing)], look(texts.network, rate));
    this.draw();
  }

  /** Per core or in total. */
  setPerCore(): void {
    this.#makeLines();
  }
}
