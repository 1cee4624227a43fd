// SPDX-License-Identifier: GPL-3.0-or-later
// The page that Vigie serves: sign in, see this machine's figures and one application's log entries.

const french = {
  application: "Application", user: "Utilisateur", watch: "Suivre", connecting: "Connexion…",
  connected: "En direct", lost: "Connexion perdue, nouvel essai dans %1 s", signIn: "Choisissez une application.",
  cpu: "Processeur", memory: "Mémoire", disk: "Disque", network: "Réseau, reçu / envoyé", clients: "Clients",
};
const english = {
  application: "Application", user: "User", watch: "Watch", connecting: "Connecting…", connected: "Live",
  lost: "Connection lost, trying again in %1 s", signIn: "Choose an application.",
  cpu: "CPU", memory: "Memory", disk: "Disk", network: "Network, received / sent", clients: "Clients",
};
const isFrench = navigator.language.toLowerCase().startsWith("fr");
const words = isFrench ? french : english;
document.documentElement.lang = isFrench ? "fr" : "en";

const keptLines = 2000;
const state = document.querySelector("#state");
const form = document.querySelector("#sign-in");
const figures = document.querySelector("#figures");
const logs = document.querySelector("#logs");
let socket = null;
let retrySeconds = 1;
let lastId = null;
let early = null; // entries that came while the history was under way; null: it is not
let known = new Set(); // ids of the history

for (const element of document.querySelectorAll("[data-text]"))
  element.textContent = words[element.dataset.text];
state.textContent = words.signIn;

function bytes(value) {
  const units = isFrench ? ["o", "Kio", "Mio", "Gio", "Tio"] : ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; ++unit) value /= 1024;
  return `${value.toLocaleString(undefined, { maximumSignificantDigits: 3 })}\u00a0${units[unit]}`;
}

function showFigures(metrics) {
  const shown = [
    [words.cpu, `${metrics.cpu.usage.toLocaleString(undefined, { maximumFractionDigits: 1 })}\u00a0%`],
    [words.memory, `${bytes(metrics.memory.used)} / ${bytes(metrics.memory.total)}`],
    [words.disk, `${bytes(metrics.disk.used)} / ${bytes(metrics.disk.total)}`],
    [words.network, `${bytes(metrics.network.bytesReceived)} / ${bytes(metrics.network.bytesSent)}`],
    [words.clients, metrics.activeConnections],
  ];
  figures.replaceChildren(...shown.map(([name, value]) => {
    const box = document.createElement("div");
    box.append(Object.assign(document.createElement("dt"), { textContent: name }),
               Object.assign(document.createElement("dd"), { textContent: value }));
    return box;
  }));
}

function showLogs(entries) {
  const follow = logs.scrollTop + logs.clientHeight >= logs.scrollHeight - 4;
  logs.append(...entries.slice(-keptLines).map((entry) => {
    const line = document.createElement("li");
    line.className = entry.level.toLowerCase();
    const time = document.createElement("time");
    time.textContent = new Date(entry.timestamp).toLocaleTimeString();
    const level = document.createElement("span");
    level.className = "level";
    level.textContent = entry.level;
    const message = document.createElement("span");
    message.textContent = entry.message;
    line.append(time, level, message);
    return line;
  }));
  while (logs.childElementCount > keptLines) logs.firstElementChild.remove();
  if (follow) logs.scrollTop = logs.scrollHeight;
  lastId = entries.at(-1)?.id ?? lastId;
}

function showHistory(entries) {
  known = new Set(entries.map(({ id }) => id));
  // What came early stands in the history too, or is older than all of it.
  const older = early.filter(({ id }) => !known.has(id));
  early = null;
  showLogs([...older, ...entries]);
}

function connect(appId, userId) {
  state.textContent = words.connecting;
  const current = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/`);
  socket = current;
  const send = (type, data) => current.send(JSON.stringify({ type, data }));
  current.onmessage = ({ data }) => {
    if (socket !== current) return; // of the application watched before
    const { type, payload } = JSON.parse(data);
    if (type === "connect") send("auth", { appId, userId, ...(lastId && { since: lastId }) });
    else if (type === "auth_success") {
      retrySeconds = 1;
      state.textContent = words.connected;
      document.querySelector("main").hidden = false;
      send("subscribe", { metrics: { intervalMs: 1000 } });
      if (lastId) return;
      early = [];
      send("history", { limit: 200 });
    } else if (type === "auth_error" || type === "error") state.textContent = payload.message;
    else if (type === "metrics") showFigures(payload);
    else if (type === "history") showHistory(payload);
    else if (type === "logs" && early) early.push(...payload);
    else if (type === "logs") showLogs(payload.filter(({ id }) => !known.has(id)));
    else if (type === "clear") {
      early &&= [];
      logs.replaceChildren();
    }
  };
  current.onclose = () => {
    if (socket !== current) return;
    state.textContent = words.lost.replace("%1", retrySeconds);
    setTimeout(() => socket === current && connect(appId, userId), retrySeconds * 1000);
    retrySeconds = Math.min(retrySeconds * 2, 30);
  };
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = new FormData(form);
  const previous = socket;
  socket = null;
  previous?.close();
  lastId = null;
  logs.replaceChildren();
  connect(wanted.get("app"), wanted.get("user"));
});
