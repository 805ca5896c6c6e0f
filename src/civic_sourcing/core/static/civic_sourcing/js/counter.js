/**
 * Counts the characters left in fields with `data-civic-counter` (the id of the line that shows it).
 *
 * The line says the limit without JavaScript; its wording comes from `data-civic-left` and
 * `data-civic-over`. Screen readers hear the number after a pause, not at every key.
 */
const PAUSE = 1200;

function length(text) {
  return [...text.replace(/\r\n?/g, "\n").normalize("NFC")].length;
}

function start(field) {
  const line = document.getElementById(field.dataset.civicCounter);
  if (!line || line.dataset.civicStarted) return;
  line.dataset.civicStarted = "yes";
  const limit = Number(line.dataset.civicLimit);
  const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  const spoken = document.createElement("span");
  const shown = document.createElement("span");
  spoken.className = "civic-hidden";
  spoken.setAttribute("aria-live", "polite");
  shown.setAttribute("aria-hidden", "true");
  line.after(spoken);
  let timer;

  function show() {
    const left = limit - length(field.value);
    const words = left < 0 ? line.dataset.civicOver : line.dataset.civicLeft;
    shown.textContent = words.replace("{count}", numbers.format(Math.abs(left)));
    line.classList.toggle("civic-counter-over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.activeElement === field) spoken.textContent = shown.textContent;
    }, PAUSE);
  }

  const rule = document.createElement("span");
  rule.className = "civic-hidden";
  rule.textContent = line.textContent;
  line.replaceChildren(rule, shown);
  field.addEventListener("input", show);
  show();
}

function startAll(root) {
  root.querySelectorAll("[data-civic-counter]").forEach(start);
}

startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.target));
