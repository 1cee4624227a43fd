// SPDX-License-Identifier: GPL-3.0-or-later
import { allApps } from "./allapps.js";
import { element } from "./dom.js";
import type { Identity } from "./identity.js";
import type { Texts } from "./texts.js";

/** The sign-in form. */
export class SignIn {
  readonly root = element("form", { className: "signin" });
  readonly #app = element("input", { name: "app", required: true, maxLength: 128, autocomplete: "off", spellcheck: false, attributes: { list: "applications" } });
  readonly #apps = element("datalist", { id: "applications" });
  readonly #user = element("input", { name: "user", required: true, maxLength: 128, autocomplete: "username", spellcheck: false });
  readonly #token = element("input", { name: "token", type: "password", autocomplete: "off" });
  readonly #watch = element("button", { className: "primary" });
  #texts: Texts | undefined;
  readonly #problem = element("p", { className: "problem", attributes: { role: "alert" } });

  readonly #ask = element("button", { type: "button", className: "ask" });
  readonly #waiting = element("p", { className: "asked", hidden: true, attributes: { role: "status" } });
  #isWaiting = false;

  onSubmit: (identity: Identity) => void = () => {};
  /** The reader asks the owner for a token, or cancels that. */
  onAsk: (identity: Identity) => void = () => {};
  onAskNoLonger: () => void = () => {};
  /** There is a token by which applications may be listed. */
  onToken: (token: string) => void = () => {};

  constructor() {
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.onSubmit(this.#identity());
    });
    this.#token.addEventListener("change", () => this.#token.value && this.onToken(this.#token.value));
    this.#ask.addEventListener("click", () => {
      if (this.#isWaiting) this.onAskNoLonger();
      else if (this.#app.reportValidity() && this.#user.reportValidity()) this.onAsk(this.#identity());
    });
  }

  setTexts(texts: Texts): void {
    const field = (label: string, input: HTMLInputElement, hint = "") =>
      element("label", {}, element("span", {}, label, hint ? element("small", {}, ` (${hint})`) : ""), input);
    this.root.replaceChildren(
      element("h1", {}, texts.title), element("p", {}, texts.welcome),
      field(texts.application, this.#app), this.#apps, field(texts.user, this.#user), field(texts.token, this.#token, texts.tokenHint),
      this.#problem, this.#watch, this.#ask, this.#waiting,
    );
    this.#watch.textContent = texts.watch;
    this.#waiting.textContent = texts.asked;
    this.#texts = texts;
    this.setWaiting(this.#isWaiting);
  }

  /** Offers these applications by name, and all of them by `all`. */
  setApplications(names: readonly string[], all: string): void {
    this.#apps.replaceChildren(...names.map((value) => element("option", value === allApps ? { value, label: all } : { value })));
  }

  /** Shows that the owner has not answered yet. */
  setWaiting(isWaiting: boolean): void {
    this.#isWaiting = isWaiting;
    for (const input of [this.#app, this.#user, this.#token, this.#watch]) input.disabled = isWaiting;
    this.#ask.textContent = (isWaiting ? this.#texts?.askNoLonger : this.#texts?.ask) ?? "";
    this.#waiting.hidden = !isWaiting;
    if (isWaiting) this.#problem.textContent = "";
  }

  #identity(): Identity {
    return { appId: this.#app.value.trim(), userId: this.#user.value.trim(), token: this.#token.value || undefined };
  }

  /** `mayAsk`: offers to ask the owner for a token. */
  show(known: Partial<Identity>, problem: string, mayAsk = false): void {
    this.#ask.hidden = !mayAsk;
    this.setWaiting(false);
    if (known.appId) this.#app.value = known.appId;
    if (known.userId) this.#user.value = known.userId;
    this.#problem.textContent = problem;
    this.root.hidden = false;
    [this.#app, this.#user, this.#token].find((input) => !input.value)?.focus();
  }

  hide(): void {
    this.root.hidden = true;
    this.#problem.textContent = "";
    this.#token.value = "";
  }
}
