// SPDX-License-Identifier: GPL-3.0-or-later

const maxStep = 60; // pixels a frame

/** Selects lines by dragging the mouse, and scrolls at the edges. A drag within one line selects text as usual. */
export class LineDrag<Line> {
  #pressed: Line | undefined;
  #isDragging = false;
  #wasDragged = false;
  #y = 0;

  /** `lineAt`: the line at a height in the window; beyond either end, the nearest one. */
  constructor(
    private readonly root: HTMLElement,
    private readonly lineAt: (y: number) => Line | undefined,
    private readonly onRange: (from: Line, to: Line) => void,
  ) {
    root.addEventListener("pointerdown", (event) => this.#press(event));
    root.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"] as const) root.addEventListener(end, () => this.#end());
  }

  /** Whether to ignore the click that follows a drag. */
  get wasDragged(): boolean {
    return this.#wasDragged;
  }

  #press(event: PointerEvent): void {
    this.#wasDragged = false;
    const isOnText = event.clientX < this.root.getBoundingClientRect().left + this.root.clientWidth; // not on the scroll bar
    const mayDrag = event.pointerType === "mouse" && event.button === 0 && !event.shiftKey && isOnText;
    this.#pressed = mayDrag ? this.lineAt(event.clientY) : undefined;
  }

  #move(event: PointerEvent): void {
    if (this.#pressed === undefined) return;
    if ((event.buttons & 1) === 0) return this.#end();
    this.#y = event.clientY;
    if (!this.#isDragging && this.lineAt(this.#y) === this.#pressed) return;
    if (!this.#isDragging) {
      this.#isDragging = this.#wasDragged = true;
      this.root.classList.add("dragging");
      this.root.setPointerCapture(event.pointerId);
      getSelection()?.removeAllRanges();
      requestAnimationFrame(() => this.#scroll());
    }
    this.#mark();
  }

  #mark(): void {
    const line = this.lineAt(this.#y);
    if (line !== undefined) this.onRange(this.#pressed!, line);
  }

  #scroll(): void {
    if (!this.#isDragging) return;
    const { top, bottom } = this.root.getBoundingClientRect();
    const beyond = this.#y < top ? this.#y - top : this.#y > bottom ? this.#y - bottom : 0;
    if (beyond !== 0) {
      this.root.scrollTop += Math.sign(beyond) * Math.min(maxStep, 4 + Math.abs(beyond) / 4);
      this.#mark();
    }
    requestAnimationFrame(() => this.#scroll());
  }

  #end(): void {
    this.#pressed = undefined;
    this.#isDragging = false;
    this.root.classList.remove("dragging");
  }
}
