/**
 * Copies or passes on the address in `data-civic-share`, where the browser can; without scripts the
 * address stands there to be copied by hand.
 */
function start(place) {
  const address = place.querySelector("[data-civic-share-address]");
  const said = place.querySelector("[data-civic-share-said]");
  const copy = place.querySelector("[data-civic-share-copy]");
  const pass = place.querySelector("[data-civic-share-pass]");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address.value);
        said.textContent = place.dataset.civicCopied;
      } catch {
        address.select();
      }
    });
  }
  if (navigator.share) {
    pass.hidden = false;
    pass.addEventListener("click", () => {
      navigator.share({ title: pass.dataset.civicTitle, url: address.value }).catch(() => {});
    });
  }
}

document.querySelectorAll("[data-civic-share]").forEach(start);
