// The playground's clock, which may be ahead of the machine's.

export function startTicking() {
  tick();
  setInterval(tick, 1000);
}

export function tick() {
  for (const clock of document.querySelectorAll("[data-tick]")) {
    const now = new Date(Date.now() + Number(clock.dataset.tick));
    const { zone: timeZone, long } = clock.dataset;
    const day = long ? { weekday: "long", day: "numeric", month: "long", year: "numeric" } : { weekday: "short", day: "numeric", month: "short" };
    const text = now.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit", ...(long ? { second: "2-digit" } : {}), timeZone });
    if (clock.textContent !== text) clock.textContent = text;
    clock.dateTime = now.toISOString();
  }
}
