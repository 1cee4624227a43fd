// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import type { Format } from "./format.js";
import type { Texts } from "./texts.js";

/** What is known of the entries before those that are held. */
export type OlderState =
  | { kind: "more" }
  | { kind: "loading" }
  | { kind: "end" }
  /** The page can hold no more. */
  | { kind: "full" }
  /** Much was looked through and little found: all after `toMs`, if that is known. */
  | { kind: "paused"; toMs: number | undefined }
  /** `reason`: Vigie's; empty if there was no answer. */
  | { kind: "failed"; reason: string; mayRetry: boolean };

/** Says what of the older entries was not looked at, and lets the reader go on. */
export class OlderNote {
  readonly root = element("div", { className: "oldernote", attributes: { role: "status" } });
  onGoOn: () => void = () => {};
  onWithin: () => void = () => {};
  #shown = "";

  /**
   * `isEmpty`: no entry is shown; `isChosen`: of some that there are; `isByWords`: of stored texts only the beginnings of
   * words were searched.
   */
  show(state: OlderState, about: { isEmpty: boolean; isChosen: boolean; isByWords: boolean }, format: Format, texts: Texts): void {
    const { isEmpty, isChosen, isByWords } = about;
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
        said.push(!isEmpty ? texts.oldest : isChosen ? texts.noMatch : texts.noEntries);
        break;
      case "more":
        if (!isEmpty) break;
        said.push(isChosen ? texts.searchedInPart : texts.noEntries);
        if (isChosen) button = goOn;
    }
    if (isByWords && state.kind !== "loading" && state.kind !== "failed") {
      said.push(texts.beginningsOnly);
      button ??= { text: texts.searchWithin, action: () => this.onWithin() };
    }
    const text = said.join(" ");
    if (text + button?.text === this.#shown) return; // a reader who has the focus on the button keeps it
    this.#shown = text + button?.text;
    this.root.replaceChildren(text);
    if (!button) return;
    const { action } = button;
    const made = element("button", { className: "small", textContent: button.text });
    made.onclick = () => action();
    this.root.append(made);
  }
}
