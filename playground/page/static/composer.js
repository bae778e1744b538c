// The message box: Enter sends, Shift+Enter breaks the line, / offers the commands.
import { act } from "./sending.js";

const commands = () => JSON.parse(document.body.dataset.commands);
let chosen = -1;

export function startComposer() {
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".composer textarea")) return;
    grow(event.target);
    if (event.target.id === "composer-text") offer(event.target);
  });
  document.addEventListener("keydown", keyed);
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.act !== "say") return;
    event.preventDefault();
    say(event.target);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest("#completions li");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  document.addEventListener("focusout", (event) => event.target.id === "composer-text" && hide());
}

export function typeInComposer(text) {
  const box = document.querySelector("#composer-text");
  if (!box) return;
  box.value = text;
  box.focus();
  grow(box);
  hide();
}

async function say(form) {
  const box = form.querySelector("textarea");
  const text = box.value;
  if (!text.trim()) return;
  const notice = document.querySelector("#composer-notice");
  box.value = "";
  grow(box);
  hide();
  notice.textContent = "";
  const outcome = await act({ act: "say", text, place: document.body.dataset.place, thread: form.dataset.thread ?? "" });
  notice.textContent = outcome.notice;
  if (!outcome.ok && !box.value) {
    box.value = text;
    grow(box);
  }
}

function grow(box) {
  box.rows = Math.min(8, box.value.split("\n").length);
}

function keyed(event) {
  const box = event.target;
  if (!box.matches?.(".composer textarea") || event.isComposing) return;
  const options = box.id === "composer-text" ? [...list().children] : [];
  const open = options.length && !list().hidden;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(options, (Math.max(chosen, step > 0 ? -1 : 0) + step + options.length) % options.length);
  } else if (open && (event.key === "Tab" || (event.key === "Enter" && chosen >= 0))) {
    event.preventDefault();
    take(options[Math.max(chosen, 0)]);
  } else if (open && event.key === "Escape") {
    event.preventDefault();
    hide();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    box.form.requestSubmit();
  }
}

function list() {
  return document.querySelector("#completions");
}

// What the line could become: a command, then one of its words.
function offered(text) {
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const [name, ...rest] = text.split(" ");
  if (!rest.length) {
    return commands()
      .filter((one) => one.name.startsWith(name))
      .map((one) => ({ text: one.name, about: `${one.about} ${one.usage}` }));
  }
  const command = commands().find((one) => one.name === name);
  const begun = rest.join(" ");
  return (command?.words ?? [])
    .filter((word) => word.startsWith(begun) && word !== begun)
    .map((word) => ({ text: `${name} ${word}`, about: "" }));
}

function offer(box) {
  const items = offered(box.value).map(({ text, about }, index) => {
    const item = document.createElement("li");
    item.id = `completion-${index}`;
    item.setAttribute("role", "option");
    item.dataset.text = text;
    const strong = document.createElement("strong");
    strong.textContent = text;
    item.append(strong, ` ${about}`);
    return item;
  });
  list().replaceChildren(...items);
  list().hidden = !items.length;
  box.setAttribute("aria-expanded", String(Boolean(items.length)));
  mark(items, -1);
}

function mark(options, index) {
  chosen = index;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  const box = document.querySelector("#composer-text");
  if (index >= 0) box.setAttribute("aria-activedescendant", options[index].id);
  else box.removeAttribute("aria-activedescendant");
}

function take(option) {
  const box = document.querySelector("#composer-text");
  box.value = `${option.dataset.text} `;
  offer(box);
}

function hide() {
  if (!list()) return;
  list().hidden = true;
  chosen = -1;
  document.querySelector("#composer-text")?.setAttribute("aria-expanded", "false");
}
