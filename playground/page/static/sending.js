// Posts what a person does, and says what came of it.

let fading = 0;

export function toast(text) {
  const place = document.querySelector("dialog[open] .modal-trouble") ?? document.querySelector("#toast");
  place.textContent = text;
  place.hidden = !text;
  clearTimeout(fading);
  if (place.id === "toast" && text) fading = setTimeout(() => toast(""), 7000);
}

export async function act(given) {
  let answer;
  try {
    answer = await fetch(`/as/${document.body.dataset.user}/acts`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
  } catch {
    return { ok: false, notice: "The playground does not answer.", found: [] };
  }
  if (!answer.ok) return { ok: false, notice: `The playground refused this (${answer.status}).`, found: [] };
  return answer.json();
}

// While `work` runs, the element says so and cannot be pressed again.
export async function busy(element, work) {
  if (element?.getAttribute("aria-busy") === "true") return undefined;
  element?.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    element?.removeAttribute("aria-busy");
  }
}
