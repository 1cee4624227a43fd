// SPDX-License-Identifier: GPL-3.0-or-later
// The page: makes its parts and tells them of one another.
import "uplot/dist/uPlot.min.css";
import "./style.css";
import { element } from "./dom.js";
import { Format } from "./format.js";
import { HelpDialog } from "./helpdialog.js";
import { Histogram } from "./histogram.js";
import { remember, remembered, takeFromAddress, type Identity } from "./identity.js";
import { listenToKeys } from "./keyboard.js";
import { JoinRequest } from "./joinrequest.js";
import { LogRates } from "./lograte.js";
import { LogPanel } from "./logpanel.js";
import { MetricsView } from "./metricsview.js";
import { MomentPanel } from "./momentpanel.js";
import { Session, stateText } from "./session.js";
import { Settings } from "./settings.js";
import { SignIn } from "./signin.js";
import { languages, type Texts } from "./texts.js";
import { applyTheme, currentColours, type Colours } from "./theme.js";
import { Timeline } from "./timeline.js";
import { TopBar } from "./topbar.js";

const histogramMs = 250; // between two drawings of the bars
const fromLink = takeFromAddress(location, history);
const settings = new Settings(localStorage, navigator.languages);
let texts: Texts = languages[settings.language.value];
let format = new Format(settings.language.value);
let colours: Colours;
let session: Session | undefined;
let rates: LogRates | undefined;
let joinRequest: JoinRequest | undefined;
let momentMs: number | undefined;

const timeline = new Timeline(settings.rangeSeconds.value * 1000, Date.now());
const signIn = new SignIn();
const topBar = new TopBar(timeline, settings);
const metrics = new MetricsView(timeline, settings);
const histogram = new Histogram();
const moment = new MomentPanel();
const logs = new LogPanel(format, texts);
const help = new HelpDialog();
const skip = element("a", { href: "#log", className: "skip" });
const notice = element("p", { className: "notice", hidden: true });
const main = element("main", { hidden: true }, topBar.root, notice, metrics.root, histogram.root, moment.root, logs.root);

function applyLook(): void {
  texts = languages[settings.language.value];
  format = new Format(settings.language.value);
  applyTheme(settings.theme.value);
  colours = currentColours();
  document.documentElement.lang = settings.language.value;
  document.title = session ? `${session.identity.appId} – ${texts.title}` : texts.title;
  skip.textContent = texts.skipToLog;
  notice.textContent = texts.noHistory;
  signIn.setTexts(texts);
  topBar.setTexts(texts);
  help.setTexts(texts);
  histogram.setTexts(texts.logRate, texts.showStretch);
  logs.setLanguage(format, texts);
  metrics.setLook(format, texts, colours);
  showState();
  drawHistogram();
}

function showState(): void {
  if (!session) return;
  const { text, kind, mayRetry } = stateText(session.state, session.trouble, texts, Date.now());
  topBar.setState(text, kind, mayRetry);
}

function start(identity: Identity): void {
  session?.end();
  logs.live.clear();
  logs.leaveStretch();
  notice.hidden = true;
  session = new Session(identity, logs, () => texts, new URL(location.href));
  metrics.setApi(session.api);
  rates = new LogRates(session.api, identity.appId);
  rates.onStored = drawHistogramSoon;
  session.onState = showState;
  session.onDetail = (detail) => metrics.add(detail);
  session.onRefused = ({ code, message }) =>
    leave(texts.refused(texts.refusals[code as keyof Texts["refusals"]] ?? message), code?.startsWith("token_"));
  session.onSignedIn = () => void metrics.fill();
  topBar.setWho(`${identity.appId} · ${identity.userId}`);
  remember(identity, sessionStorage);
  signIn.hide();
  main.hidden = false;
  applyLook();
}

/** Without a token: the owner may give one. */
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
  remember(undefined, sessionStorage);
  main.hidden = true;
  document.title = texts.title;
  signIn.show(known, problem, mayAsk);
}

async function showMoment(timeMs: number): Promise<void> {
  if (!session) return;
  momentMs = timeMs;
  drawHistogram();
  moment.show(timeMs, undefined, format, texts);
  const { fromMs, toMs } = timeline.view;
  const withinMs = Math.max(5_000, (toMs - fromMs) / 60);
  const processes = session.api.processes(timeMs).catch(() => ({ timestamp: null, byCpu: [], byMemory: [] }));
  await session.show({ fromMs: timeMs - withinMs, toMs: timeMs + withinMs }, timeMs).catch(() => {});
  if (momentMs === timeMs) moment.show(timeMs, await processes, format, texts);
}

function hideMoment(): boolean {
  const wasShown = momentMs !== undefined;
  momentMs = undefined;
  moment.hide();
  logs.leaveStretch();
  drawHistogram();
  return wasShown;
}

let histogramTimer: ReturnType<typeof setTimeout> | undefined;
function drawHistogramSoon(): void {
  histogramTimer ??= setTimeout(drawHistogram, histogramMs);
}

function drawHistogram(): void {
  clearTimeout(histogramTimer);
  histogramTimer = undefined;
  if (main.hidden || !rates) return;
  const { view } = timeline;
  const rate = rates.count(logs.live.live, logs.live.heldFromMs, view, histogram.bars);
  const errors = rate.errors();
  const errorCount = errors.reduce((sum, { count }) => sum + count, 0);
  const summary = texts.logRateSummary(format.count(rate.total), format.count(errorCount));
  histogram.draw(rate, view, { colours, format, perSecond: (perSecond) => texts.perSecond(format.count(Math.ceil(perSecond))), summary });
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
metrics.onMoment = (timeMs) => void showMoment(timeMs);
histogram.onMoment = (timeMs) => void showMoment(timeMs);
histogram.onStretch = ({ fromMs, toMs }) => {
  hideMoment();
  void session?.show({ fromMs, toMs }, toMs).catch(() => {});
};
metrics.onNoHistory = () => void (notice.hidden = false);
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
    if (help.root.open) return false; // which closes it
    if (!logs.closeDetails()) hideMoment();
    logs.focusList();
    return true;
  },
}, () => session !== undefined);
setInterval(showState, 500);
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
