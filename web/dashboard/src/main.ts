// SPDX-License-Identifier: GPL-3.0-or-later
// The page: creates its parts and connects them.
import "uplot/dist/uPlot.min.css";
import "./style.css";
import "./charts.css";
import "./log.css";
import "./popups.css";
import "./phone.css";
import type { LogEntry } from "vigie-client";
import { allApps } from "./allapps.js";
import { Api } from "./api.js";
import type { Shared } from "./chart.js";
import { copyText } from "./clipboard.js";
import { Crosshair } from "./crosshair.js";
import { element } from "./dom.js";
import { whyText } from "./failure.js";
import { Format } from "./format.js";
import { Highlights } from "./highlights.js";
import { remember, remembered, takeFromAddress, type Identity } from "./identity.js";
import { listenToKeys } from "./keyboard.js";
import { JoinRequest } from "./joinrequest.js";
import { LogBars } from "./logbars.js";
import { LogPanel } from "./logpanel.js";
import { LogTime } from "./logtime.js";
import { MetricsView } from "./metricsview.js";
import { MomentPanel } from "./momentpanel.js";
import { Session, stateText } from "./session.js";
import { Settings } from "./settings.js";
import { SignIn } from "./signin.js";
import { textsOf, type Texts } from "./texts.js";
import { applyTheme, currentColours } from "./theme.js";
import { Timeline } from "./timeline.js";
import { TopBar } from "./topbar.js";
import { readAddress, writeAddress } from "./viewaddress.js";
import { ViewKeeper } from "./viewkeeper.js";

const opened = readAddress(location.hash);
const fromLink = takeFromAddress(location, history, location.hash ? writeAddress(opened.address) : "");
const settings = new Settings(localStorage, navigator.languages);
const timeline = new Timeline(settings.rangeSeconds.value * 1000, Date.now());
const presentMs = (): number => timeline.presentMs;
let texts: Texts = await textsOf(settings.language.value);
let format = new Format(settings.language.value, presentMs);
let session: Session | undefined;
let joinRequest: JoinRequest | undefined;
let badParts: readonly string[] = opened.bad;

const spoken = element("p", { className: "unseen", attributes: { role: "status", "aria-live": "polite" } });
const shared: Shared = { timeline, crosshair: new Crosshair(), say: (text) => (spoken.textContent = text) };
const signIn = new SignIn();
const topBar = new TopBar(timeline, settings);
const metrics = new MetricsView(shared, settings);
const moment = new MomentPanel(timeline);
const logs = new LogPanel(new Highlights(localStorage), settings.wraps, format, texts);
const bars = new LogBars(shared, logs.live);
const logTime = new LogTime(timeline, logs, () => session);
const view = new ViewKeeper(timeline, logs.filter, () => session?.identity.appId);
const skip = element("a", { href: "#log", className: "skip" });
const notice = element("p", { className: "notice", hidden: true, attributes: { role: "status" } });
const main = element("main", { hidden: true }, topBar.root, notice, metrics.root, bars.root,
                     element("div", { className: "entries" }, moment.root, logs.root));

function applyLook(): void {
  format = new Format(settings.language.value, presentMs);
  applyTheme(settings.theme.value);
  const colours = currentColours();
  document.documentElement.lang = settings.language.value;
  document.title = session ? `${session.isOfAll ? texts.allApplications : session.identity.appId} – ${texts.title}` : texts.title;
  skip.textContent = texts.skipToLog;
  signIn.setTexts(texts);
  topBar.setLook(format, texts);
  logs.setLanguage(format, texts);
  metrics.setLook(format, texts, colours);
  moment.setLook(format, texts);
  bars.setLook(format, texts, colours);
  showState();
  showNotice();
}

async function applyLanguage(): Promise<void> {
  const { value } = settings.language;
  const loaded = await textsOf(value);
  if (value !== settings.language.value) return; // another was chosen meanwhile
  texts = loaded;
  applyLook();
}

/** Does nothing while the page is hidden. */
function showState(): void {
  if (!session || document.hidden) return;
  const { text, kind, mayRetry } = stateText(session.state, session.trouble, texts, Date.now(), session.isSilent());
  const isStale = kind === "doubt" || kind === "bad";
  topBar.setState(text, kind, mayRetry);
  topBar.setAsOf(isStale && metrics.newestMs !== undefined ? texts.stale(format.moment(metrics.newestMs)) : "");
  main.classList.toggle("stale", isStale);
}

/** Shows which metrics are missing and why, and what of a link was not understood. */
function showNotice(): void {
  const { failure } = metrics;
  const told = [failure ? texts.figuresFailed(whyText(failure, texts)) : "", badParts.length > 0 ? texts.badLink(badParts.join(", ")) : ""];
  const text = told.filter((one) => one).join(" ");
  notice.hidden = !text;
  if (notice.textContent !== text) notice.textContent = text;
}

function useSession(begun: Session | undefined): void {
  session = begun;
  metrics.setApi(begun?.api);
  moment.setApi(begun?.api);
  bars.setApi(begun?.logsApi, begun?.identity.appId);
  logs.setTotals(begun?.totals);
  logs.setOfAll(begun?.isOfAll ?? false);
  logs.setApps(0, 0);
}

function start(identity: Identity): void {
  session?.end();
  logs.live.clear();
  const begun = new Session(identity, logs, () => texts, new URL(location.href), presentMs);
  useSession(begun);
  begun.onState = showState;
  begun.onMetrics = ({ disk }) => metrics.addSpace(disk);
  begun.onApps = (watched, all) => logs.setApps(watched, all);
  begun.onDetail = (detail) => metrics.add(detail);
  begun.onRefused = ({ code, message }) =>
    leave(texts.refused(texts.refusals[code as keyof Texts["refusals"]] ?? message), code?.startsWith("token_"));
  begun.onSignedIn = () => {
    metrics.signedIn();
    bars.askAgain();
    moment.askAgain();
    void begun.api.applications("menu").then((appIds) => session === begun && topBar.setWho(identity.appId, identity.userId, appIds), () => {});
  };
  topBar.setWho(identity.appId, identity.userId, []);
  settings.name.set(identity.userId);
  remember(identity, sessionStorage);
  signIn.hide();
  main.hidden = false;
  logTime.restart();
  applyLook();
  view.writeSoon();
}

/** Without a token, the reader may ask the owner for one. */
function ask(identity: Identity): void {
  joinRequest = new JoinRequest(identity, new URL(location.href), (answer) => {
    joinRequest = undefined;
    if ("token" in answer) start({ ...identity, token: answer.token });
    else signIn.show(identity, texts.askRefusals[answer.code as keyof Texts["askRefusals"]] ?? texts.askRefusals.lost, true);
  });
  signIn.setWaiting(true);
}

function leave(problem: string, mayAsk = false): void {
  const known = session?.identity ?? {};
  session?.end();
  useSession(undefined);
  remember(undefined, sessionStorage);
  main.hidden = true;
  document.title = texts.title;
  signIn.show(known, problem, mayAsk);
}

/** Offers applications to choose from, where they may be listed. */
async function listApplications(token?: string): Promise<void> {
  const appIds = await new Api(token).applications("menu").catch(() => []);
  signIn.setApplications(appIds.length > 1 ? [allApps, ...appIds] : appIds, texts.allApplications);
}

/** Signs in if it is known who as; else asks for what is missing. `name`: what to offer where none is known. */
function enter(known: Partial<Identity>, name = ""): void {
  if (known.appId && known.userId) return start({ appId: known.appId, userId: known.userId, token: known.token });
  if (known.userId) settings.name.set(known.userId); // the address no longer says it: a reload is to know it
  signIn.show({ userId: name, ...known }, "");
  if (known.token || ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)) void listApplications(known.token);
}

/** Shows what a link says, and signs in as it says where nobody is. */
function openAddress(): void {
  const { address, bad } = readAddress(location.hash);
  const identity = takeFromAddress(location, history, writeAddress(address));
  badParts = bad;
  view.show(address);
  const current = session?.identity;
  if (!current && Object.keys(identity).length > 0) {
    signIn.onAskNoLonger();
    enter(identity);
  } else if (current && identity.appId && identity.appId !== current.appId) start({ ...current, ...identity, appId: identity.appId });
  else view.writeSoon();
  showNotice();
}

async function help(): Promise<void> {
  const { HelpDialog } = await import("./helpdialog.js");
  if (!document.querySelector("dialog[open]")) new HelpDialog(texts);
}

async function exportLog(): Promise<void> {
  if (!session) return;
  const { ExportDialog } = await import("./exportdialog.js");
  const { stretch, filter } = logs;
  const entries = stretch ? texts.exportStretch(format.moment(stretch.fromMs), format.moment(stretch.toMs)) : texts.exportAll;
  const scope = [entries, logs.appsText].filter((one) => one).join("; ");
  const times = stretch ? { from: Math.floor(stretch.fromMs), to: Math.ceil(stretch.toMs) } : {};
  new ExportDialog(session.logsApi, { appId: session.identity.appId, query: { ...filter.query, ...times }, choice: filter.choice }, scope, format, texts);
}

async function showSources(tab: "list" | "add" = "list"): Promise<void> {
  if (!session) return;
  const { SourcesDialog } = await import("./sourcesdialog.js");
  if (!session || document.querySelector("dialog[open]")) return;
  const { identity } = session;
  const dialog = new SourcesDialog(session.api, identity, new URL(".", location.href).href, format, texts, tab);
  dialog.onApplication = (appId) => session && start({ ...session.identity, appId });
}

/** Shows an entry among those around it, in the log of its application. */
function showEntry(entry: LogEntry): void {
  if (!session) return;
  if (!session.isOfAll && entry.appId !== session.identity.appId) start({ ...session.identity, appId: entry.appId });
  logs.filter.reset();
  logs.expect(entry.id);
  timeline.pinInView(entry.timestamp);
}

async function showTrace(traceId: string): Promise<void> {
  const { TraceDialog } = await import("./tracedialog.js");
  if (!session || document.querySelector("dialog[open]")) return;
  new TraceDialog(session.api, traceId, format, texts).onEntry = showEntry;
}

signIn.onSubmit = start;
signIn.onAsk = ask;
signIn.onToken = (token) => void listApplications(token);
signIn.onAskNoLonger = () => {
  joinRequest?.cancel();
  joinRequest = undefined;
  signIn.setWaiting(false);
};
topBar.onSignOut = () => leave("");
topBar.onHelp = () => void help();
topBar.onSources = () => void showSources();
topBar.onRetry = () => session?.retryNow();
topBar.onApplication = (appId) => session && start({ ...session.identity, appId });
topBar.onLink = () => copyText(view.link());
metrics.onFailure = showNotice;
bars.onErrors = (errors) => metrics.setMarks(errors);
logs.onOlder = (isAsked) => void session?.older(isAsked);
logs.onChoice = () => {
  session?.choiceChanged();
  view.writeSoon();
};
logs.onNow = () => timeline.toPresent();
logs.onAround = (timeMs) => {
  logs.filter.reset();
  timeline.pinInView(timeMs);
};
logs.onTrace = (traceId) => void showTrace(traceId);
logs.onAddSource = () => void showSources("add");
logs.onExport = () => void exportLog();
listenToKeys({
  "/": () => logs.focusSearch(),
  " ": () => (timeline.view.isLive ? timeline.pause() : timeline.toPresent()),
  g: () => logs.toTop(),
  G: () => logs.toEnd(),
  n: () => timeline.toPresent(),
  "?": () => void help(),
  F9: () => void showSources(),
  "Shift+F9": () => void showSources("add"),
  "+": () => timeline.zoom(0.8, timeline.view.isLive ? 1 : 0.5),
  "-": () => timeline.zoom(1.25, timeline.view.isLive ? 1 : 0.5),
  ArrowLeft: () => timeline.move(-0.25),
  ArrowRight: () => timeline.move(0.25),
  ArrowDown: () => logs.focusList(),
  Enter: () => logs.openDetails(),
  Escape: () => {
    if (document.querySelector("dialog[open]")) return false; // the browser closes it
    if (!topBar.closeMenu() && !logs.closeMenu() && !logs.closeDetails()) timeline.unpin();
    logs.focusList();
    return true;
  },
}, () => session !== undefined);
setInterval(showState, 500);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  showState();
  metrics.draw();
  bars.draw();
});
addEventListener("hashchange", openAddress);
addEventListener("online", () => session?.retryNow());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyLook);
settings.language.watch(() => void applyLanguage());
settings.theme.watch(applyLook);
settings.perCore.watch(() => metrics.setPerCore());

document.getElementById("unstarted")?.remove();
document.body.append(skip, signIn.root, main, spoken);
signIn.root.hidden = true;
view.show(opened.address);
enter({ ...remembered(sessionStorage), ...fromLink }, settings.name.value);
performance.mark("vigie-ready");
