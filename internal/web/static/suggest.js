// Suggestions under the search box while someone types: a combobox with a list, as
// the WAI-ARIA Authoring Practices describe it (list autocomplete, manual
// selection). Without this script the form is a plain form.

const pause = 120; // ms without a key before the server is asked
const least = 2; // signs that are worth asking about

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.found = [];
    this.active = -1;
    this.request = null;
    this.timer = 0;
    this.list = this.add(this.input.parentElement, "ul", { role: "listbox", id: "q-lijst", "aria-label": form.dataset.label });
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.status = this.add(form, "p", { role: "status" });
    this.status.className = "visually-hidden";
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.found[[...this.list.children].indexOf(option)]);
    });
  }

  add(parent, tag, attributes) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return parent.appendChild(element);
  }

  typed() {
    this.stop();
    if (this.input.value.trim().length < least) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(), pause);
  }

  // stop forgets the question that is waiting or under way.
  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = null;
  }

  async ask() {
    const request = new AbortController();
    this.request = request;
    const question = new URLSearchParams({ q: this.input.value });
    let found = [];
    try {
      const answer = await fetch(`${this.form.dataset.suggestions}?${question}`, { signal: request.signal });
      if (answer.ok) found = await answer.json();
    } catch {
      // A question that was cut off, or a server that is away: then there is nothing to suggest.
    }
    if (!request.signal.aborted) this.show(found);
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((suggestion, i) => this.option(suggestion, i)));
    this.open(found.length > 0);
    this.status.textContent = this.told(found.length);
  }

  told(n) {
    if (n === 0) return "";
    return n === 1 ? this.form.dataset.one : this.form.dataset.many.replace("#", n);
  }

  option(suggestion, i) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${i}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const text = option.appendChild(document.createElement("span"));
    text.textContent = suggestion.text;
    option.append(" ");
    const kind = option.appendChild(document.createElement("span"));
    kind.className = "small";
    kind.textContent = suggestion.kind;
    return option;
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.mark(-1);
  }

  close() {
    this.stop();
    this.open(false);
    this.status.textContent = "";
  }

  // mark makes an option the active one; -1 is the box itself.
  mark(i) {
    this.active = i;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === i)));
    const option = this.list.children[i];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // step goes to the next option, or the one before; past the ends lies the box.
  step(by) {
    const places = this.found.length + 1;
    if (this.list.hidden) this.open(true);
    this.mark(((this.active + 1 + by + places) % places) - 1);
  }

  key(event) {
    if (event.isComposing) return;
    const act = this.action(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  // action is what a key does here; undefined leaves it to the browser.
  action(key) {
    const open = !this.list.hidden;
    switch (key) {
      case "ArrowDown":
        return this.found.length > 0 ? () => this.step(1) : undefined;
      case "ArrowUp":
        return this.found.length > 0 ? () => this.step(-1) : undefined;
      case "Escape":
        return open ? () => this.close() : undefined;
      case "Enter":
        return open && this.active >= 0 ? () => this.choose(this.found[this.active]) : undefined;
    }
  }

  // choose searches for a query, with the filters of the form, and opens all else.
  choose(suggestion) {
    this.close();
    if (!suggestion.query) {
      location.assign(suggestion.url);
      return;
    }
    this.input.value = suggestion.text;
    this.form.requestSubmit();
  }
}

for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);
