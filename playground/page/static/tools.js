// The panes of the playground and the guide.
import { typeInComposer } from "./composer.js";
import { act, busy, toast } from "./sending.js";

const SENT = new Set(["clock", "fault", "entry_cancel"]);
const DISMISSED = "meetdown-guide";

export function startTools() {
  if (localStorage.getItem(DISMISSED)) document.querySelector("#guide")?.remove();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) pressed(button);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!["entry_add", "entry_move"].includes(form.dataset.act)) return;
    event.preventDefault();
    const given = { ...Object.fromEntries(new FormData(form)), act: form.dataset.act, value: form.dataset.value };
    const outcome = await busy(form.querySelector("button[type=submit]"), () => act(given));
    if (!outcome) return;
    toast(outcome.notice);
    if (outcome.ok && form.dataset.act === "entry_add") form.reset();
  });
}

async function pressed(button) {
  const { act: name, value } = button.dataset;
  if (SENT.has(name)) {
    const outcome = await busy(button, () => act({ act: name, value }));
    if (outcome) toast(outcome.notice);
  } else if (name === "shortcut") {
    button.closest("details.menu")?.removeAttribute("open");
    const surface = button.closest("[data-surface]").dataset.surface;
    toast((await act({ act: name, surface, value })).notice);
  } else if (name === "type") {
    typeInComposer(value);
  } else if (name === "dismiss") {
    localStorage.setItem(DISMISSED, "yes");
    document.querySelector("#guide").remove();
    document.querySelector("#composer-text")?.focus();
  } else if (name === "copy") {
    await navigator.clipboard.writeText(value).catch(() => null);
    toast("Copied.");
  }
}
