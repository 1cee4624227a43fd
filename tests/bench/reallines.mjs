#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes files as programs of a Debian server write them, each in its own format, with times, numbers and names of its own, for
// bench_reallines. The same seed gives the same bytes.
//   reallines.mjs FOLDER [MEGABYTES]      2,000 unless it is said
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const [folder, megabytes = "2000"] = process.argv.slice(2);
if (!folder || !(Number(megabytes) > 0)) {
  console.error("usage: reallines.mjs FOLDER [MEGABYTES]");
  process.exit(2);
}

// Random numbers: xorshift32 (Marsaglia 2003).
let state = 2463534242;
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}
const below = (bound) => Math.floor(random() * bound);
/** Few of them often, most seldom. */
const skewed = (bound) => Math.floor(bound * random() ** 4);
const one = (list) => list[below(list.length)];
const often = (list) => list[skewed(list.length)];
const chance = (of) => below(of) === 0;
function hex(digits) {
  let text = "";
  while (text.length < digits)
    text += below(2 ** 32).toString(16).padStart(8, "0");
  return text.slice(0, digits);
}
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const padded = (value, digits) => String(value).padStart(digits, "0");
const address = () => `${often([203, 198, 192, 172, 185, 45, 91, 5])}.${skewed(256)}.${skewed(256)}.${below(256)}`;

/** A clock of a file: it goes on by about so many milliseconds a line. */
class Clock {
  constructor(stepMs) {
    this.ms = Date.UTC(2026, 10, 1, 6);
    this.stepMs = stepMs;
  }
  tick() {
    this.ms += -Math.log(1 - random()) * this.stepMs;
    return this;
  }
  get date() {
    return new Date(this.ms);
  }
  /** 2026-11-30T12:00:00 */
  get iso() {
    return this.date.toISOString().slice(0, 19);
  }
  get dpkg() {
    return this.iso.replace("T", " ");
  }
  get apt() {
    return this.iso.replace("T", "  ");
  }
  get fraction() {
    return padded(Math.floor((this.ms % 1000) * 1000), 6);
  }
  get nginx() {
    const date = this.date;
    return `${padded(date.getUTCDate(), 2)}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${this.iso.slice(11)} +0000`;
  }
}

const packages = [];
for (const stem of ["libsystemd0", "libc6", "openssl", "libssl3", "curl", "libcurl4", "nginx", "linux-image-amd64", "python3.11",
  "libpython3.11-stdlib", "perl-base", "bash", "gnupg", "postgresql-15", "libpq5", "git", "openssh-server", "openssh-client", "tzdata",
  "ca-certificates", "libxml2", "libexpat1", "vim-common", "sudo", "systemd", "udev", "dbus", "podman", "rsyslog", "libgnutls30",
  "bind9-host", "libkrb5-3", "libglib2.0-0", "busybox", "grub-common", "initramfs-tools", "cron", "apt", "dpkg", "zlib1g"]) {
  for (const kind of ["", "-dev", "-doc", "-data", "-common"])
    packages.push({ name: stem + kind, arch: kind === "-doc" || kind === "-data" ? "all" : "amd64" });
}
const version = () => `${below(6)}.${below(40)}.${below(20)}-${1 + below(9)}${chance(3) ? "" : `+deb12u${1 + below(12)}`}`;

function* dpkg() {
  const clock = new Clock(90);
  for (;;) {
    yield `${clock.tick().dpkg} startup archives unpack`;
    const batch = Array.from({ length: 1 + skewed(40) }, () => ({ ...one(packages), before: version(), now: version() }));
    for (const { name, arch, before, now } of batch) {
      const as = `${name}:${arch}`;
      yield `${clock.tick().dpkg} upgrade ${as} ${before} ${now}`;
      for (const status of ["half-configured", "unpacked", "half-installed"])
        yield `${clock.tick().dpkg} status ${status} ${as} ${before}`;
      yield `${clock.tick().dpkg} status unpacked ${as} ${now}`;
    }
    yield `${clock.tick().dpkg} startup packages configure`;
    for (const { name, arch, now } of batch) {
      yield `${clock.tick().dpkg} configure ${name}:${arch} ${now} <none>`;
      for (const status of ["unpacked", "half-configured", "installed"])
        yield `${clock.tick().dpkg} status ${status} ${name}:${arch} ${now}`;
    }
    yield `${clock.tick().dpkg} trigproc libc-bin:amd64 2.36-9+deb12u10 <none>`;
    clock.ms += 3_600_000;
  }
}

function* apt() {
  const clock = new Clock(200);
  for (;;) {
    const batch = Array.from({ length: 1 + skewed(30) }, () => ({ ...one(packages), before: version(), now: version() }));
    yield "";
    yield `Log started: ${clock.tick().apt}`;
    for (const [i, { name, arch, before, now }] of batch.entries()) {
      yield `Preparing to unpack .../${padded(i, 2)}-${name}_${now}_${arch}.deb ...\r`;
      yield `Unpacking ${name}:${arch} (${now}) over (${before}) ...\r`;
    }
    for (const { name, arch, now } of batch)
      yield `Setting up ${name}:${arch} (${now}) ...\r`;
    yield "Processing triggers for man-db (2.11.2-2) ...\r";
    yield "Processing triggers for libc-bin (2.36-9+deb12u10) ...\r";
    yield `Log ended: ${clock.tick().apt}`;
    clock.ms += 3_600_000;
  }
}

const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "curl/7.88.1", "Prometheus/2.45.0", "python-requests/2.28.1", "-",
];
const slugs = "red blue small large wooden cotton winter summer garden kitchen table lamp chair shirt shoes cup bottle bag clock mirror".split(" ");
function path() {
  switch (skewed(7)) {
  case 0: return `/products/${one(slugs)}-${one(slugs)}-${below(20_000)}`;
  case 1: return `/api/cart/${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  case 2: return `/static/${one(["app", "vendor", "style", "icons"])}.${hex(8)}.${one(["js", "css", "woff2"])}`;
  case 3: return `/search?q=${one(slugs)}+${one(slugs)}&page=${1 + skewed(20)}`;
  case 4: return "/";
  case 5: return `/api/orders/${below(1_000_000)}`;
  default: return one(["/wp-login.php", "/.env", "/robots.txt", "/favicon.ico", "/healthz", "/.git/config"]);
  }
}
const method = () => often(["GET", "GET", "POST", "HEAD", "PUT", "DELETE"]);
const status = () => often([200, 200, 304, 301, 404, 302, 499, 500, 502]);

function* nginx() {
  const clock = new Clock(40);
  for (;;) {
    const referrer = chance(3) ? "-" : `https://shop.example${path()}`;
    yield `${address()} - ${chance(50) ? one(slugs) : "-"} [${clock.tick().nginx}] "${method()} ${path()} HTTP/${often(["2.0", "1.1", "1.0"])}" `
      + `${status()} ${skewed(200_000)} "${referrer}" "${often(agents)}"`;
  }
}

function* rsyslog() {
  const clock = new Clock(300);
  const hosts = ["web-1", "web-2", "db-1", "mail"];
  let up = 1000;
  for (;;) {
    up += random() * 3;
    const pid = 300 + below(60_000);
    const [program, text] = one([
      () => [`sshd[${pid}]`, `Failed password for invalid user ${one(slugs)} from ${address()} port ${1024 + below(64_000)} ssh2`],
      () => [`sshd[${pid}]`, `Connection closed by authenticating user root ${address()} port ${1024 + below(64_000)} [preauth]`],
      () => [`CRON[${pid}]`, "(root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)"],
      () => [`CRON[${pid}]`, "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)"],
      () => ["systemd[1]", `Starting ${one(["apt-daily", "logrotate", "man-db", "fstrim", "phpsessionclean"])}.service - Daily activities...`],
      () => ["systemd[1]", `session-${below(90_000)}.scope: Deactivated successfully.`],
      () => ["systemd[1]", `session-${below(90_000)}.scope: Consumed ${below(9)}.${padded(below(1000), 3)}s CPU time.`],
      () => ["kernel", `[${up.toFixed(6).padStart(12)}] [UFW BLOCK] IN=ens3 OUT= MAC=52:54:00:${hex(2)}:${hex(2)}:${hex(2)} SRC=${address()} `
        + `DST=192.0.2.10 LEN=${40 + below(20)} TOS=0x00 PREC=0x00 TTL=${40 + below(200)} ID=${below(65_536)} PROTO=TCP SPT=${below(65_536)} `
        + `DPT=${often([22, 23, 80, 443, 3389, 5432, 8080])} WINDOW=${below(65_536)} RES=0x00 SYN URGP=0`],
      () => [`postfix/smtpd[${pid}]`, `connect from unknown[${address()}]`],
      () => [`postfix/qmgr[${pid}]`, `${hex(10).toUpperCase()}: from=<${one(slugs)}@shop.example>, size=${below(60_000)}, nrcpt=1 (queue active)`],
      () => [`dhclient[${pid}]`, `DHCPREQUEST for 192.0.2.${below(256)} on ens3 to 192.0.2.1 port 67`],
    ])();
    yield `${clock.tick().iso}.${clock.fraction}+00:00 ${often(hosts)} ${program}: ${text}`;
  }
}

function* podman() {
  const clock = new Clock(150);
  const line = (stream, text, flag = "F") => `${clock.tick().iso}.${clock.fraction}${padded(below(1000), 3)}+00:00 ${stream} ${flag} ${text}`;
  const stamp = () => `${clock.dpkg}.${clock.fraction.slice(0, 3)} UTC [${20 + below(400)}]`;
  for (;;) {
    if (chance(2000)) { // longer than its runtime writes at once
      yield line("stdout", `{"partial":"${hex(8000)}`, "P");
      yield line("stdout", `${hex(600)}"}`);
    }
    switch (skewed(4)) {
    case 0:
      yield line("stderr", `${stamp()} LOG:  duration: ${below(3000)}.${padded(below(1000), 3)} ms  statement: SELECT * FROM orders WHERE customer_id = `
        + `${below(50_000)} ORDER BY created_at DESC LIMIT ${often([10, 20, 50, 100])}`);
      break;
    case 1:
      yield line("stderr", `${stamp()} LOG:  checkpoint complete: wrote ${below(9000)} buffers (${below(50)}.${below(10)}%); 0 WAL file(s) added, `
        + `${below(3)} removed, ${below(5)} recycled; write=${below(300)}.${padded(below(1000), 3)} s, sync=0.${padded(below(1000), 3)} s, total=`
        + `${below(300)}.${padded(below(1000), 3)} s; sync files=${below(200)}, longest=0.${padded(below(1000), 3)} s; distance=${below(90_000)} kB`);
      break;
    case 2:
      yield line("stdout", `172.17.0.${below(256)} - - [${clock.nginx}] "${method()} ${path()} HTTP/1.1" ${status()} ${skewed(9000)}`);
      break;
    default:
      yield line("stderr", `${stamp()} ERROR:  duplicate key value violates unique constraint "orders_pkey"`);
      yield line("stderr", `${stamp()} DETAIL:  Key (id)=(${below(1_000_000)}) already exists.`);
    }
  }
}

function* pino() {
  const clock = new Clock(25);
  for (let request = 1; ; ++request) {
    const base = { pid: often([4711, 4712, 9120, 9121]), hostname: often(["web-1", "web-2"]), reqId: `req-${request.toString(36)}` };
    const line = (level, rest) => JSON.stringify({ level, time: Math.floor(clock.tick().ms), ...base, ...rest });
    const url = path();
    yield line(30, { req: { method: method(), url, hostname: "shop.example", remoteAddress: address(), remotePort: 1024 + below(64_000) }, msg: "incoming request" });
    if (chance(4))
      yield line(20, { trace_id: hex(32), span_id: hex(16), user: `u-${below(50_000)}`, msg: `cart has ${skewed(12)} items worth ${below(500)}.${padded(below(100), 2)} EUR` });
    const failed = chance(60);
    if (failed) {
      const message = one(["connect ECONNREFUSED 10.0.0.12:5432", "timeout of 3000ms exceeded", "Cannot read properties of undefined (reading 'id')"]);
      yield line(50, { err: { type: "Error", message, stack: `Error: ${message}\n    at Cart.load (/app/src/cart.js:${below(400)}:${below(40)})\n`
        + `    at async handler (/app/src/routes/${one(slugs)}.js:${below(200)}:11)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)` }, msg: message });
    }
    yield line(30, { res: { statusCode: failed ? 500 : status() }, responseTime: random() * 300, msg: "request completed" });
  }
}

// What each file has of them all.
const files = [["access.log", nginx, 0.3], ["app.jsonl", pino, 0.3], ["syslog", rsyslog, 0.2], ["ctr.log", podman, 0.15], ["dpkg.log", dpkg, 0.04],
  ["term.log", apt, 0.01]];
mkdirSync(folder, { recursive: true });
for (const [name, lines, share] of files) {
  const file = openSync(join(folder, name), "w");
  let left = Number(megabytes) * 1e6 * share;
  let piece = "";
  for (const line of lines()) {
    piece += line + "\n";
    if (piece.length < 1 << 20 && piece.length < left)
      continue;
    left -= writeSync(file, piece);
    piece = "";
    if (left <= 0)
      break;
  }
  closeSync(file);
}
