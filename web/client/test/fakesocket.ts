// SPDX-License-Identifier: GPL-3.0-or-later
// A WebSocket without a network: the test is the server.

export class FakeSocket {
  static all: FakeSocket[] = [];
  /** The newest there is. */
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  onopen: ((event?: unknown) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event?: unknown) => void) | null = null;
  sent: { type: string; data?: any; ws_sent_config?: { response_type: string } }[] = [];
  isClosed = false;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.isClosed = true;
  }

  /** What the client sent of a type. */
  of(type: string): any[] {
    return this.sent.filter((message) => message.type === type).map((message) => message.data);
  }
  say(type: string, payload?: unknown): void {
    this.onmessage?.({ data: JSON.stringify({ type, payload }) });
  }
  open(): void {
    this.onopen?.();
    this.say("connect", {});
  }
  letIn(): void {
    const { userId, appId } = this.of("auth").at(-1);
    for (let i = 0; i < this.of("auth").length; ++i) this.say("auth_success", { userId, appId });
  }
  /** Answers a question for history, the last or another. */
  tellHistory(logs: unknown[], which = -1): void {
    const question = this.sent.filter(({ type }) => type === "history").at(which);
    this.say(question!.ws_sent_config!.response_type, { logs });
  }
  break(code = 1006): void {
    this.onclose?.({ code, reason: "" });
  }
}

/** Lets everything run that is to run now. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; ++i) await new Promise((resolve) => setImmediate(resolve));
}
