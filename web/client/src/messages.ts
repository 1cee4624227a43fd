// SPDX-License-Identifier: GPL-3.0-or-later
// What goes over the wire, as docs/protocol.md has it.
import { parseExactly } from "./rawjson.js";
import { toJson } from "./tojson.js";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface LogEntry {
  id: string;
  /** ms since the epoch: when it happened, as its producer said. */
  timestamp: number;
  /** As the producer wrote it; severityOf() tells what it means. */
  level: string;
  message: string;
  metadata?: Json;
  /**
   * The JSON of `metadata` to the letter, where numbers beyond 2^53, `1.10`, the order of names and doubled names are as
   * their producer wrote them. Not enumerable: JSON.stringify() and copies of an entry leave it out.
   */
  readonly metadataText?: string;
  appId: string;
  userId: string;
}

export type Role = "viewer" | "producer" | "operator" | "admin";

/** Why Vigie did not let us in. */
export interface AuthError {
  /** For programs, if it is about a token: docs/protocol.md has them all. */
  code?: string;
  /** For people. */
  message: string;
  /** It may let us in after so long. */
  retryAfterMs?: number;
}

/** An entry on its way to Vigie. */
export interface NewLogEntry {
  id: string;
  timestamp: number;
  level: string;
  message: string;
  metadata?: Json;
}

/** The machine; sizes in bytes. */
export interface Metrics {
  /** ms since the epoch; 0 before the first sample. */
  timestamp: number;
  cpu: { usage: number; cores: number };
  memory: { used: number; free: number; total: number };
  disk: { used: number; free: number; total: number };
  network: { bytesReceived: number; bytesSent: number; connections: number };
  activeConnections: number;
  messageRate: number;
  errorRate: number;
}

export interface CpuCore {
  core: number;
  usage: number;
  user: number;
  system: number;
  iowait: number;
  steal: number;
  frequencyMHz?: number;
}

export interface Process {
  pid: number;
  name: string;
  /** Percent of one core. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

export interface Pressure {
  some: number;
  full: number;
}

/** More of the machine; what it does not have is absent. */
export interface MetricsDetail {
  timestamp: number;
  /** Seconds. */
  uptime?: number;
  cpu?: {
    usage: number;
    user: number;
    system: number;
    iowait: number;
    steal: number;
    cores: CpuCore[];
    load?: [number, number, number];
  };
  memory?: {
    used: number;
    available: number;
    free: number;
    cached: number;
    buffers: number;
    total: number;
    swapUsed: number;
    swapTotal: number;
  };
  disk?: {
    filesystems: { mountPoint: string; device: string; type: string; used: number; free: number; total: number }[];
    devices: { name: string; readBytesPerSecond: number; writeBytesPerSecond: number; utilisation: number }[];
    readBytesPerSecond: number;
    writeBytesPerSecond: number;
  };
  network?: {
    interfaces: {
      name: string;
      bytesReceived: number;
      bytesSent: number;
      receiveBytesPerSecond: number;
      sendBytesPerSecond: number;
    }[];
    receiveBytesPerSecond: number;
    sendBytesPerSecond: number;
  };
  /** Where less than the machine's is allowed; `memory` is then of the limit. */
  limits?: { memory?: number; cpu?: number };
  pressure?: { cpu?: Pressure; memory?: Pressure; io?: Pressure };
  processes?: { byCpu: Process[]; byMemory: Process[] };
  /** Series that have no place above, by name. */
  series?: Record<string, number>;
}

/** Figures that an application told of itself. */
export interface AppMetrics {
  appId: string;
  userId: string;
  timestamp: number;
  metrics: { [name: string]: Json };
}

/** Entries strictly between two were not sent: null is the beginning, or the present; a count of null, unknown. */
export interface Gap {
  fromId: string | null;
  toId: string | null;
  count: number | null;
}

export interface Cleared {
  appId: string;
  userId: string;
}

export interface Command {
  type: string;
  data?: Json;
  userId: string;
  /** These two are absent of an older Vigie. */
  appId?: string;
  id?: string;
  timestamp: number;
}

/** A command of before, and whether a producer took it; an older Vigie does not say. */
export interface PastCommand extends Command {
  status?: "delivered" | "undelivered";
}

/** The same as it stands in `get_last_actions`: `data` is the command that a producer was given. */
export interface LastAction {
  id: string;
  userId: string;
  appId: string;
  type: string;
  data: { type: string; data?: Json; userId: string; appId: string };
  timestamp: number;
  status: "delivered" | "undelivered";
}

export interface CommandResponse {
  success: boolean;
  message: string;
  data?: Json;
}

export interface Status {
  success: boolean;
  message: string;
  status: { userExists: boolean; appExists: boolean; userHasAccess: boolean; appIsActive: boolean };
}

/** An entry that was not taken: its place in the array that was sent, and why. */
export interface RefusedEntry {
  index: number;
  message: string;
}

/** A message of ours was refused, or Vigie cannot keep what it gets: `code` says which. */
export interface ServerError {
  code: string;
  message: string;
  requestType?: string;
  /** With code `entries_refused`: these of a message's entries. The others are taken. */
  refused?: RefusedEntry[];
}

/** The others of the message are safe. */
export interface LogsAck {
  /** How many were taken, repeats included. */
  count: number;
  lastId: string;
  /** How many Vigie had already. */
  repeats?: number;
  /** How many were given another id, as theirs is that of another entry. */
  renamed?: number;
  refused?: RefusedEntry[];
}

export interface Identity {
  appId: string;
  userId: string;
}

/** Each server message's payload, by its type. */
export interface ServerPayloads {
  connect: Partial<Identity>;
  auth_success: Identity & { role?: Role };
  auth_error: AuthError;
  access_pending: Record<string, never>;
  access_granted: Identity & { token: string };
  access_denied: { code: string; message: string };
  logs: LogEntry[];
  logs_ack: LogsAck;
  /** All up to this entry is on disk and was sent; null: nothing is known to be. */
  stored: { lastId: string | null };
  history: LogEntry[];
  gap: Gap;
  clear: Cleared;
  metrics: Metrics;
  metrics_detail: MetricsDetail;
  app_metrics: AppMetrics;
  command: Command;
  command_response: CommandResponse;
  get_last_actions: LastAction[] | { actions: Command[] };
  status_response: Status;
  error: ServerError;
}

/** `data` says the same as `payload`, for producers that read a command there. */
export type ServerMessage = {
  [Type in keyof ServerPayloads]: { type: Type; payload: ServerPayloads[Type]; data?: Type extends "command" ? Command : never };
}[keyof ServerPayloads];

/** Every field that is given must hold. */
export interface LogFilters {
  level?: string | string[];
  /** ms since the epoch, or ISO 8601; both inclusive. */
  startTime?: number | string;
  endTime?: number | string;
  search?: string;
}

export interface Subscription {
  /** How often `metrics` comes; 250 to 3,600,000 ms. */
  metrics?: { intervalMs: number };
  /** Each `metrics` is followed by a `metrics_detail`. */
  detail?: boolean;
  /** False: no log entries. */
  logs?: boolean;
}

export interface HistoryRequest {
  /** At most 1,000; 100 if absent. */
  limit?: number;
  /** Entries before the one with this id, or before this moment in ms since the epoch. */
  before?: string | number;
  /** True: only entries that are on disk, also if Vigie were killed now. */
  stored?: boolean;
}

/** Each client message's data, by its type. */
export interface ClientData {
  auth: { userId: string; appId: string; token?: string; since?: string };
  request_access: Identity;
  logs: { logs: NewLogEntry[]; ack: boolean };
  filter: LogFilters;
  request_history: HistoryRequest;
  history: HistoryRequest;
  request_metrics: undefined;
  subscribe: Subscription;
  send_metrics: { metrics: { [name: string]: Json }; timestamp?: number | string };
  clear: undefined;
  check_status: undefined;
  command: { type: string; data?: Json };
  get_last_actions: undefined;
}

const deepest = 31; // of data: Vigie takes 32 levels in all

/** The text of a message to Vigie, which can read it whatever the data is. */
export function encode<Type extends keyof ClientData>(type: Type, data: ClientData[Type], responseType?: string): string {
  const config = responseType ? { ws_sent_config: { response_type: responseType } } : {};
  return JSON.stringify({ type, data: toJson(data, deepest), ...config });
}

/** What a text from Vigie says; undefined if it is no message. Types that are not known come through as they are. */
export function decode(text: unknown): { type: string; payload: unknown } | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const message = parseExactly(text);
    if (typeof message !== "object" || message === null) return undefined;
    const { type, payload } = message as { type?: unknown; payload?: unknown };
    return typeof type === "string" ? { type, payload } : undefined;
  } catch {
    return undefined;
  }
}

/** The last commands, oldest first, however they were told. */
export function pastCommands(payload: ServerPayloads["get_last_actions"]): PastCommand[] {
  if (!Array.isArray(payload)) return payload.actions;
  return payload.map(({ data: { data }, ...action }) => ({ ...action, ...(data === undefined ? {} : { data }) }));
}
