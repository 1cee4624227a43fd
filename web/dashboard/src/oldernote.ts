// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import type { Format } from "./format.js";
import type { Texts } from "./texts.js";

/** The state of loading older entries. */
export type OlderState =
  | { kind: "more" }
  | { kind: "loading" }
  | { kind: "end" }
  /** The page can hold no more. */
  | { kind: "full" }
  /** Much was searched and little found: all after `toMs`, if known. */
  | { kind: "paused"; toMs: number | undefined }
  /** `reason`: Vigie's; empty without a response. */
  | { kind: "failed"; reason: string; mayRetry: boolean };

/** What the list currently shows. */
interface Shown {
  /** No entries. */
  isEmpty: boolean;
  /** A filtered subset. */
  isChosen: boolean;
  /** Stored text was searched for prefixes of words only. */
  isByWords: boolean;
  /** What is said where there are no entries at all. */
  nothing: string;
  /** Nothing is stored, or came. */
  isNew: boolean;
}

/** Tells what was not searched of the older entries, and lets the reader continue. */
export class OlderNote {
  readonly root = element("div", { className: "oldernote", attributes: { role: "status" } });
  onGoOn: () => void = () => {};
  onWithin: () => void = () => {};
  /** Show entries whatever the filter. */
  onReset: () => void = () => {};
  onAddSource: () => void = () => {};
  #shown = "";

  show(state: OlderState, { isEmpty, isChosen, isByWords, nothing, isNew }: Shown, format: Format, texts: Texts): void {
    const said: string[] = [];
    let button: { text: string; action: () => void } | undefined;
    const goOn = { text: texts.searchOn, action: () => this.onGoOn() };
    switch (state.kind) {
      case "loading":
        said.push(texts.older);
        break;
      case "failed":
        said.push(texts.olderFailed(state.reason || texts.olderNoAnswer));
        if (state.mayRetry) button = { ...goOn, text: texts.retry };
        break;
      case "paused":
        said.push(state.toMs === undefined ? texts.searchedInPart : texts.searchedBackTo(format.moment(state.toMs)));
        button = goOn;
        break;
      case "full":
        said.push(texts.holdsAll);
        break;
      case "end":
        said.push(!isEmpty ? texts.oldest : isChosen ? texts.noMatch : nothing);
        break;
      case "more":
        if (!isEmpty) break;
        said.push(isChosen ? texts.searchedInPart : nothing);
        if (isChosen) button = goOn;
    }
    if (isByWords && state.kind !== "loading" && state.kind !== "failed") {
      // In that case, it is unknown whether anything matches.
      if (state.kind === "end" && isEmpty) said.length = 0;
      said.push(isEmpty ? texts.noneByBeginnings : texts.beginningsOnly);
      button ??= { text: texts.searchWithin, action: () => this.onWithin() };
    }
    const buttons = button ? [button] : [];
    if (isEmpty && isChosen && state.kind !== "loading") buttons.push({ text: texts.resetFilters, action: () => this.onReset() });
    if (isEmpty && !isChosen && isNew && (state.kind === "end" || state.kind === "more")) buttons.push({ text: texts.addSource, action: () => this.onAddSource() });
    const text = said.join(" ");
    const shown = [text, ...buttons.map((one) => one.text)].join("\n");
    if (shown === this.#shown) return; // keeps the focus on the button
    this.#shown = shown;
    this.root.replaceChildren(text, ...buttons.map(({ text, action }) => {
      const made = element("button", { className: "small", textContent: text });
      made.onclick = () => action();
      return made;
    }));
  }
}
