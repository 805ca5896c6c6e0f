/**
 * Makes the booth quicker; without it every button sends the form and the server does the same.
 *
 * Searching and filtering happen in place, numbers have buttons for one more and one less, and
 * whoever loses the connection is told. What is marked is sent as it changes (htmx) and comes back
 * as counters; the server keeps it, sealed, with this device alone.
 */
const form = document.querySelector("[data-civic-booth]");

function plain(text) {
  return text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

function isMarked(card) {
  const fields = [...card.querySelectorAll("input, select")];
  return fields.some((field) => {
    if (field.name === "compare" || field.value === "") return false;
    return field.type === "checkbox" || field.type === "radio" ? field.checked : true;
  });
}

function begin() {
  const cards = [...form.querySelectorAll("[data-civic-card]")];
  const shown = form.querySelector("[data-civic-shown]");
  const none = form.querySelector("[data-civic-none]");
  const words = new Map();
  const all = shown.textContent;
  let timer;
  let typing;

  function wordsOf(card) {
    if (!words.has(card)) {
      const parts = [...card.querySelectorAll("[data-civic-found]")];
      words.set(card, plain(parts.map((part) => part.textContent).join(" ")));
    }
    return words.get(card);
  }

  function value(name) {
    return form.elements[name]?.value ?? "";
  }

  function find() {
    const wanted = plain(value("find-words")).split(" ");
    const area = value("find-area");
    const category = value("find-category");
    const chosen = form.elements["find-chosen"].checked;
    let count = 0;
    for (const card of cards) {
      const fits =
        (!area || card.dataset.civicArea === area) &&
        (!category || card.dataset.civicCategory === category) &&
        (!chosen || isMarked(card)) &&
        wanted.every((word) => wordsOf(card).includes(word));
      card.hidden = !fits;
      if (fits) count += 1;
    }
    none.hidden = count > 0;
    const some = shown.dataset.civicSome.replace("{shown}", count).replace("{all}", cards.length);
    shown.textContent = count === cards.length && !/\d.*\d/.test(all) ? all : some;
  }

  form.addEventListener("input", ({ target }) => {
    if (!target.closest("[data-civic-finding]") || target.name === "order") return;
    clearTimeout(timer);
    timer = setTimeout(find, 150);
  });

  form.addEventListener("input", ({ target }) => {
    // Numbers count while they are being typed, not only when the field is left.
    if (target.type !== "text") return;
    clearTimeout(typing);
    typing = setTimeout(() => target.dispatchEvent(new Event("change", { bubbles: true })), 700);
  });

  form.addEventListener("change", ({ target }) => {
    // What was wrong with this field may not be so any more: the server says it anew.
    const card = target.closest("[data-civic-card]");
    card?.querySelector("[data-civic-wrong]")?.remove();
    card?.querySelectorAll("[aria-invalid]").forEach((field) => {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    });
    if (target.name === "order") form.querySelector('[name="step"][value="find"]').click();
  });

  for (const button of form.querySelectorAll("[data-civic-step]")) button.hidden = false;

  form.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-civic-step]");
    if (!button) return;
    const field = button.parentElement.querySelector("input");
    const number = /^\s*\d+\s*$/.test(field.value) ? Number(field.value) : 0;
    const next = Math.max(number + Number(button.dataset.civicStep), 0);
    field.value = next ? String(next) : "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  keepCounters();
}

function keepCounters() {
  const lost = form.querySelector("[data-civic-lost]");
  const bar = form.querySelector("[data-civic-bar]");
  let open = false;

  document.addEventListener("htmx:beforeSwap", () => {
    open = bar.querySelector("[data-civic-all]")?.open ?? open;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const details = bar.querySelector("[data-civic-all]");
    if (details) details.open = open;
  });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, () => {
      lost.hidden = false;
    });
  }
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) lost.hidden = true;
  });
  addEventListener("online", () => form.dispatchEvent(new Event("change", { bubbles: true })));
  if (window.htmx) document.documentElement.classList.add("civic-booth-live");
}

if (form) begin();
