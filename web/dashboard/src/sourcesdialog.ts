// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded when it is first opened.
import type { Api, Source, SourceNote } from "./api.js";
import { element } from "./dom.js";
import { failureOf, whyText } from "./failure.js";
import type { Format } from "./format.js";
import type { Identity } from "./identity.js";
import { SetupPanel } from "./setuppanel.js";
import { SourceRates } from "./sourcerates.js";
import type { Texts } from "./texts.js";
import { drawn } from "./visible.js";

const lookMs = 1_000;
const lateMs = 5_000; // a lag below is how senders gather their batches

type Column = keyof Texts["sources"]["columns"];

/** From where entries come, and how more do. Looks once a second while it is open and the page is seen. */
export class SourcesDialog {
  readonly root = element("dialog", { className: "sourcesdialog" });
  readonly #list = element("section", {});
  readonly #why = element("p", { className: "muted", attributes: { role: "status" } });
  readonly #table = element("table", {});
  readonly #rows = new Map<string, HTMLTableSectionElement>();
  readonly #rates = new SourceRates();
  readonly #timer: ReturnType<typeof setInterval>;
  #opened: string | undefined; // the source whose details are shown

  onApplication: (appId: string) => void = () => {};

  constructor(private readonly api: Api, identity: Identity, url: string, private readonly format: Format, private readonly texts: Texts,
              tab: "list" | "add" = "list") {
    const { sources } = texts;
    const setup = new SetupPanel(api, identity, url, texts);
    const tabs = element("div", { className: "tabs", attributes: { role: "tablist" } });
    const panels = { list: this.#list, add: setup.root };
    const choose = (name: keyof typeof panels): void => {
      for (const [one, panel] of Object.entries(panels)) panel.hidden = one !== name;
      for (const tab of tabs.querySelectorAll("button")) tab.setAttribute("aria-selected", String(tab.value === name));
      if (name === "add") setup.show();
    };
    for (const name of ["list", "add"] as const) {
      const tab = element("button", { value: name, textContent: sources.tabs[name], attributes: { role: "tab" } });
      tab.onclick = () => choose(name);
      tabs.append(tab);
    }
    const close = element("button", { className: "primary", textContent: texts.close });
    close.onclick = () => this.root.close();
    this.#list.append(this.#why, element("div", { className: "scrolls" }, this.#table));
    this.root.setAttribute("aria-label", sources.title);
    this.root.append(tabs, this.#list, setup.root, element("div", { className: "buttons" }, close));
    this.root.addEventListener("close", () => {
      clearInterval(this.#timer);
      api.stop("sources");
      api.stop("setup");
      this.root.remove();
    });
    choose(tab);
    document.body.append(this.root);
    this.root.showModal();
    this.#timer = setInterval(() => !document.hidden && !this.#list.hidden && void this.#look(), lookMs);
    void this.#look();
  }

  async #look(): Promise<void> {
    try {
      const { now, sources } = await this.api.sources();
      if (this.root.isConnected) this.#show(sources, now);
    } catch (error) {
      const failure = failureOf(error);
      if (failure) this.#why.textContent = this.texts.sources.failed(whyText(failure, this.texts));
    }
  }

  #show(sources: readonly Source[], nowMs: number): void {
    const { columns, none } = this.texts.sources;
    this.#why.textContent = sources.length === 0 ? none : "";
    const rates = this.#rates.look(sources, nowMs);
    if (!this.#table.tHead && sources.length > 0)
      this.#table.append(element("thead", {}, element("tr", {}, ...Object.values(columns).map((text) => element("th", { textContent: text, scope: "col" })))));
    const gone = new Set(this.#rows.keys());
    for (const source of sources) {
      gone.delete(source.id);
      const body = this.#rows.get(source.id) ?? element("tbody", {});
      this.#rows.set(source.id, body);
      this.#fill(body, source, rates.get(source.id), nowMs);
      if (!body.isConnected) this.#table.append(body);
    }
    for (const id of gone) {
      this.#rows.get(id)!.remove();
      this.#rows.delete(id);
    }
  }

  /** A source's line and, where it was opened, its details. What has the focus keeps it. */
  #fill(body: HTMLTableSectionElement, source: Source, rate: number | undefined, nowMs: number): void {
    const { sources } = this.texts;
    const hadFocus = body.contains(document.activeElement) ? (document.activeElement as HTMLElement).className : undefined;
    const isOpen = this.#opened === source.id;
    const name = element("button", { className: "quiet name", attributes: { "aria-expanded": String(isOpen) } }, element("bdi", {}, ...drawn(source.name)));
    name.onclick = () => {
      this.#opened = isOpen ? undefined : source.id;
      void this.#look();
    };
    const isWrong = source.status === "failing" || source.notes.some(({ kind }) => kind === "refused");
    const cell = (column: Column, ...content: (Node | string)[]): HTMLElement => element("td", { className: column, attributes: { "data-label": sources.columns[column] } }, ...content);
    const age = source.lastEntry === 0 ? sources.noEntry : sources.since(this.#span(nowMs - source.lastEntry));
    body.dataset["status"] = source.status;
    body.replaceChildren(element("tr", {},
      cell("name", name, element("small", {}, source.id.startsWith("containers:") ? sources.engine : sources.kinds[source.kind])), cell("app", element("bdi", {}, ...drawn(source.app))),
      cell("status", `${isWrong ? "⚠ " : ""}${source.status === "waiting" && source.entries > 0 ? sources.idle : sources.statuses[source.status]}`),
      cell("notes", source.notes.map((note) => this.#note(note)).join(" · ")),
      cell("rate", this.#entries(source, rate)),
      cell("last", age), cell("lag", this.#lag(source))));
    if (isOpen) body.append(element("tr", { className: "open" }, element("td", { colSpan: Object.keys(sources.columns).length }, ...this.#details(source))));
    if (hadFocus !== undefined) [...body.querySelectorAll<HTMLElement>("button")].find(({ className }) => className === hadFocus)?.focus();
  }

  #details(source: Source): HTMLElement[] {
    const { sources } = this.texts;
    const lines = [this.#problem(source.problem), source.format ? sources.format(source.format) : "", source.detail ?? ""].filter((line) => line);
    for (const note of source.notes)
      lines.push(sources.noteDetails(this.#note(note), this.format.full(note.last)) + (note.example ? sources.example(note.example) : ""));
    const shown = lines.map((line) => element("p", {}, element("bdi", {}, ...drawn(line))));
    if (!source.app) return shown;
    const log = element("button", { className: "small log", textContent: sources.showLog });
    log.onclick = () => {
      this.root.close();
      this.onApplication(source.app);
    };
    return [...shown, log];
  }

  /** A problem's code in words, with what the system said of it. */
  #problem(problem: string): string {
    const { problems, problem: withMore } = this.texts.sources;
    const [code, more] = problem.split(/: (.*)/s);
    if (!Object.hasOwn(problems, code!)) return problem;
    return more ? withMore(problems[code!]!, more) : problems[code!]!;
  }

  #note({ kind, reason, count }: SourceNote): string {
    const { notes, reasons } = this.texts.sources;
    return notes[kind](this.format.count(count), Object.hasOwn(reasons, reason) ? reasons[reason]! : reason, count < 2);
  }

  /** How many came, and where some do, how fast. */
  #entries({ entries, status }: Source, rate = 0): string {
    const perSecond = Math.round(rate * 10) / 10;
    const count = this.format.count(entries);
    return perSecond === 0 || status === "ended" ? count : `${count} · ${this.texts.perSecond(this.format.amount(perSecond))}`;
  }

  #lag({ lagBytes, lagMs }: Source): string {
    if (lagBytes > 0) return this.format.bytes(lagBytes);
    return lagMs < lateMs ? this.texts.sources.noLag : this.#span(lagMs);
  }

  #span(ms: number): string {
    return ms < 1_000 ? `0\u00a0${this.texts.units.s}` : this.format.ago(ms, { ago: (span) => span, units: this.texts.units });
  }
}
