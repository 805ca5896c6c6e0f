/**
 * Single keys in the case queue. Each element names its own with `data-civic-key`.
 *
 * Keys work only where the page has `data-civic-keys` (moderators can turn them off) and never while
 * somebody types. Control or Command with Enter sends the form `data-civic-decide` from anywhere.
 * Letters count by the letter; where the keyboard writes another script, by their place.
 */
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])";

document.documentElement.classList.add("civic-with-script");

function keyOf(event) {
  if (/^[a-z0-9]$/i.test(event.key)) return event.key.toLowerCase();
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
  return event.key.length === 1 || event.key === "Process" ? (place?.[1] || "").toLowerCase() : "";
}

function isSeen(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

function press(element) {
  if (element.matches("input[type=radio], input[type=checkbox]")) {
    element.checked = element.type === "radio" || !element.checked;
    element.focus();
    element.dispatchEvent(new Event("change", { bubbles: true }));
    element.dispatchEvent(new CustomEvent("civic:pressed", { bubbles: true }));
  } else if (element.matches(TYPING)) {
    element.focus();
  } else {
    element.click();
  }
}

function rows() {
  return [...document.querySelectorAll("[data-civic-row]")].filter(isSeen);
}

function currentRow() {
  return document.activeElement?.closest("tr")?.querySelector("[data-civic-row]");
}

function step(by) {
  const all = rows();
  const here = all.indexOf(currentRow());
  all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)]?.focus();
}

function tickRow() {
  const box = currentRow()?.closest("tr").querySelector("[data-civic-tick]");
  if (box && isSeen(box)) {
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function move(key) {
  if (!rows().length || !["j", "k", "x"].includes(key)) return false;
  if (key === "x") tickRow();
  else step(key === "j" ? 1 : -1);
  return true;
}

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("form[data-civic-decide]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-civic-submit]"));
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!document.querySelector("[data-civic-keys]")) return;
  if (event.target.closest(TYPING)) {
    if (event.key === "Escape" && form?.contains(event.target)) event.target.blur();
    return;
  }
  const key = keyOf(event);
  if (!key) return;
  const element = [...document.querySelectorAll(`[data-civic-key="${key}"]`)].find(isSeen);
  if (element) press(element);
  else if (!move(key)) return;
  event.preventDefault();
});

function count() {
  const line = document.querySelector("[data-civic-ticked]");
  if (!line) return;
  const number = document.querySelectorAll("[data-civic-tick]:checked").length;
  const words = number === 1 ? line.dataset.one : line.dataset.many;
  line.textContent = number ? words.replace("{count}", number) : "";
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-civic-tick-all]")) {
    for (const box of document.querySelectorAll("[data-civic-tick]:not(:disabled)")) {
      box.checked = event.target.checked;
    }
  }
  if (event.target.matches("[data-civic-tick-all], [data-civic-tick]")) count();
});
