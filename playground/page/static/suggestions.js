// Selects whose options the bot suggests while somebody types.
import { act } from "./sending.js";
import { changed } from "./surfaces.js";

const WAIT_MS = 250;
let waiting = 0;

export function startSuggestions() {
  document.addEventListener("input", (event) => {
    const combo = comboOf(event.target);
    if (!combo) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(combo), WAIT_MS);
  });
  document.addEventListener("keydown", keyed);
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".suggestions li");
    if (!option) return;
    event.preventDefault();
    take(option.closest(".combo"), option);
  });
  document.addEventListener("click", (event) => {
    const away = event.target.closest(".chip-away");
    if (!away) return;
    const combo = away.closest(".combo");
    away.closest(".chip").remove();
    combo.querySelector("input").focus();
    changed(combo);
  });
  document.addEventListener("focusout", (event) => comboOf(event.target) && show(comboOf(event.target), []));
}

function comboOf(target) {
  return target.matches?.(".combo input") ? target.closest(".combo") : null;
}

async function ask(combo) {
  const typed = combo.querySelector("input").value;
  if (typed.length < Number(combo.dataset.least)) {
    show(combo, []);
    return;
  }
  const surface = combo.closest("[data-surface]").dataset.surface;
  const { block, action } = combo.dataset;
  const outcome = await act({ act: "suggest", surface, block, action, value: typed });
  if (combo.querySelector("input").value === typed) show(combo, outcome.found);
}

function show(combo, options) {
  const list = combo.querySelector(".suggestions");
  const items = options.map((option, index) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.dataset.option = JSON.stringify(option);
    item.textContent = option.text.text;
    return item;
  });
  list.replaceChildren(...items);
  list.hidden = !items.length;
  combo.querySelector("input").setAttribute("aria-expanded", String(Boolean(items.length)));
  mark(combo, items.length ? 0 : -1);
}

function mark(combo, index) {
  const items = [...combo.querySelectorAll(".suggestions li")];
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  const input = combo.querySelector("input");
  if (items[index]) input.setAttribute("aria-activedescendant", items[index].id);
  else input.removeAttribute("aria-activedescendant");
}

function keyed(event) {
  const combo = comboOf(event.target);
  const items = combo ? [...combo.querySelectorAll(".suggestions li")] : [];
  if (!items.length) return;
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") mark(combo, (at + 1) % items.length);
  else if (event.key === "ArrowUp") mark(combo, (at - 1 + items.length) % items.length);
  else if (event.key === "Enter" && at >= 0) take(combo, items[at]);
  else if (event.key === "Escape") show(combo, []);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function take(combo, item) {
  const chip = document.createElement("li");
  chip.className = "chip";
  chip.dataset.option = item.dataset.option;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "chip-away";
  away.setAttribute("aria-label", `Remove ${item.textContent}`);
  away.textContent = "×";
  chip.append(`${item.textContent} `, away);
  const chips = combo.querySelector(".chips");
  if (combo.dataset.many) chips.append(chip);
  else chips.replaceChildren(chip);
  combo.querySelector("input").value = "";
  show(combo, []);
  changed(combo);
}
