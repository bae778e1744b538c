// The modal in front and the confirmation dialog: focus goes in, stays in, and comes back.
import { act, busy, toast } from "./sending.js";

let shownView = "";
let cameFrom = null;

export function startDialogs() {
  const modal = document.querySelector("#modal");
  modal.addEventListener("cancel", (event) => {
    event.preventDefault();
    close("close");
  });
  modal.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act^=close]");
    if (button) close(button.dataset.act);
  });
  showModal();
}

// After the region changed: open, close, or lead to what is new in it.
export function showModal() {
  const modal = document.querySelector("#modal");
  const form = modal.querySelector("form");
  if (!form) {
    shownView = "";
    if (modal.open) comeBack(modal);
    return;
  }
  if (!modal.open) {
    cameFrom = document.activeElement;
    modal.showModal();
  }
  if (form.dataset.key !== shownView) firstField(form).focus();
  else if (!modal.dataset.wrong) leadToWrong();
  shownView = form.dataset.key;
}

// To the first field that an error stands at, once for each time the form was sent.
export function leadToWrong() {
  const modal = document.querySelector("#modal");
  const wrong = modal.querySelector("[aria-invalid=true]");
  modal.dataset.wrong = wrong ? "yes" : "";
  (wrong?.matches("div") ? wrong.querySelector("input") : wrong)?.focus();
}

function firstField(form) {
  const body = form.querySelector(".modal-body");
  const field = "input:not([type=hidden]), select, textarea";
  const other = "button, a[href]";
  return body.querySelector("[autofocus]") ?? body.querySelector(field) ?? body.querySelector(other) ?? form.querySelector(".modal-foot button:last-child");
}

function comeBack(modal) {
  modal.close();
  const back = cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : document.querySelector("#composer-text");
  back?.focus();
  cameFrom = null;
}

async function close(how) {
  const form = document.querySelector("#modal form");
  if (!form) return;
  const button = form.querySelector(".modal-foot [data-act=close]");
  const outcome = await busy(button, () => act({ act: how, surface: form.dataset.surface }));
  if (outcome) toast(outcome.notice);
}

// Asks as a confirm object says; true for yes.
export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = document.querySelector("#confirm");
  const [yes, no] = [dialog.querySelector("#confirm-yes"), dialog.querySelector("#confirm-no")];
  dialog.querySelector("#confirm-title").textContent = title.text;
  dialog.querySelector("#confirm-text").textContent = text.text;
  yes.textContent = confirm.text;
  no.textContent = deny.text;
  yes.className = `button ${style ?? "primary"}`;
  dialog.showModal();
  return new Promise((resolve) => {
    const end = (answer) => {
      yes.onclick = no.onclick = dialog.oncancel = null;
      dialog.close();
      resolve(answer);
    };
    yes.onclick = () => end(true);
    no.onclick = () => end(false);
    dialog.oncancel = (event) => {
      event.preventDefault();
      end(false);
    };
  });
}
