/**
 * Keeps what people type in forms with `data-civic-keep` until it has been accepted.
 *
 * Drafts stay in this browser, per form and person, for two weeks. Passwords, files and hidden
 * fields are never kept. A draft goes when the form was sent and did not come back, when it is
 * discarded, or when the person signs out. What the server sends back wins over a draft. Forms that
 * htmx brings or sends are kept like all others.
 */
const PREFIX = "civic-keep:";
const SENT = "civic-keep-sent";
const LIFETIME = 14 * 24 * 60 * 60 * 1000;
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

function attempt(step) {
  try {
    return step();
  } catch {
    return null; // Storage may be full or forbidden; the form works without it.
  }
}

function keyOf(form) {
  return `${PREFIX}${form.dataset.civicKeepFor || "-"}:${form.dataset.civicKeep}`;
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !NEVER.has(field.type));
}

function valuesOf(form) {
  return fieldsOf(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
    if (field.type === "select-multiple") return [field.name, null, [...field.selectedOptions].map((option) => option.value)];
    return [field.name, null, field.value];
  });
}

function restore(form, values) {
  let changed = false;
  const fields = fieldsOf(form);
  for (const [name, choice, value] of values) {
    const field = fields.find((one) => one.name === name && (choice === null || one.value === choice));
    if (!field) continue;
    if (choice !== null) {
      changed ||= field.checked !== value;
      field.checked = value;
    } else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = value.includes(option.value);
    } else if (field.value !== value && (field.value === "" || field.value === field.defaultValue || field.tagName === "SELECT")) {
      field.value = value;
      changed = true;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return changed;
}

function forget(key) {
  attempt(() => localStorage.removeItem(key));
}

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const draft = attempt(() => JSON.parse(localStorage.getItem(key)));
    if (!draft || Date.now() - draft.at > LIFETIME) forget(key);
  }
}

function settleSent(forms) {
  const key = attempt(() => sessionStorage.getItem(SENT));
  if (!key) return;
  const status = performance.getEntriesByType("navigation")[0]?.responseStatus || 200;
  const form = forms.find((one) => keyOf(one) === key);
  const refused = status >= 400 || form?.hasAttribute("data-civic-returned");
  attempt(() => sessionStorage.removeItem(SENT));
  if (!refused) forget(key);
}

function settleInPlace({ detail }) {
  const form = detail.requestConfig?.elt; // detail.elt is another one once the form was replaced
  if (!form?.matches("form[data-civic-keep]")) return;
  attempt(() => sessionStorage.removeItem(SENT));
  const leadsAway = detail.xhr?.getResponseHeader("HX-Redirect");
  const returned = detail.xhr?.responseText?.includes("data-civic-returned");
  if (detail.successful && !leadsAway && !returned) forget(keyOf(form));
}

function start(form) {
  if (form.dataset.civicKept !== undefined) return;
  form.dataset.civicKept = "";
  const key = keyOf(form);
  const note = form.querySelector("[data-civic-restored]");
  const pristine = !form.hasAttribute("data-civic-returned");
  const draft = attempt(() => JSON.parse(localStorage.getItem(key)));
  let timer;

  function save() {
    clearTimeout(timer);
    timer = undefined;
    attempt(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) })));
  }

  if (draft && pristine && restore(form, draft.values) && note) note.hidden = false;

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("focusout", () => timer && save());
  form.addEventListener("submit", () => {
    save();
    attempt(() => sessionStorage.setItem(SENT, key));
  });
  addEventListener("pagehide", () => timer && save());
  form.querySelector("[data-civic-discard]")?.addEventListener("click", () => {
    clearTimeout(timer);
    timer = undefined;
    form.reset();
    forget(key);
    note.hidden = true;
    fieldsOf(form)[0]?.focus();
  });
}

const forms = [...document.querySelectorAll("form[data-civic-keep]")];
attempt(forgetOld);
settleSent(forms);
forms.forEach(start);
document.addEventListener("htmx:load", ({ target }) => {
  target.querySelectorAll?.("form[data-civic-keep]").forEach(start);
});
document.addEventListener("htmx:afterRequest", settleInPlace);

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-civic-forget]")) return;
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach(forget);
});
