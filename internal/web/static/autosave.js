// Saves a form by itself while someone writes, ten seconds after the last change and
// at least once in that time. Without this script the form is a plain form with a
// button to save.

const pause = 10_000; // ms

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-status]");
    this.timer = 0;
    this.busy = false;
    this.changed = false;
    this.stopped = false;
    form.addEventListener("input", () => this.touch());
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.stopped = true; // what is under way is answered by the page that comes
    });
  }

  touch() {
    this.changed = true;
    if (this.timer === 0 && !this.stopped) this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    this.timer = 0;
    if (this.busy || this.stopped) return;
    this.busy = true;
    this.changed = false;
    this.tell(this.form.dataset.busy);
    const values = new URLSearchParams(new FormData(this.form));
    values.set("vanzelf", "1");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: values });
      this.answered(await answer.json());
    } catch {
      this.changed = true;
      this.tell(this.form.dataset.failed);
    }
    this.busy = false;
    if (this.changed) this.touch();
  }

  answered(saved) {
    if (saved.stop) {
      this.stopped = true;
      this.tell(saved.message);
      return;
    }
    this.form.elements.versie.value = saved.version;
    if (saved.action && saved.action !== new URL(this.form.action).pathname) {
      this.form.action = saved.action;
      this.form.elements.sleutel?.remove();
      history.replaceState(null, "", saved.action);
    }
    const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.tell(`${saved.message} ${this.form.dataset.at} ${now}.`);
  }

  tell(text) {
    this.status.textContent = text;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
