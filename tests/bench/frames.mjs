// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of the frame bench: Node's `ws` sending a ready text to --viewers clients, as fast as they take it.
import { WebSocketServer } from "ws";

const option = (name) => Number(process.argv[process.argv.indexOf(name) + 1]);
const viewers = option("--viewers");
const text = Buffer.alloc(option("--frame"), "x");
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
let started = false;

function sendRound() {
  let most = 0;
  for (const client of server.clients) {
    client.send(text, { binary: false });
    most = Math.max(most, client.bufferedAmount);
  }
  if (most > 1 << 20) setTimeout(sendRound, 1);
  else setImmediate(sendRound);
}

server.on("connection", (socket) => {
  const send = (type) => socket.send(JSON.stringify({ type, payload: {} }));
  socket.on("message", () => send("auth_success"));
  socket.on("error", () => {});
  if (server.clients.size === viewers && !started) {
    started = true;
    setTimeout(sendRound, 300);
  }
});
server.on("listening", () => console.log(`at ${server.address().port}`));
