// SPDX-License-Identifier: GPL-3.0-or-later
// The page: creates its parts and connects them.
import "uplot/dist/uPlot.min.css";
import "./style.css";
import { RequestFailed } from "./api.js";
import { element } from "./dom.js";
import { failureOf, whyText } from "./failure.js";
import { Format } from "./format.js";
import { HelpDialog } from "./helpdialog.js";
import { Histogram } from "./histogram.js";
import { remember, remembered, takeFromAddress, type Identity } from "./identity.js";
import { listenToKeys } from "./keyboard.js";
import { JoinRequest } from "./joinrequest.js";
import { LogRates, spanOf } from "./lograte.js";
import { LogPanel } from "./logpanel.js";
import { MetricsView } from "./metricsview.js";
import { MomentPanel } from "./momentpanel.js";
import { Retry } from "./retry.js";
import { Session, stateText } from "./session.js";
import { Settings } from "./settings.js";
import { SignIn } from "./signin.js";
import { languages, type Texts } from "./texts.js";
import { applyTheme, currentColours, type Colours } from "./theme.js";
import { Timeline } from "./timeline.js";
import { TopBar } from "./topbar.js";

const histogramMs = 250; // minimum interval of redrawing the bars
const fromLink = takeFromAddress(location, history);
const settings = new Settings(localStorage, navigator.languages);
const timeline = new Timeline(settings.rangeSeconds.value * 1000, Date.now());
let texts: Texts = languages[settings.language.value];
const presentMs = (): number => timeline.presentMs;
let format = new Format(settings.language.value, presentMs);
let colours: Colours;
let session: Session | undefined;
let rates: LogRates | undefined;
let joinRequest: JoinRequest | undefined;
let momentMs: number | undefined;

const signIn = new SignIn();
const topBar = new TopBar(timeline, settings);
const metrics = new MetricsView(timeline, settings);
const histogram = new Histogram();
const moment = new MomentPanel();
const logs = new LogPanel(format, texts);
const help = new HelpDialog();
const skip = element("a", { href: "#log", className: "skip" });
const notice = element("p", { className: "notice", hidden: true, attributes: { role: "status" } });
const main = element("main", { hidden: true }, topBar.root, notice, metrics.root, histogram.root, moment.root, logs.root);

function applyLook(): void {
  texts = languages[settings.language.value];
  format = new Format(settings.language.value, presentMs);
  applyTheme(settings.theme.value);
  colours = currentColours();
  document.documentElement.lang = settings.language.value;
  document.title = session ? `${session.identity.appId} – ${texts.title}` : texts.title;
  skip.textContent = texts.skipToLog;
  signIn.setTexts(texts);
  topBar.setTexts(texts);
  help.setTexts(texts);
  histogram.setTexts(texts.logRate, texts.showStretch);
  logs.setLanguage(format, texts);
  metrics.setLook(format, texts, colours);
  showState();
  showFailure();
  drawHistogram();
}

/** Does nothing while the page is hidden. */
function showState(): void {
  if (!session || document.hidden) return;
  const { text, kind, mayRetry } = stateText(session.state, session.trouble, texts, Date.now(), session.isSilent());
  topBar.setState(text, kind, mayRetry);
  main.classList.toggle("stale", kind === "doubt" || kind === "bad");
}

/** Shows which metrics are missing, and why. */
function showFailure(): void {
  const { failure } = metrics;
  notice.hidden = !failure;
  const text = failure ? texts.figuresFailed(whyText(failure, texts)) : "";
  if (notice.textContent !== text) notice.textContent = text;
}

function start(identity: Identity): void {
  session?.end();
  logs.live.clear();
  logs.leaveStretch();
  session = new Session(identity, logs, () => texts, new URL(location.href));
  metrics.setApi(session.api);
  rates?.end();
  rates = new LogRates(session.api, identity.appId);
  rates.onStored = drawHistogramSoon;
  session.onState = showState;
  session.onMetrics = ({ disk }) => metrics.addSpace(disk);
  session.onDetail = (detail) => metrics.add(detail);
  session.onRefused = ({ code, message }) =>
    leave(texts.refused(texts.refusals[code as keyof Texts["refusals"]] ?? message), code?.startsWith("token_"));
  session.onSignedIn = () => {
    metrics.signedIn();
    rates?.askAgain();
    processesAgain.now();
  };
  topBar.setWho(`${identity.appId} · ${identity.userId}`);
  remember(identity, sessionStorage);
  signIn.hide();
  main.hidden = false;
  applyLook();
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
  session = undefined;
  metrics.setApi(undefined);
  rates?.end();
  rates = undefined;
  processesAgain.succeeded();
  remember(undefined, sessionStorage);
  main.hidden = true;
  document.title = texts.title;
  signIn.show(known, problem, mayAsk);
}

function showMoment(timeMs: number): void {
  if (!session) return;
  momentMs = timeMs;
  drawHistogram();
  moment.show(timeMs, undefined, format, texts);
  const { fromMs, toMs } = timeline.view;
  const withinMs = Math.max(5_000, (toMs - fromMs) / 60);
  void session.show({ fromMs: timeMs - withinMs, toMs: timeMs + withinMs }, timeMs);
  void askProcesses();
}

const processesAgain = new Retry(() => void askProcesses());
async function askProcesses(): Promise<void> {
  const timeMs = momentMs;
  if (!session || timeMs === undefined) return;
  const processes = await session.api.processes(timeMs).catch(failureOf);
  if (momentMs !== timeMs || !processes) return;
  moment.show(timeMs, processes, format, texts);
  if (processes instanceof RequestFailed) processesAgain.failed(processes.mayRetry);
  else processesAgain.succeeded();
}

function hideMoment(): boolean {
  const wasShown = momentMs !== undefined;
  momentMs = undefined;
  moment.hide();
  if (logs.stretch) logs.leaveStretch();
  else if (wasShown) session?.leaveStretch(); // its entries may still be loading
  drawHistogram();
  return wasShown;
}

let histogramTimer: ReturnType<typeof setTimeout> | undefined;
function drawHistogramSoon(): void {
  histogramTimer ??= setTimeout(drawHistogram, histogramMs);
}

/** The rate of entries; rates below one a second use a longer unit. */
function rateText(count: number, stepMs: number): string {
  const perSecond = (count * 1000) / stepMs;
  return perSecond >= 1 ? texts.perSecond(format.count(perSecond)) : texts.within(format.count(count), ...spanOf(stepMs));
}

function drawHistogram(): void {
  clearTimeout(histogramTimer);
  histogramTimer = undefined;
  if (main.hidden || document.hidden || !rates) return;
  const { view } = timeline;
  const rate = rates.count(logs.live.live, logs.live.heldFromMs, view, histogram.bars, timeline.presentMs);
  const errors = rate.errors();
  const errorCount = errors.reduce((sum, { count }) => sum + count, 0);
  const summary = texts.logRateSummary(format.count(rate.total), format.count(errorCount));
  histogram.setProblem(rates.failure ? texts.countsFailed(whyText(rates.failure, texts)) : "");
  histogram.draw(rate, view, {
    colours, format, summary, rate: rateText, levelName: (severity) => texts.levels[severity],
  });
  metrics.setMarks(errors, momentMs);
}

signIn.onSubmit = start;
signIn.onAsk = ask;
signIn.onAskNoLonger = () => {
  joinRequest?.cancel();
  joinRequest = undefined;
  signIn.setWaiting(false);
};
topBar.onSignOut = () => leave("");
topBar.onHelp = () => help.toggle();
topBar.onRetry = () => session?.retryNow();
metrics.onMoment = showMoment;
histogram.onMoment = showMoment;
histogram.onStretch = ({ fromMs, toMs }) => {
  hideMoment();
  void session?.show({ fromMs, toMs }, toMs);
};
histogram.onResize = drawHistogramSoon;
metrics.onFailure = showFailure;
moment.onClose = () => void hideMoment();
logs.onOlder = (isAsked) => void session?.older(isAsked);
logs.onChoice = () => session?.choiceChanged();
logs.onLeaveStretch = () => {
  session?.leaveStretch();
  momentMs = undefined;
  moment.hide();
};
logs.live.onChange(drawHistogramSoon);
timeline.onChange(drawHistogramSoon);
listenToKeys({
  "/": () => logs.focusSearch(),
  " ": () => logs.toggleFollowing(),
  g: () => logs.toTop(),
  G: () => logs.toEnd(),
  n: () => timeline.toPresent(),
  "?": () => help.toggle(),
  "+": () => timeline.zoom(0.8, timeline.view.isLive ? 1 : 0.5),
  "-": () => timeline.zoom(1.25, timeline.view.isLive ? 1 : 0.5),
  ArrowLeft: () => timeline.move(-0.25),
  ArrowRight: () => timeline.move(0.25),
  ArrowDown: () => logs.focusList(),
  Enter: () => logs.openDetails(),
  Escape: () => {
    if (help.root.open) return false; // the browser closes it
    if (!logs.closeDetails()) hideMoment();
    logs.focusList();
    return true;
  },
}, () => session !== undefined);
setInterval(showState, 500);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  showState();
  metrics.draw();
  drawHistogram();
});
addEventListener("online", () => session?.retryNow());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyLook);
for (const signal of [settings.language, settings.theme]) {
  let isFirst = true;
  signal.watch(() => (isFirst ? void (isFirst = false) : applyLook()));
}
settings.perCore.watch(() => metrics.setPerCore());

document.getElementById("unstarted")?.remove();
document.body.append(skip, signIn.root, main, help.root);
signIn.root.hidden = true;
applyLook();
const known = { ...remembered(sessionStorage), ...fromLink };
if (known.appId && known.userId) start({ appId: known.appId, userId: known.userId, token: known.token });
else signIn.show(known, "");
performance.mark("vigie-ready");
