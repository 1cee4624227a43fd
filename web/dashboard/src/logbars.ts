// SPDX-License-Identifier: GPL-3.0-or-later
import type { LogsApi } from "./allapps.js";
import { axisEnds, axisMarks } from "./axistexts.js";
import type { Mark, Shared } from "./chart.js";
import { whyText } from "./failure.js";
import type { Format } from "./format.js";
import { Histogram } from "./histogram.js";
import { LogRates, spanOf } from "./lograte.js";
import type { LogStore } from "./logstore.js";
import type { Texts } from "./texts.js";
import type { Colours } from "./theme.js";

const redrawMs = 250; // minimum interval of redrawing
const movedMs = 30; // the same while the stretch is moved

/** The bars of entries over time: counts them and draws them. */
export class LogBars {
  readonly #histogram: Histogram;
  #rates: LogRates | undefined;
  #look: { format: Format; texts: Texts; colours: Colours } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The moments with errors in view changed. */
  onErrors: (errors: readonly Mark[]) => void = () => {};

  constructor(private readonly shared: Shared, private readonly live: LogStore) {
    this.#histogram = new Histogram(shared);
    this.#histogram.onResize = () => this.drawSoon();
    live.onChange(() => this.drawSoon());
    shared.timeline.onChange(({ isLive }) => this.drawSoon(isLive ? redrawMs : movedMs));
  }

  get root(): HTMLElement {
    return this.#histogram.root;
  }

  /** undefined: signed out. */
  setApi(api: LogsApi | undefined, appId = ""): void {
    this.#rates?.end();
    this.#rates = api && new LogRates(api, appId);
    if (this.#rates) this.#rates.onStored = () => this.drawSoon();
  }

  setLook(format: Format, texts: Texts, colours: Colours): void {
    this.#look = { format, texts, colours };
    this.#histogram.setTexts(texts.logRate, texts.chartHelp);
    this.draw();
  }

  /** Signed in again: counts that could not be had may be had now. */
  askAgain(): void {
    this.#rates?.askAgain();
  }

  drawSoon(waitMs = redrawMs): void {
    this.#timer ??= setTimeout(() => this.draw(), waitMs);
  }

  /** Does nothing while the page is hidden. */
  draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#look || !this.#rates || document.hidden) return;
    const { format, texts, colours } = this.#look;
    const { view, presentMs } = this.shared.timeline;
    const { live } = this;
    const rate = this.#rates.count(live.live, live.heldFromMs, view, this.#histogram.bars, presentMs);
    const errors = rate.errors();
    const errorCount = errors.reduce((sum, { count }) => sum + count, 0);
    this.#histogram.setProblem(this.#rates.failure ? texts.countsFailed(whyText(this.#rates.failure, texts)) : "");
    this.#histogram.draw(rate, view, {
      colours, format, ends: axisEnds(view, format, texts), marks: (pixels) => axisMarks(view, pixels, format, texts), summary: texts.logRateSummary(format.count(rate.total), format.count(errorCount)),
      rate: (count, stepMs) => this.#rateText(count, stepMs), levelName: (severity) => texts.levels[severity],
    });
    this.onErrors(errors);
  }

  /** The rate of entries; rates below one a second use a longer unit. */
  #rateText(count: number, stepMs: number): string {
    const { format, texts } = this.#look!;
    const perSecond = (count * 1000) / stepMs;
    return perSecond >= 1 ? texts.perSecond(format.count(perSecond)) : texts.within(format.count(count), ...spanOf(stepMs));
  }
}
