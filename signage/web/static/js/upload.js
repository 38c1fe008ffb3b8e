// Sends files one after the other with a progress bar; without this file the form sends one by itself.
"use strict";

function row(list, name) {
  const line = document.createElement("li");
  const words = document.createElement("p");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  words.textContent = name;
  line.append(words, bar);
  list.append(line);
  return {
    progress(share) {
      bar.value = Math.round(share * 100);
    },
    done(sentence, failed) {
      bar.remove();
      words.textContent = `${name}: ${sentence}`;
      words.className = failed ? "wrong" : "";
    },
    link(address, label) {
      const way = document.createElement("a");
      way.href = address;
      way.textContent = label;
      words.append(" ", way);
    },
  };
}

function send(form, file, line) {
  return new Promise((finished) => {
    const words = form.dataset;
    if (file.size > Number(words.most)) {
      line.done(words.tooBig, true);
      finished(false);
      return;
    }
    const body = new FormData(form);
    body.delete("file");
    body.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", document.querySelector("meta[name=csrf-token]").content);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.progress(event.loaded / event.total);
    });
    request.addEventListener("error", () => {
      line.done(words.lost, true);
      finished(false);
    });
    request.addEventListener("load", () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch { /* told below */ }
      const language = document.documentElement.lang;
      const error = answer.error;
      if (request.status < 300) line.done(words.kept, false);
      else line.done(error ? error[`message_${language}`] : words.lost, true);
      if (error && error.sign_in) line.link(error.sign_in, words.signIn);
      finished(request.status < 300 ? answer : false);
    });
    request.send(body);
  });
}

async function sendAll(form, files) {
  const list = form.querySelector("[data-progress]");
  list.replaceChildren();
  const kept = [];
  for (const file of files) {
    const answer = await send(form, file, row(list, file.name));
    if (answer) kept.push(answer);
  }
  if (kept.length !== files.length) return;
  // One document alone: its pages are what is wanted next.
  const page = kept.length === 1 ? kept[0].page : null;
  location.assign(page || form.dataset.then || location.href);
}

for (const form of document.querySelectorAll("form[data-uploads]")) {
  const input = form.querySelector("input[type=file]");
  input.multiple = true;
  input.addEventListener("change", () => sendAll(form, [...input.files]));
  const area = form.querySelector(".drop");
  if (!area) continue;
  for (const kind of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") sendAll(form, [...event.dataTransfer.files]);
    });
  }
}
