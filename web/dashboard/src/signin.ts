// SPDX-License-Identifier: GPL-3.0-or-later
import { element } from "./dom.js";
import type { Identity } from "./identity.js";
import type { Texts } from "./texts.js";

/** The form that asks who the reader is. */
export class SignIn {
  readonly root = element("form", { className: "signin" });
  readonly #app = element("input", { name: "app", required: true, maxLength: 128, autocomplete: "off", spellcheck: false });
  readonly #user = element("input", { name: "user", required: true, maxLength: 128, autocomplete: "username", spellcheck: false });
  readonly #token = element("input", { name: "token", type: "password", autocomplete: "off" });
  readonly #problem = element("p", { className: "problem", attributes: { role: "alert" } });

  onSubmit: (identity: Identity) => void = () => {};

  constructor() {
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.onSubmit({ appId: this.#app.value.trim(), userId: this.#user.value.trim(), token: this.#token.value || undefined });
    });
  }

  setTexts(texts: Texts): void {
    const field = (label: string, input: HTMLInputElement, hint = "") =>
      element("label", {}, element("span", {}, label, hint ? element("small", {}, ` (${hint})`) : ""), input);
    this.root.replaceChildren(
      element("h1", {}, texts.title), element("p", {}, texts.welcome),
      field(texts.application, this.#app), field(texts.user, this.#user), field(texts.token, this.#token, texts.tokenHint),
      this.#problem, element("button", { className: "primary" }, texts.watch),
    );
  }

  show(known: Partial<Identity>, problem: string): void {
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
