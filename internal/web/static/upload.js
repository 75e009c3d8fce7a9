// Sends files in the background with their progress, takes files that are dragged to
// the form, and follows how far they are read. Without this script the form is a plain
// form with a button, and the page shows how far the files are when it is opened again.

const pause = 3_000; // ms
const start = "mutation StartUpload($input: StartUploadInput!) { startUpload(input: $input) { url userErrors { message } } }";

class Upload {
  constructor(form) {
    this.form = form;
    this.chooser = form.elements.bestand;
    this.progress = form.querySelector("[data-progress]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send([...this.chooser.files]);
    });
    const drop = form.querySelector("[data-drop]");
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      this.send([...event.dataTransfer.files]);
    });
  }

  async send(files) {
    if (files.length === 0 || this.form.elements.visibility?.value === "TEAM") {
      this.form.submit(); // the page says what is missing, and finds the team by its name
      return;
    }
    const button = this.form.querySelector("button");
    button.disabled = true;
    const done = await Promise.all(files.map((file) => this.one(file)));
    button.disabled = false;
    this.form.reset();
    if (done.every((ok) => ok) && this.form.dataset.replaces) location.href = this.form.action;
    document.dispatchEvent(new Event("files-sent"));
  }

  // one sends one file, and tells whether it came.
  async one(file) {
    const line = document.createElement("li");
    const bar = document.createElement("progress");
    const text = document.createElement("span");
    bar.max = file.size;
    bar.setAttribute("aria-label", file.name);
    text.textContent = `${file.name} ${this.form.dataset.busy} `;
    line.append(text, bar);
    this.progress.append(line);
    try {
      const address = await this.address(file);
      await this.bytes(address, file, bar);
      text.textContent = `${file.name} ${this.form.dataset.sent}`;
      bar.remove();
      return true;
    } catch (error) {
      text.textContent = `${file.name}: ${error.message || this.form.dataset.failed}`;
      text.className = "wrong";
      bar.remove();
      return false;
    }
  }

  async address(file) {
    const input = { record: this.form.dataset.record, name: file.name, size: file.size };
    if (this.form.elements.visibility?.value) input.visibility = this.form.elements.visibility.value;
    if (this.form.dataset.replaces) input.replaces = this.form.dataset.replaces;
    const answer = await fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify({ query: start, variables: { input } }),
    });
    const { data, errors } = await answer.json();
    const wrong = errors ?? data.startUpload.userErrors;
    if (wrong.length > 0) throw new Error(wrong.map((e) => e.message).join(" "));
    return new URL(data.startUpload.url).pathname;
  }

  // bytes sends a file, and goes on where it broke off, a few times.
  async bytes(address, file, bar) {
    let offset = 0;
    for (let tries = 0; offset < file.size; tries++) {
      if (tries > 0) {
        await new Promise((again) => setTimeout(again, pause * tries));
        offset = await this.offset(address, offset);
      }
      const status = await this.part(address, file, offset, bar);
      if (status === 204) return;
      if (tries === 5 || (status >= 400 && status < 500 && status !== 408 && status !== 409)) throw new Error(this.form.dataset.failed);
    }
  }

  async offset(address, before) {
    try {
      const answer = await fetch(address, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
      return answer.ok ? Number(answer.headers.get("Upload-Offset")) : before;
    } catch {
      return before;
    }
  }

  // part sends what follows an offset, and gives the status of the answer, 0 for none.
  part(address, file, offset, bar) {
    return new Promise((settle) => {
      const request = new XMLHttpRequest(); // fetch tells no progress
      request.open("PATCH", address);
      request.setRequestHeader("Tus-Resumable", "1.0.0");
      request.setRequestHeader("Upload-Offset", String(offset));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.upload.addEventListener("progress", (event) => { bar.value = offset + event.loaded; });
      request.addEventListener("loadend", () => settle(request.status));
      request.send(file.slice(offset));
    });
  }
}

class Follower {
  constructor(list) {
    this.list = list;
    this.timer = 0;
    document.addEventListener("files-sent", () => this.look());
    this.plan();
  }

  plan() {
    if (this.timer === 0 && this.list.querySelector("[data-busy]")) this.timer = setTimeout(() => this.look(), pause);
  }

  async look() {
    this.timer = 0;
    try {
      const answer = await fetch(this.list.dataset.files);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById(this.list.id);
      if (now && !this.list.contains(document.activeElement)) this.list.replaceChildren(...now.childNodes);
    } catch {
      // it is asked again in a moment
    }
    this.plan();
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) new Upload(form);
for (const list of document.querySelectorAll("[data-files]")) new Follower(list);
