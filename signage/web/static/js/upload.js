// Sends files in pieces that survive a cut line (tus), with bar, speed, time left and pause;
// without this file the form sends one file by itself.
"use strict";

const PIECE = 8 * 1024 * 1024;
const RETRY_MS = [0, 1000, 2000, 4000, 8000, 15000, 30000, 30000, 30000, 30000];
const AT_ONCE = 2;
const ASK_AGAIN_MS = 1500;

const language = () => document.documentElement.lang;
const token = () => document.querySelector("meta[name=csrf-token]");

function inWords(count) {
  const marks = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
  if (count >= 1e9) return `${marks.format(count / 1e9)} GB`;
  if (count >= 1e6) return `${marks.format(count / 1e6)} MB`;
  return `${marks.format(Math.round(count / 1000))} kB`;
}

function timeLeft(seconds, words) {
  if (seconds < 60) return words.secondsLeft.replace("{count}", Math.max(1, Math.round(seconds)));
  return words.minutesLeft.replace("{count}", Math.ceil(seconds / 60));
}

// One line of the list: what it says and its buttons, and nothing of how bytes travel.
class Line {
  constructor(list, file, words) {
    this.words = words;
    this.file = file;
    this.element = document.createElement("li");
    this.element.className = "sending";
    this.name = document.createElement("p");
    this.bar = document.createElement("progress");
    this.bar.max = file.size || 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.facts = document.createElement("p");
    this.facts.className = "quiet small";
    this.buttons = document.createElement("p");
    this.buttons.className = "actions";
    this.name.textContent = file.name;
    this.facts.textContent = words.waits;
    this.element.append(this.name, this.bar, this.facts, this.buttons);
    list.append(this.element);
    this.samples = [];
  }

  button(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small";
    button.textContent = label;
    button.setAttribute("aria-label", `${label}: ${this.file.name}`);
    button.addEventListener("click", act);
    this.buttons.append(button);
    return button;
  }

  progress(sent, total) {
    this.bar.value = sent;
    const at = performance.now();
    this.samples = [...this.samples.filter(([when]) => at - when < 5000), [at, sent]];
    const [since, before] = this.samples[0];
    const speed = at > since ? ((sent - before) * 1000) / (at - since) : 0;
    const facts = [`${inWords(sent)} / ${inWords(total)}`];
    if (speed > 0) facts.push(`${inWords(speed)}/s`, timeLeft((total - sent) / speed, this.words));
    this.facts.textContent = facts.join(" · ");
  }

  says(sentence) {
    this.samples = [];
    this.facts.textContent = sentence;
  }

  done(sentence, failed) {
    this.bar.remove();
    this.facts.remove();
    this.buttons.replaceChildren();
    this.name.textContent = `${this.file.name}: ${sentence}`;
    this.name.className = failed ? "wrong" : "";
  }

  link(address, label) {
    const way = document.createElement("a");
    way.href = address;
    way.target = "_blank";
    way.rel = "noopener";
    way.textContent = label;
    this.facts.append(" ", way);
  }
}

// One file on its way. `arrived` resolves to what it became, or to null when it was refused.
class Sending {
  constructor(form, file, line) {
    Object.assign(this, { form, file, line, words: form.dataset, isPaused: false });
    this.arrived = new Promise((resolve) => { this.finish = resolve; });
  }

  async start() {
    const unit = this.form.elements.unit.value;
    this.upload = new tus.Upload(this.file, {
      endpoint: this.words.uploads,
      chunkSize: PIECE,
      retryDelays: RETRY_MS,
      metadata: { filename: this.file.name, unit, no_state_secret: "yes" },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => {
        request.setHeader("X-CSRFToken", token().content);
        request.setHeader("Accept", "application/json");
      },
      onProgress: (sent, total) => this.line.progress(sent, total),
      onShouldRetry: (error) => this.mayRetry(error),
      onError: (error) => this.failed(error),
      onSuccess: () => this.takeIn(),
    });
    this.pauseButton = this.line.button(this.words.pause, () => this.turn());
    this.line.button(this.words.giveUp, () => this.giveUp());
    // The same file chosen again goes on where it stopped.
    const before = (await this.upload.findPreviousUploads()).filter((one) => one.metadata.unit === unit);
    if (before.length) this.upload.resumeFromPreviousUpload(before[0]);
    this.upload.start();
  }

  turn() {
    this.isPaused = !this.isPaused;
    this.pauseButton.firstChild.data = this.isPaused ? this.words.goOn : this.words.pause;
    this.pauseButton.setAttribute("aria-label", `${this.pauseButton.textContent}: ${this.file.name}`);
    if (this.isPaused) {
      this.upload.abort();
      this.line.says(this.words.paused);
    } else this.upload.start();
  }

  mayRetry(error) {
    const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
    if (status && status !== 409 && status !== 423 && status < 500) return false;
    this.line.says(this.words.lineCut);
    return true;
  }

  giveUp() {
    this.upload.abort(true).catch(() => { /* it expires by itself */ });
    this.line.element.remove();
    this.finish(null);
  }

  failed(error) {
    const answer = error.originalResponse;
    this.told(answer ? answer.getStatus() : 0, answer ? answer.getBody() : "");
  }

  told(status, body) {
    let refusal = null;
    try {
      refusal = JSON.parse(body).error;
    } catch { /* no answer of ours */ }
    if (refusal && refusal.sign_in) this.askToSignIn(refusal);
    else if (refusal && status < 500) {
      this.line.done(refusal[`message_${language()}`], true);
      this.finish(null);
    } else {
      this.line.says(this.words.lost);
      this.isPaused = true;
      this.pauseButton.firstChild.data = this.words.goOn;
    }
  }

  // What was sent is kept; the page goes on by itself when somebody has signed in next door.
  askToSignIn(refusal) {
    this.line.says(refusal[`message_${language()}`]);
    this.line.facts.className = "wrong";
    this.line.link(refusal.sign_in, this.words.signIn);
    const look = async () => {
      if (document.hidden || !(await renewToken())) return;
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
      this.line.facts.className = "quiet small";
      this.line.says("");
      this.upload.start();
    };
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
  }

  async takeIn() {
    this.line.buttons.replaceChildren();
    this.line.bar.removeAttribute("value");
    this.line.says(this.words.looksAt);
    for (;;) {
      try {
        const answer = await fetch(`${this.upload.url}/asset`, {
          method: "POST",
          headers: { "X-CSRFToken": token().content, Accept: "application/json" },
        });
        if (answer.status === 201) {
          this.line.done(this.words.kept, false);
          this.finish(await answer.json());
          return;
        }
        if (answer.status !== 409 && answer.status < 500) {
          this.told(answer.status, await answer.text());
          return;
        }
      } catch { /* the line is cut; what was sent is there */ }
      await new Promise((resolve) => { setTimeout(resolve, ASK_AGAIN_MS); });
    }
  }
}

// After signing in anew, forms need the new session's token.
async function renewToken() {
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (answer.status !== 200) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    token().content = page.querySelector("meta[name=csrf-token]").content;
    return true;
  } catch {
    return false;
  }
}

async function sendAll(form, files) {
  // The browser asks for the declaration in its own words, and goes to it.
  if (!files.length || !form.elements.no_state_secret.reportValidity()) return;
  const list = form.querySelector("[data-progress]");
  const words = form.dataset;
  const waiting = [...files].map((file) => new Sending(form, file, new Line(list, file, words)));
  const turns = [...waiting];
  const kept = [];
  const work = async () => {
    for (let one = turns.shift(); one; one = turns.shift()) {
      if (one.file.size > Number(words.most)) one.line.done(words.tooBig, true);
      else {
        await one.start();
        const became = await one.arrived;
        if (became) kept.push(became);
      }
    }
  };
  form.sendings = (form.sendings || 0) + 1;
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  form.sendings -= 1;
  if (form.sendings || !kept.length) return;
  // One document alone: its pages are what is wanted next.
  if (waiting.length === 1 && kept[0].page) location.assign(kept[0].page);
  else await showKept(form);
}

// The new cards come onto the page, which stays where it is: refusals are still to be read.
async function showKept(form) {
  form.elements.no_state_secret.checked = false;
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("files");
  document.getElementById("files").replaceWith(fresh);
  if (window.htmx) window.htmx.process(fresh);
}

for (const form of document.querySelectorAll("form[data-uploads]")) {
  const input = form.querySelector("input[type=file]");
  input.multiple = true;
  input.addEventListener("change", () => {
    const files = [...input.files];
    // The same file can be chosen again after a refusal.
    input.value = "";
    sendAll(form, files);
  });
  const area = form.querySelector(".drop");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") sendAll(form, [...event.dataTransfer.files]);
    });
  }
}

addEventListener("beforeunload", (event) => {
  const busy = [...document.querySelectorAll("form[data-uploads]")].some((form) => form.sendings);
  if (busy) event.preventDefault();
});
