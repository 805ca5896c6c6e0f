/**
 * The form of a decision: rules fill in the facts, marked passages are listed, the notice is shown
 * before it is sent, and the case stays with whoever works on it. All of it also works without.
 */
const form = document.querySelector("form[data-civic-decide]");
const facts = form?.querySelector("[data-civic-facts]");
const PAUSE = 500;
const RENEW = 60_000;

/* Rules: their template takes the place of an untouched one. */
let filled = facts?.value ?? "";

function fill(choice) {
  const template = choice.dataset.civicTemplate || "";
  if (!facts || (facts.value.trim() && facts.value !== filled)) return;
  facts.value = filled = template;
}

/* After a decision was chosen by its key, go where something has to be typed. */
function nextField(outcome) {
  const asked = [...form.querySelectorAll(`[data-civic-ask="${outcome}"]`)];
  const empty = asked.find((field) => !field.value.trim() && !isMarked(field));
  const field = empty || facts;
  field?.focus();
  if (field?.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
}

/* Marking: positions count code points, as the server does. */
const store = form?.querySelector("[name=spans]");
const list = document.querySelector("[data-civic-marked]");
const marker = document.querySelector("[data-civic-mark]");

function spans() {
  try {
    return JSON.parse(store.value || "[]");
  } catch {
    return [];
  }
}

function isMarked(field) {
  return field.name === "passages" && spans().length > 0;
}

function pointsBefore(root, node, offset) {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

function rangeOf(root, begin, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    for (const [place, set] of [[begin, "setStart"], [end, "setEnd"]]) {
      const inside = place - seen;
      if (inside >= 0 && inside <= points.length) range[set](node, points.slice(0, inside).join("").length);
    }
    seen += points.length;
  }
  return range;
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const root = [...document.querySelectorAll("[data-civic-field]")].find(
    (one) => one.contains(range.startContainer) && one.contains(range.endContainer),
  );
  if (!root) return null;
  const begin = pointsBefore(root, range.startContainer, range.startOffset);
  const end = pointsBefore(root, range.endContainer, range.endOffset);
  return begin < end ? [root.dataset.civicField, begin, end] : null;
}

function showMarks() {
  const ranges = spans().map(([name, begin, end]) => {
    const root = document.querySelector(`[data-civic-field="${name}"]`);
    return root ? rangeOf(root, begin, end) : null;
  });
  list.replaceChildren(
    ...ranges.map((range, number) => {
      const entry = document.createElement("li");
      const words = document.createElement("q");
      const button = document.createElement("button");
      words.textContent = range?.toString() ?? "";
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = list.dataset.takeBack;
      button.setAttribute("aria-label", `${list.dataset.takeBack}: ${words.textContent}`);
      button.addEventListener("click", () => {
        store.value = JSON.stringify(spans().filter((_span, other) => other !== number));
        showMarks();
        (list.querySelector("button") || marker).focus();
      });
      entry.append(words, " ", button);
      return entry;
    }),
  );
  list.hidden = !ranges.length;
  if (globalThis.Highlight && CSS.highlights) {
    CSS.highlights.set("civic-masked", new Highlight(...ranges.filter(Boolean)));
  }
}

function mark(span) {
  store.value = JSON.stringify([...spans(), span]);
  const outcome = form.querySelector("[name=outcome][value=mask]");
  if (outcome && !outcome.checked) {
    outcome.checked = true;
    outcome.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.getSelection().removeAllRanges();
  showMarks();
}

/* The notice, as the author will read it. */
const notice = document.querySelector("[data-civic-notice]");
let timer;
let asked = 0;

async function preview() {
  const number = ++asked;
  const data = new FormData(form);
  data.set("preview", "fragment");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "x-requested-with": "XMLHttpRequest" } });
    if (number !== asked || !answer.ok) return;
    notice.innerHTML = await answer.text();
  } catch {
    // The button shows it too, and deciding does not depend on it.
  }
}

function previewSoon() {
  clearTimeout(timer);
  if (notice?.closest("details")?.open) timer = setTimeout(preview, PAUSE);
}

/* The lease: renewed while somebody works, lost to who took over. */
function keepLease(url) {
  let isActive = false;
  for (const name of ["keydown", "pointerdown", "input", "scroll"]) {
    addEventListener(name, () => { isActive = true; }, { passive: true });
  }
  const rounds = setInterval(async () => {
    if (!isActive || document.hidden) return;
    isActive = false;
    try {
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      const answer = await fetch(url, { method: "POST", body: data, headers: { "x-requested-with": "XMLHttpRequest" } });
      if (answer.status !== 409) return;
      const lost = document.querySelector("[data-civic-lost]");
      lost.textContent = await answer.text();
      lost.hidden = false;
      clearInterval(rounds);
    } catch {
      // No connection: the lease ends by itself, and the form says so when it is sent.
    }
  }, RENEW);
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "rule") fill(event.target);
    previewSoon();
  });
  form.addEventListener("input", previewSoon);
  form.addEventListener("civic:pressed", (event) => {
    if (event.target.name === "outcome") nextField(event.target.value);
  });
  notice?.closest("details").addEventListener("toggle", previewSoon);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent && !event.submitter?.name) event.preventDefault();
    if (!event.submitter?.name) form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  if (form.dataset.civicLease) keepLease(form.dataset.civicLease);
}

if (marker && store && list) {
  marker.hidden = false;
  document.addEventListener("selectionchange", () => { marker.disabled = !selected(); });
  marker.disabled = true;
  marker.addEventListener("pointerdown", (event) => event.preventDefault());
  marker.addEventListener("click", () => {
    const span = selected();
    if (span) mark(span);
  });
  for (const button of document.querySelectorAll("[data-civic-mark-found]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const span of JSON.parse(button.dataset.civicMarkFound)) mark(span);
      button.disabled = true;
    });
  }
  showMarks();
}
