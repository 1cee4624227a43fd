// SPDX-License-Identifier: GPL-3.0-or-later
// The peer: a relay on Node's `ws` that does Vigie's work for one message: parse, validate, stamp with an id and
// a time, make the JSON once, send it to every viewer of the application. Prints its port.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, maxPayload: 1 << 20, perMessageDeflate: false });
const viewers = new Map(); // appId → Set of sockets
let counter = 0;

function stamped(entry, appId, userId) {
  if (typeof entry !== "object" || typeof entry.level !== "string" || typeof entry.message !== "string")
    throw new Error("not an entry");
  const id = entry.id ?? `01M834KCMR${String(counter++).padStart(16, "0")}`;
  const timestamp = entry.timestamp ?? Date.now();
  return { id, timestamp, level: entry.level, message: entry.message, metadata: entry.metadata, appId, userId };
}

server.on("connection", (socket) => {
  let appId = null;
  let userId = null;
  const send = (type, payload) => socket.send(JSON.stringify({ type, payload }));
  send("connect", {});
  socket.on("message", (data) => {
    try {
      const message = JSON.parse(data);
      if (message.type === "auth") {
        ({ appId, userId } = message.data);
        if (!viewers.has(appId)) viewers.set(appId, new Set());
        viewers.get(appId).add(socket);
        send("auth_success", { appId, userId });
      } else if (message.type === "subscribe") {
        viewers.get(appId).delete(socket);
      } else if (message.type === "logs") {
        const logs = message.data.logs.map((entry) => stamped(entry, appId, userId));
        if (logs.length > 0) {
          const text = Buffer.from(JSON.stringify({ type: "logs", payload: logs }));
          for (const viewer of viewers.get(appId)) viewer.send(text, { binary: false });
        }
        if (message.data.ack) send("logs_ack", { count: logs.length, lastId: logs.at(-1)?.id ?? "" });
      }
    } catch (error) {
      send("error", { message: error.message });
    }
  });
  socket.on("close", () => viewers.get(appId)?.delete(socket));
  socket.on("error", () => {});
});
server.on("listening", () => console.log(`at ${server.address().port}`));
