/**
 * Offers the ways to share a page that the device has: its own sheet, or the address to the clipboard.
 *
 * Without JavaScript there are the address in a field and the link to send it by e-mail. The wording
 * comes from the field's `data-civic-label` (sheet), `data-civic-copy` and `data-civic-copied`.
 */
function button(label, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "civic-button civic-button-secondary civic-button-small";
  element.textContent = label;
  element.addEventListener("click", press);
  return element;
}

function start(field) {
  const words = field.dataset;
  const line = document.createElement("p");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  line.className = "civic-actions";
  if (navigator.share) {
    const page = { title: document.title, url: field.value };
    line.append(button(words.civicLabel, () => navigator.share(page).catch(() => {})));
  }
  if (navigator.clipboard) {
    const copy = async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = words.civicCopied;
      } catch {
        said.textContent = ""; // the address stands selected in its field
      }
    };
    line.append(button(words.civicCopy, copy));
  }
  if (line.childElementCount) field.parentElement.after(line);
  line.append(said);
}

document.querySelectorAll("[data-civic-share]").forEach(start);
