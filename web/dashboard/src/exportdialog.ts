// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded when it is first opened.
import { severityOf, type LogEntry } from "vigie-client";
import { allApps, type LogsApi } from "./allapps.js";
import type { LogsQuery } from "./api.js";
import { element } from "./dom.js";
import { entryJson, entryLine, exactMetadata } from "./entrytext.js";
import { failureOf, whyText } from "./failure.js";
import type { Format } from "./format.js";
import { passes, type LogChoice } from "./search.js";
import type { Texts } from "./texts.js";

const pageEntries = 1_000;
const maxBytes = 512 * 1024 * 1024; // a browser's tab holds no more for sure

export const exportFormats = ["jsonl", "csv", "txt"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const types: { [format in ExportFormat]: string } = { jsonl: "application/x-ndjson", csv: "text/csv;charset=utf-8", txt: "text/plain;charset=utf-8" };

/** What is exported: what is stored, filtered as the list is. */
export interface Exported {
  appId: string;
  /** What Vigie filters by. */
  query: LogsQuery;
  /** What the page filters by. */
  choice: LogChoice;
}

/** A stranger's text as RFC 4180 has it; one that a spreadsheet would run as a formula gets an apostrophe before it. */
function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One entry, with its line end. */
export function exportedText(entry: LogEntry, as: ExportFormat, format: Pick<Format, "full">): string {
  if (as === "jsonl") return `${entryJson(entry)}\n`;
  if (as === "txt") return `${entryLine(entry, format)}\n`;
  const cells = [entry.level, entry.message, exactMetadata(entry), entry.appId, entry.userId];
  return `${[csvCell(entry.id), new Date(entry.timestamp).toISOString(), ...cells.map(csvCell)].join(",")}\r\n`;
}

/** As `vigie export` has it. */
export const csvHead = "id,timestamp,level,message,metadata,appId,userId\r\n";

/** Exports stored entries into a file, with progress, until it is cancelled. */
export class ExportDialog {
  readonly root = element("dialog", { className: "exportdialog" });
  readonly #progress = element("p", { className: "progress", attributes: { role: "status" } });
  readonly #start = element("button", { className: "primary" });
  readonly #cancel = element("button", {});
  readonly #select: HTMLSelectElement;
  #isRunning = false;

  constructor(private readonly api: LogsApi, private readonly what: Exported, scope: string, private readonly format: Format, private readonly texts: Texts) {
    this.#select = element("select", {}, ...exportFormats.map((value) => element("option", { value }, texts.exportFormats[value])));
    this.#start.textContent = texts.exportStart;
    this.#cancel.textContent = texts.cancel;
    this.#start.onclick = () => void this.#run();
    this.#cancel.onclick = () => this.root.close();
    this.root.addEventListener("close", () => {
      this.#isRunning = false;
      this.api.stop("logs export");
      this.root.remove();
    });
    this.root.setAttribute("aria-label", texts.exportTitle);
    this.root.append(
      element("h2", {}, texts.exportTitle), element("p", {}, texts.exportWhat(scope)), element("label", {}, texts.exportFormat, this.#select),
      this.#progress, element("div", { className: "buttons" }, this.#cancel, this.#start));
    document.body.append(this.root);
    this.root.showModal();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#start.disabled = this.#select.disabled = true;
    const as = this.#select.value as ExportFormat;
    try {
      const parts = await this.#collect(as);
      if (!parts) return;
      const address = URL.createObjectURL(new Blob(parts, { type: types[as] }));
      element("a", { href: address, download: `${this.what.appId === allApps ? "vigie" : this.what.appId.replace(/[^\p{L}\p{N}._-]/gu, "_")}.${as}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
      this.#cancel.textContent = this.texts.close;
    } catch (error) {
      const failure = failureOf(error);
      if (failure && this.#isRunning) this.#progress.textContent = this.texts.exportFailed(whyText(failure, this.texts));
      this.#start.disabled = this.#select.disabled = false;
    }
    this.#isRunning = false;
  }

  /** The file's parts, oldest entry first; undefined: it was cancelled. */
  async #collect(as: ExportFormat): Promise<string[] | undefined> {
    const { appId, query, choice } = this.what;
    const pages: string[] = [];
    let [count, bytes] = [0, 0];
    let cursor: string | null | undefined;
    do {
      const page = await this.api.logs("export", appId, { ...query, ...(cursor ? { cursor } : {}), limit: pageEntries });
      if (!this.#isRunning) return undefined;
      const passing = page.logs.filter((entry) => passes(entry, severityOf(entry.level), choice));
      const text = passing.reverse().map((entry) => exportedText(entry, as, this.format)).join("");
      pages.push(text);
      count += passing.length;
      bytes += 2 * text.length;
      ({ cursor } = page);
      const oldest = page.logs.at(-1);
      const said = this.format.count(count);
      this.#progress.textContent = cursor && oldest ? this.texts.exportedBackTo(said, this.format.minute(oldest.timestamp)) : this.texts.exported(said);
    } while (cursor && bytes < maxBytes);
    if (cursor) this.#progress.textContent += ` ${this.texts.exportFull}`;
    return [as === "csv" ? csvHead : "", ...pages.reverse()];
  }
}
