/**
 * Makes threads pleasant; without it every link leads to a page and every button sends a form.
 *
 * The focus goes where an answer went, new comments are announced and never move what is being
 * read, and a form can be closed again. Behaviour hangs on `data-civic-…` attributes only.
 */
const EVERY = 30_000;

const thread = document.querySelector("[data-civic-thread]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function say(words) {
  const line = thread?.querySelector("[data-civic-said]");
  if (line) line.textContent = words;
}

function show(comment, block = "nearest") {
  comment.focus({ preventScroll: true });
  comment.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
}

function placeOf(link) {
  return link.closest("li")?.querySelector("[data-civic-place]");
}

/* Posting in place */

document.addEventListener("civic-arrived", ({ detail }) => {
  const comment = document.getElementById(detail.comment);
  if (!comment) return;
  dropTwins();
  comment.dataset.civicArrived = "";
  show(comment);
  say(detail.words);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  // A refusal is a page part like any other: it holds the sentence and what was typed.
  const part = detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/html");
  if (part && detail.xhr.getResponseHeader("Civic-Part")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target;
  if (!link.matches?.("[data-civic-reply]")) return;
  const open = placeOf(link)?.querySelector(`form[data-civic-writes="${link.dataset.civicReply}"]`);
  if (!open) return;
  event.preventDefault();
  open.querySelector("textarea").focus();
});

document.addEventListener("click", (event) => {
  const cancel = event.target.closest?.("[data-civic-cancel]");
  const place = cancel?.closest("[data-civic-place]");
  if (!place) return;
  event.preventDefault();
  place.replaceChildren();
  place.closest("li")?.querySelector("[data-civic-reply]")?.focus();
});

/* More of the thread: the first one loaded gets the focus, as a page of its own would give it */

function showFirstLoaded() {
  dropTwins();
  const first = thread?.querySelector("[data-civic-first]");
  if (!first) return;
  first.removeAttribute("data-civic-first");
  show(first);
}

document.addEventListener("htmx:afterSettle", showFirstLoaded);
document.addEventListener("htmx:oobAfterSwap", showFirstLoaded); // the last part settles nothing

function dropTwins() {
  const seen = new Map();
  for (const comment of thread?.querySelectorAll("[data-civic-comment]") ?? []) {
    const twin = seen.get(comment.id);
    if (twin) twin.closest("li").remove();
    seen.set(comment.id, comment);
  }
}

/* What came in meanwhile */

function listenForArrivals(bar) {
  const button = bar.querySelector("[data-civic-show]");
  const back = bar.querySelector("[data-civic-back]");
  let since = bar.dataset.civicSince;
  let announced = 0;
  let left;

  async function ask(parameters) {
    const address = `${bar.dataset.civicArrivals}?${new URLSearchParams({ since, ...parameters })}`;
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    return answer.status === 200 ? answer : null;
  }

  async function look() {
    if (document.hidden) return;
    const news = await ask({}).then((answer) => answer?.json()).catch(() => null);
    if (!news || news.number === announced) return;
    announced = news.number;
    button.textContent = news.words;
    button.hidden = back.hidden = false;
    back.hidden = true;
    say(news.said);
  }

  async function load() {
    const answer = await ask({ show: "1" }).catch(() => null);
    if (!answer) return;
    left = { focus: document.activeElement, top: scrollY };
    const shape = document.createElement("template");
    shape.innerHTML = await answer.text();
    const loaded = [...shape.content.querySelectorAll("[data-civic-into]")].map(settle);
    since = answer.headers.get("Civic-Since") ?? since;
    announced = 0;
    button.hidden = true;
    back.hidden = false;
    const first = loaded.find(Boolean);
    if (first) show(first, "center");
  }

  back.addEventListener("click", () => {
    back.hidden = true;
    scrollTo({ top: left.top, behavior: calm.matches ? "auto" : "smooth" });
    thread.querySelector("[data-civic-title]").focus({ preventScroll: true });
  });
  button.addEventListener("click", load);
  setInterval(look, Number(bar.dataset.civicEvery) || EVERY);
  document.addEventListener("visibilitychange", look);
}

/** Put one that came in below what it replies to, or on top where that is not on this page. */
function settle(one) {
  const id = one.querySelector("[data-civic-comment]").id;
  if (document.getElementById(id)) return null;
  const list = document.getElementById(one.dataset.civicInto);
  if (list) list.append(one);
  else thread.querySelector("[data-civic-newest]").prepend(one);
  window.htmx?.process(one);
  const comment = document.getElementById(id);
  comment.dataset.civicArrived = "";
  return comment;
}

const bar = thread?.querySelector("[data-civic-arrivals]");
if (bar) listenForArrivals(bar);

/* The comment an address leads to has the focus, so that reading goes on from there */

const target = location.hash.startsWith("#comment-") && document.getElementById(location.hash.slice(1));
if (target) target.focus({ preventScroll: true });
