// Keeps the page as the server sees it, and moves between addresses without loading the page anew.
import { showModal } from "./dialogs.js";
import { morph } from "./morph.js";
import { tick } from "./ticking.js";

const NEAR_BOTTOM = 80;
let source = null;

export function startLive() {
  document.addEventListener("click", followed);
  window.addEventListener("popstate", () => go(location.href, { remember: false }));
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  toBottom();
  connect();
}

function connect() {
  disconnect();
  const path = location.pathname.replace("/as/", "/live/");
  source = new EventSource(path + location.search);
  const banner = document.querySelector("#connection");
  source.onopen = () => (banner.hidden = true);
  source.onerror = () => (banner.hidden = false);
  source.onmessage = (event) => {
    show(JSON.parse(event.data));
    document.documentElement.dataset.live = "yes";
  };
}

// A hidden page needs no news, and browsers allow few connections to one place.
function disconnect() {
  source?.close();
  source = null;
}

function show(regions) {
  const messages = document.querySelector("#messages");
  const newest = newestKey(messages);
  const atBottom = messages.scrollHeight - messages.scrollTop - messages.clientHeight < NEAR_BOTTOM;
  for (const [name, html] of Object.entries(regions)) {
    const region = document.querySelector(`[data-region=${name}]`);
    if (region) morph(region, html);
  }
  document.querySelector("#app").dataset.pane = document.querySelector("#pane .pane-head") ? "open" : "shut";
  if ("messages" in regions && (atBottom || newestKey(messages) !== newest)) toBottom();
  if ("modal" in regions) showModal();
  tick();
}

// To the end; where the newest message is longer than the window, to its beginning.
function toBottom() {
  const messages = document.querySelector("#messages");
  messages.scrollTop = document.body.dataset.place === "home" ? 0 : messages.scrollHeight;
  const newest = messages.querySelector("article:last-of-type");
  if (newest && newest.offsetHeight > messages.clientHeight) newest.scrollIntoView({ block: "start" });
}

function newestKey(messages) {
  return messages.lastElementChild?.dataset.key;
}

function followed(event) {
  const link = event.target.closest("a[href^='/as/']");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  link.closest("details.menu")?.removeAttribute("open");
  document.querySelector("#app").classList.remove("menu-open");
  go(link.href, { remember: true });
}

export async function go(url, { remember }) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) {
    location.assign(url);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = { ...document.body.dataset, pane: hasPane() };
  if (remember) history.pushState(null, "", answer.url);
  disconnect();
  for (const name of ["user", "place"]) document.body.dataset[name] = page.body.dataset[name];
  const regions = [...page.querySelectorAll("[data-region]")].map((one) => [one.dataset.region, one.innerHTML]);
  show(Object.fromEntries(regions));
  if (before.place !== document.body.dataset.place || before.user !== document.body.dataset.user) toBottom();
  if (hasPane() && !before.pane) document.querySelector("#pane .pane-head a").focus();
  connect();
}

function hasPane() {
  return Boolean(document.querySelector("#pane .pane-head"));
}
