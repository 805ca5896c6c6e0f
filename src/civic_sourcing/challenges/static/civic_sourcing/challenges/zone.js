/**
 * Says a moment in the visitor's own time zone, too, where that is another one than the town's.
 *
 * The town's time stands there without JavaScript; `data-civic-zone` holds the moment and
 * `data-civic-here` the name of the town's zone.
 */
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang || undefined;
const format = new Intl.DateTimeFormat(language, {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: own,
});

document.querySelectorAll("[data-civic-zone]").forEach((place) => {
  const text = place.querySelector("[data-civic-zone-text]");
  if (!text || !own || own === place.dataset.civicHere) return;
  text.textContent = `${format.format(new Date(place.dataset.civicZone))} (${own})`;
  place.hidden = false;
});
