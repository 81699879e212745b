// Sends the files of an upload form in pieces: several at once, with progress, going on after a broken line, after a
// reload and after a new login. Without this script the form sends them whole.
"use strict";

(() => {
  const PIECE = 2 * 1024 * 1024;
  const AT_ONCE = 3;
  const PATIENCE = 12; // tries after which a person must press “continue”
  const HASHED = 64 * 1024 * 1024; // a larger file is not read into memory only to be told to be known already

  const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc32 = (bytes, start = 0) => {
    let c = ~start;
    for (let i = 0; i < bytes.length; i += 1) c = TABLE[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
    return ~c >>> 0;
  };
  const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
  const read = async (blob) => new Uint8Array(await blob.arrayBuffer());

  class Trouble extends Error {} // a sentence of the server: trying again does not help
  class LoggedOut extends Error {}

  class Sending {
    constructor(form, file) {
      this.form = form;
      this.file = file;
      this.said = form.dataset;
      this.unit = form.unit.value;
      this.key = `upload:${file.name}:${file.size}:${file.lastModified}:${this.unit}`;
      this.stopped = false;
      this.row = document.createElement("li");
      this.row.innerHTML = "<b></b> <small></small><progress max='1' value='0'></progress><p></p><button type='button' class='quiet'></button>";
      [this.name, this.state, this.bar, this.note, this.button] = this.row.children;
      this.name.textContent = file.name;
      this.state.textContent = this.said.saidWaiting;
      this.button.textContent = this.said.saidCancel;
      this.button.addEventListener("click", () => (this.failed ? this.again() : this.cancel()));
      form.querySelector(".sending").append(this.row);
    }

    async run() {
      this.failed = false;
      this.button.textContent = this.said.saidCancel;
      try {
        await this.find();
        let tries = 0;
        while (!this.stopped && !this.evidence) {
          try {
            await this.piece();
            tries = 0;
          } catch (error) {
            if (this.stopped || error instanceof Trouble || error instanceof LoggedOut) throw error;
            tries += 1;
            if (tries > PATIENCE) throw error;
            this.note.textContent = this.said.saidBroken;
            await wait(Math.min(1000 * 2 ** (tries - 1), 30000));
            await this.look().catch((trouble) => { if (trouble instanceof Trouble) throw trouble; });
          }
        }
        if (this.evidence) this.finished();
      } catch (error) {
        if (!this.stopped) this.stuck(error);
      }
    }

    async find() {
      const known = localStorage.getItem(this.key);
      if (known) {
        this.url = known;
        try {
          await this.look();
          if (await this.isSame()) return;
          await this.ask("POST", `${this.url}cancel/`);
        } catch (error) {
          if (error instanceof LoggedOut) throw error;
        }
        localStorage.removeItem(this.key);
      }
      const words = new FormData();
      words.set("unit", this.unit);
      words.set("name", this.file.name);
      words.set("size", this.file.size);
      if (this.form.entry) words.set("entry", this.form.entry.value);
      if (window.crypto.subtle && this.file.size <= HASHED) {
        this.state.textContent = this.said.saidChecking;
        const digest = await window.crypto.subtle.digest("SHA-256", await this.file.arrayBuffer());
        words.set("sha256", Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join(""));
      }
      this.take(await this.ask("POST", this.said.uploads, words));
      localStorage.setItem(this.key, this.url);
    }

    // The same name, size and date may still be another file: what the server has must be how this one begins.
    async isSame() {
      let value = 0;
      for (let start = 0; start < this.received; start += PIECE) {
        value = crc32(await read(this.file.slice(start, Math.min(start + PIECE, this.received))), value);
      }
      return this.received === 0 || value === this.checksum;
    }

    async look() { this.take(await this.ask("GET", this.url)); }

    async piece() {
      const bytes = await read(this.file.slice(this.received, this.received + PIECE));
      const headers = { "X-Offset": this.received, "X-Checksum": crc32(bytes) };
      if (this.form.entry) headers["X-Entry"] = this.form.entry.value;
      this.take(await this.ask("POST", this.url, bytes, headers));
    }

    take(answer) {
      this.url = answer.url;
      this.received = answer.received;
      this.checksum = answer.checksum;
      this.evidence = answer.evidence;
      if (answer.same && answer.same.length) this.twins(answer.same);
      if (answer.sentence) this.add(answer.sentence);
      if (answer.personal) this.add(this.said.saidPersonal);
      this.show(this.received);
    }

    show(sent) {
      this.bar.value = this.file.size ? sent / this.file.size : 0;
      this.state.textContent = `${Math.floor(this.bar.value * 100)}%`;
      if (this.note.textContent === this.said.saidBroken) this.note.textContent = "";
    }

    add(sentence) { if (!this.note.textContent.includes(sentence)) this.note.append(sentence, " "); }

    twins(same) {
      this.note.textContent = this.said.saidTwice;
      same.forEach((each) => {
        const link = document.createElement("a");
        link.href = each.url;
        link.textContent = each.title;
        this.note.append(link, " ");
      });
    }

    ask(method, url, body, headers = {}) {
      return new Promise((done, broken) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.open(method, url);
        request.setRequestHeader("X-CSRFToken", this.form.csrfmiddlewaretoken.value);
        request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
        if (body instanceof Uint8Array) {
          request.setRequestHeader("Content-Type", "application/octet-stream");
          request.upload.addEventListener("progress", (event) => this.show(this.received + event.loaded));
        }
        request.timeout = 180000;
        request.onerror = () => broken(new Error("line"));
        request.ontimeout = request.onerror;
        request.onabort = request.onerror;
        request.onload = () => {
          let answer;
          try { answer = JSON.parse(request.responseText); } catch { answer = null; }
          if (answer === null) {
            const isDoor = request.status === 403 || request.responseURL.includes("/login/");
            broken(isDoor ? new LoggedOut() : new Error("server"));
          } else if (request.status < 300) done(answer);
          else if (request.status === 409 && answer.url) { // the server has another length than we thought
            this.received = answer.received;
            broken(new Error("offset"));
          } else broken(new Trouble(answer.sentence || ""));
        };
        request.send(body);
      });
    }

    finished() {
      localStorage.removeItem(this.key);
      this.bar.value = 1;
      this.state.textContent = this.said.saidDone;
      const link = document.createElement("a");
      link.href = this.evidence.url;
      link.textContent = this.file.name;
      this.name.replaceChildren(link);
      this.button.remove();
      this.row.classList.add("done");
    }

    stuck(error) {
      this.row.classList.add("stuck");
      this.note.textContent = error instanceof Trouble ? error.message : error instanceof LoggedOut ? this.said.saidLogin : this.said.saidBroken;
      if (error instanceof Trouble) {
        localStorage.removeItem(this.key);
        this.button.remove();
        return;
      }
      this.failed = true;
      this.button.textContent = this.said.saidResume;
    }

    again() {
      this.row.classList.remove("stuck");
      this.note.textContent = "";
      this.run();
    }

    cancel() {
      this.stopped = true;
      if (this.request) this.request.abort();
      localStorage.removeItem(this.key);
      if (this.url) this.ask("POST", `${this.url}cancel/`).catch(() => {});
      this.state.textContent = this.said.saidCancelled;
      this.button.remove();
    }
  }

  const start = async (form, files) => {
    const waiting = Array.from(files, (file) => new Sending(form, file));
    const worker = async () => { while (waiting.length) await waiting.shift().run(); };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };

  document.querySelectorAll("form[data-uploads]").forEach((form) => {
    const input = form.querySelector("input[type=file]");
    const go = (files) => {
      if (files.length) start(form, Array.from(files));
      input.value = "";
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(input.files);
    });
    input.addEventListener("change", () => go(input.files));
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      go(event.dataTransfer.files);
    });
    const sending = () => form.querySelector(".sending li:not(.done):not(.stuck) progress");
    window.addEventListener("beforeunload", (event) => { if (sending()) event.preventDefault(); });
  });
})();
