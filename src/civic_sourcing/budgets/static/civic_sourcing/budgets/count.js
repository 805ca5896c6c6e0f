/**
 * Renews the part of the page that shows how far a count is, until it has come to an end; then the
 * whole page is loaded again. Without scripts people look again by themselves.
 */
const PAUSE = 2000;

async function renew(place) {
  const answer = await fetch(place.dataset.civicCount, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (part.querySelector("[data-civic-count-over]")) {
    location.reload();
    return;
  }
  if (part.innerHTML.trim() !== place.innerHTML.trim()) place.replaceChildren(...part.childNodes);
  wait(place);
}

function wait(place) {
  setTimeout(() => renew(place).catch(() => wait(place)), PAUSE);
}

for (const place of document.querySelectorAll("[data-civic-count]")) {
  if (place.dataset.civicCount) wait(place);
}
