// SPDX-License-Identifier: GPL-3.0-or-later
import { allApps } from "./allapps.js";
import type { Api, SetupLine } from "./api.js";
import { copyText } from "./clipboard.js";
import { element } from "./dom.js";
import { failureOf, whyText } from "./failure.js";
import type { Identity } from "./identity.js";
import type { Texts } from "./texts.js";

const certificate = "tls-certificate.pem"; // as it is called in the data folder
const usualApp = "demo";

/** The ways in which entries come to Vigie, each with its line, ready to be copied. */
export class SetupPanel {
  readonly root = element("section", { className: "setup", hidden: true });
  readonly #app: HTMLInputElement;
  readonly #ways = element("select", { className: "ways" });
  readonly #hint = element("p", { className: "muted", attributes: { role: "status" } });
  readonly #code = element("pre", { className: "code", tabIndex: 0 });
  readonly #copy = element("button", { className: "copy" });
  #lines: SetupLine[] = [];

  /** `url`: the page's own, at which others reach Vigie as well. */
  constructor(private readonly api: Api, private readonly identity: Identity, private readonly url: string, private readonly texts: Texts) {
    const { sources, application } = texts;
    this.#app = element("input", { value: identity.appId === allApps ? usualApp : identity.appId, maxLength: 128, spellcheck: false });
    this.#app.oninput = () => void this.#ask();
    this.#ways.onchange = () => this.#showLine();
    this.#copy.onclick = async () => {
      await copyText(this.#code.textContent ?? "");
      this.#copy.textContent = texts.copied;
    };
    this.root.append(
      element("div", { className: "fields" }, element("label", {}, application, this.#app), element("label", {}, sources.way, this.#ways)),
      this.#hint, this.#code, this.#copy);
  }

  show(): void {
    if (this.#lines.length === 0) void this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      this.#lines = this.#app.value ? await this.api.setupLines(this.url, this.#app.value, this.identity.token !== undefined) : [];
      this.#showLines("");
    } catch (error) {
      const failure = failureOf(error);
      if (!failure) return; // another answer comes
      this.#lines = [];
      this.#showLines(failure.status === 400 ? "" : whyText(failure, this.texts));
    }
  }

  #showLines(why: string): void {
    const chosen = this.#ways.value;
    this.#ways.replaceChildren(...this.#lines.map(({ id }) =>
      element("option", { value: id, selected: id === chosen, textContent: this.texts.sources.ways[id] ?? id })));
    this.#showLine(why);
  }

  #showLine(why = ""): void {
    const { hints, tokenHint, certificateHint, badApp, copy } = this.texts.sources;
    const line = this.#lines.find(({ id }) => id === this.#ways.value);
    this.#code.textContent = line?.code ?? "";
    this.#code.hidden = this.#copy.hidden = !line;
    this.#copy.textContent = copy;
    const told = line ? [hints[line.id] ?? ""] : [why || badApp];
    if (line?.code.includes("TOKEN") && line.id !== "token") told.push(tokenHint);
    if (line?.code.includes(certificate)) told.push(certificateHint(certificate));
    this.#hint.textContent = told.filter((one) => one).join(" ");
  }
}
