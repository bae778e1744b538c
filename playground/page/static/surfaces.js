// Buttons, selects and inputs on messages, modals and the Home tab.
import { confirmed, leadToWrong } from "./dialogs.js";
import { act, busy, toast } from "./sending.js";

const TYPED = new Set(["plain_text_input", "rich_text_input", "email_text_input", "url_text_input", "number_input"]);
const PRESSED = new Set(["button", "overflow"]);
const WAIT_MS = 500;

export function startSurfaces() {
  document.addEventListener("click", pressed);
  document.addEventListener("change", (event) => changed(event.target));
  document.addEventListener("keydown", entered);
  document.addEventListener("input", typed);
  document.addEventListener("submit", submitted);
}

export function valuesOf(surface) {
  const values = {};
  for (const element of surface.querySelectorAll("[data-block][data-action]")) {
    if (PRESSED.has(element.dataset.type)) continue;
    (values[element.dataset.block] ??= {})[element.dataset.action] = valueOf(element);
  }
  return values;
}

export function valueOf(element) {
  if (element.classList.contains("combo")) {
    const options = [...element.querySelectorAll(".chip")].map((chip) => chip.dataset.option);
    return element.dataset.many ? options : options[0] ?? "";
  }
  if (element.classList.contains("ticks")) {
    const ticked = [...element.querySelectorAll("input:checked")].map((input) => input.value);
    return element.dataset.type === "radio_buttons" ? ticked[0] ?? "" : ticked;
  }
  return element.value;
}

function where(element) {
  const surface = element.closest("[data-surface]");
  return {
    surface: surface.dataset.surface,
    values: valuesOf(surface),
    block: element.dataset.block,
    action: element.dataset.action,
  };
}

async function pressed(event) {
  const element = event.target.closest("[data-type]");
  if (!element || !PRESSED.has(element.dataset.type)) return;
  element.closest("details.menu")?.removeAttribute("open");
  if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) return;
  const given = { act: "click", ...where(element), value: element.dataset.value };
  const outcome = await busy(element, () => act(given));
  if (outcome) toast(outcome.notice);
}

// Slack tells the bot at once of what is chosen outside of forms, and of fields that ask for it.
export async function changed(target) {
  const element = target.closest?.("[data-block]");
  if (!element || !element.closest("[data-surface]") || TYPED.has(element.dataset.type)) return;
  const field = element.closest(".field");
  if (field && !("dispatch" in field.dataset)) return;
  if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) return;
  await tell(element);
}

async function tell(element) {
  const { values, ...place } = where(element);
  delete values[element.dataset.block]?.[element.dataset.action];
  const outcome = await act({ act: "choose", ...place, values, value: valueOf(element) });
  toast(outcome.notice);
}

function dispatching(target, when) {
  const element = target.closest?.("[data-block]");
  const field = element?.closest(".field");
  return element && TYPED.has(element.dataset.type) && field?.dataset.dispatch?.includes(when) ? element : null;
}

function entered(event) {
  if (event.key !== "Enter" || event.target.nodeName === "TEXTAREA" || event.isComposing) return;
  const element = dispatching(event.target, "on_enter_pressed");
  if (!element) return;
  event.preventDefault();
  tell(element);
}

let waiting = 0;
function typed(event) {
  const element = dispatching(event.target, "on_character_entered");
  if (!element) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => tell(element), WAIT_MS);
}

async function submitted(event) {
  const form = event.target;
  if (form.dataset.act !== "submit") return;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  if (!button || button.disabled) return;
  toast("");
  document.querySelector("#modal").dataset.wrong = "";
  const given = { act: "submit", surface: form.dataset.surface, values: valuesOf(form) };
  const outcome = await busy(button, () => act(given));
  if (!outcome) return;
  toast(outcome.notice);
  if (!outcome.ok) leadToWrong();
}
