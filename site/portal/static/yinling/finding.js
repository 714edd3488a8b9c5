// Titles that complete what is typed, the position of this device when a button asks for it, and where the focus
// goes when a part of the results was changed. Without this file every form and link still works.
"use strict";

const PAUSE = 150;

// A combobox as WAI-ARIA has it: the focus stays in the field, arrows walk through the list.
class Suggestions {
  constructor(field) {
    this.field = field;
    this.chosen = -1;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${field.id}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels[0] ? field.labels[0].textContent : "");
    this.list.hidden = true;
    field.form.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", event => this.pressed(event));
    field.addEventListener("blur", () => this.close());
    // Before the field loses the focus to what is pressed.
    this.list.addEventListener("pointerdown", event => event.preventDefault());
  }

  get options() { return [...this.list.children]; }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    if (this.asking) this.asking.abort();
    const typed = this.field.value.trim();
    if (!typed) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: this.asking.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (document.activeElement === this.field) this.show(found);
    } catch (failure) {
      this.close();  // aborted by the next letter, or offline: the form still works
    }
  }

  show(found) {
    this.chosen = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((each, index) => this.option(each, index)));
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(Boolean(found.length)));
  }

  option(each, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = each.url;
    const kind = document.createElement("span");
    kind.className = "cap";
    kind.textContent = [each.kind, each.site].filter(Boolean).join(" · ");
    item.append(`${each.text} `, kind);
    item.addEventListener("click", () => window.location.assign(each.url));
    return item;
  }

  walk(step) {
    const options = this.options;
    // One place more than there are options: the field itself, with what was typed.
    this.choose((this.chosen + 1 + step + options.length + 1) % (options.length + 1) - 1);
  }

  choose(index) {
    this.chosen = index;
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = this.options[index];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (event.isComposing) return;  // a Chinese input method is at work
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" && !isOpen) this.ask();
    else if (event.key === "ArrowDown" && isOpen) this.walk(1);
    else if (event.key === "ArrowUp" && isOpen) this.walk(-1);
    else if (event.key === "Escape" && isOpen) this.close();
    else if (event.key === "Enter" && isOpen && this.chosen >= 0) window.location.assign(this.options[this.chosen].dataset.url);
    else return;
    event.preventDefault();
  }

  close() {
    clearTimeout(this.timer);
    this.show([]);
  }
}

for (const field of document.querySelectorAll("[data-suggest]")) new Suggestions(field);

// Three decimals of a degree are a hundred metres: near enough to sort by, too little to find a door.
for (const form of navigator.geolocation ? document.querySelectorAll("[data-locate]") : []) {
  form.hidden = false;
  const said = form.querySelector("[data-locate-said]");
  form.addEventListener("submit", event => {
    event.preventDefault();
    said.textContent = said.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      position => {
        form.elements.lat.value = position.coords.latitude.toFixed(3);
        form.elements.lon.value = position.coords.longitude.toFixed(3);
        form.submit();
      },
      () => { said.textContent = said.dataset.refused; },
      { timeout: 10000, maximumAge: 600000 },
    );
  });
}

// Whoever pressed a link that is gone stands at the beginning of the new list.
document.addEventListener("htmx:afterSettle", () => {
  const results = document.querySelector("#results");
  if (results && document.activeElement === document.body) results.focus({ preventScroll: true });
});
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, event => window.location.assign(event.detail.pathInfo.finalRequestPath));
}
