// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of the protocol; see docs/protocol.md.
import { parseExactly } from "./rawjson.js";
import { toJson } from "./tojson.js";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface LogEntry {
  id: string;
  /** When it happened, as its producer reported: ms since the epoch. */
  timestamp: number;
  /** As the producer wrote it; severityOf() interprets it. */
  level: string;
  message: string;
  metadata?: Json;
  /**
   * The JSON of `metadata` to the letter. Keeps what parsing loses: numbers beyond 2^53, `1.10`, the order of names and
   * repeated names. Not enumerable, so JSON.stringify() and copies of an entry omit it.
   */
  readonly metadataText?: string;
  appId: string;
  userId: string;
}

export type Role = "viewer" | "producer" | "operator" | "admin";

/** Why Vigie refused the sign-in. */
export interface AuthError {
  /** For programs, if the error is about a token; docs/protocol.md lists the codes. */
  code?: string;
  /** For people. */
  message: string;
  /** Another attempt may succeed after this time. */
  retryAfterMs?: number;
}

/** An entry to be sent. */
export interface NewLogEntry {
  id: string;
  timestamp: number;
  level: string;
  message: string;
  metadata?: Json;
}

/** The state of the machine; sizes in bytes. */
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
  /** 100 is one core. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

export interface Pressure {
  some: number;
  full: number;
}

/** More about the machine. Parts that it lacks are absent. */
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
  /** Limits below the machine's own; `memory` then refers to the limit. */
  limits?: { memory?: number; cpu?: number };
  pressure?: { cpu?: Pressure; memory?: Pressure; io?: Pressure };
  processes?: { byCpu: Process[]; byMemory: Process[] };
  /** Series that have no place above, by name. */
  series?: Record<string, number>;
}

/** Metrics that an application reports about itself. */
export interface AppMetrics {
  appId: string;
  userId: string;
  timestamp: number;
  metrics: { [name: string]: Json };
}

/** Entries strictly between these two are missing. A null id is the beginning or the present; a null count is unknown. */
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
  /** An older Vigie omits these two. */
  appId?: string;
  id?: string;
  timestamp: number;
}

/** An earlier command, and whether a producer received it; an older Vigie does not report that. */
export interface PastCommand extends Command {
  status?: "delivered" | "undelivered";
}

/** The same in `get_last_actions`. `data` is the command as the producer received it. */
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

/** A refused entry: its index in the array that was sent, and the reason. */
export interface RefusedEntry {
  index: number;
  message: string;
}

/** Vigie refused a message of ours, or cannot store what it receives; see `code`. */
export interface ServerError {
  code: string;
  message: string;
  requestType?: string;
  /** With code `entries_refused`: the refused entries. The others were accepted. */
  refused?: RefusedEntry[];
}

/** All entries of the message except `refused` are safe. */
export interface LogsAck {
  /** Number of accepted entries, including repeats. */
  count: number;
  lastId: string;
  /** Number of entries that Vigie already had. */
  repeats?: number;
  /** Number of entries that got another id, as a different entry has theirs. */
  renamed?: number;
  refused?: RefusedEntry[];
}

export interface Identity {
  appId: string;
  userId: string;
}

/** The payload of each server message, by type. */
export interface ServerPayloads {
  connect: Partial<Identity>;
  auth_success: Identity & { role?: Role };
  auth_error: AuthError;
  access_pending: Record<string, never>;
  access_granted: Identity & { token: string };
  access_denied: { code: string; message: string };
  logs: LogEntry[];
  logs_ack: LogsAck;
  /** All entries up to this one are on disk and were sent to us; null: none known. */
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

/** `data` repeats `payload`, for producers that read commands there. */
export type ServerMessage = {
  [Type in keyof ServerPayloads]: { type: Type; payload: ServerPayloads[Type]; data?: Type extends "command" ? Command : never };
}[keyof ServerPayloads];

/** An entry must match every field given. */
export interface LogFilters {
  level?: string | string[];
  /** ms since the epoch, or ISO 8601; both inclusive. */
  startTime?: number | string;
  endTime?: number | string;
  search?: string;
}

export interface Subscription {
  /** The interval of `metrics`: 250 to 3,600,000 ms. */
  metrics?: { intervalMs: number };
  /** Sends a `metrics_detail` after each `metrics`. */
  detail?: boolean;
  /** False: no log entries. */
  logs?: boolean;
}

export interface HistoryRequest {
  /** At most 1,000; default 100. */
  limit?: number;
  /** Only entries before the one with this id, or before this time in ms since the epoch. */
  before?: string | number;
  /** True: only entries that are on disk and would survive a crash. */
  stored?: boolean;
}

/** The data of each client message, by type. */
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

const maxDepth = 31; // of data: Vigie accepts 32 levels in total

/** Encodes a message so that Vigie can read it, whatever the data. */
export function encode<Type extends keyof ClientData>(type: Type, data: ClientData[Type], responseType?: string): string {
  const config = responseType ? { ws_sent_config: { response_type: responseType } } : {};
  return JSON.stringify({ type, data: toJson(data, maxDepth), ...config });
}

/** Decodes a message from Vigie; undefined if the text is none. Unknown types are passed on. */
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

/** The last commands, oldest first, from either form of the payload. */
export function pastCommands(payload: ServerPayloads["get_last_actions"]): PastCommand[] {
  if (!Array.isArray(payload)) return payload.actions;
  return payload.map(({ data: { data }, ...action }) => ({ ...action, ...(data === undefined ? {} : { data }) }));
}
