/**
 * Suggests people after an @ in text areas with `data-civic-people` (the address that knows them).
 *
 * Arrow keys choose, Enter or Tab takes, Escape closes. The text stays plain: what is taken is the
 * name itself, and typing it by hand does the same.
 */
const LONGEST = 30;
const PAUSE = 200;

function started(area) {
  const words = area.value.slice(0, area.selectionStart);
  const at = words.lastIndexOf("@");
  if (at < 0 || /[\w@./]/.test(words[at - 1] ?? " ")) return null;
  const name = words.slice(at + 1);
  return name.length <= LONGEST && !name.includes("\n") && !/^\s/.test(name) ? { at, name } : null;
}

function start(area) {
  if (area.dataset.civicPeopleReady !== undefined) return;
  area.dataset.civicPeopleReady = "";
  const list = document.createElement("ul");
  const said = document.createElement("p");
  list.id = `${area.id}-people`;
  list.className = "civic-people-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.dataset.civicPeopleLabel);
  list.hidden = true;
  said.className = "civic-hidden";
  said.setAttribute("role", "status");
  const frame = document.createElement("div");
  frame.className = "civic-people";
  area.after(frame);
  frame.append(list, said);
  area.setAttribute("aria-autocomplete", "list");
  let asked;
  let timer;
  let chosen = -1;

  function close() {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  }

  function choose(number) {
    const all = [...list.children];
    chosen = (number + all.length) % all.length;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === chosen)));
    area.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(name) {
    const open = started(area);
    close();
    if (!open) return;
    area.setRangeText(`${name} `, open.at + 1, area.selectionStart, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer({ names, said: words }) {
    close();
    said.textContent = words;
    if (!names.length) return;
    names.forEach((name, place) => {
      const one = document.createElement("li");
      one.id = `${list.id}-${place}`;
      one.setAttribute("role", "option");
      one.setAttribute("aria-selected", "false");
      one.textContent = name;
      one.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      list.append(one);
    });
    list.hidden = false;
    area.setAttribute("aria-controls", list.id);
  }

  async function look() {
    const open = started(area);
    if (!open || !open.name) return close();
    asked?.abort();
    asked = new AbortController();
    const address = `${area.dataset.civicPeople}?${new URLSearchParams({ name: open.name })}`;
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) offer(await answer.json());
    } catch {
      close(); // Without suggestions the name is typed by hand.
    }
  }

  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) choose(chosen < 0 && steps[event.key] < 0 ? -1 : chosen + steps[event.key]);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(list.children[chosen].textContent);
    else return;
    event.preventDefault();
  });
}

function startAll(root) {
  root.querySelectorAll?.("textarea[data-civic-people]").forEach(start);
}

startAll(document);
document.addEventListener("htmx:load", ({ target }) => startAll(target));
