// Keeps the parts of a page alive by server-sent events, and says so when the line is down.
"use strict";

const RECONNECT_MS = 4000;

function replacePart(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.firstElementChild;
  if (!fresh) return;
  const old = document.getElementById(fresh.id);
  if (old) {
    // A picture that is already on the page must not blink while its copy loads.
    for (const picture of fresh.querySelectorAll("img[src]")) {
      const same = old.querySelector(`img[src="${CSS.escape(picture.getAttribute("src"))}"]`);
      if (same) picture.replaceWith(same);
    }
    old.replaceWith(fresh);
    if (window.htmx) window.htmx.process(fresh);
    return;
  }
  const home = document.querySelector("[data-live-home]");
  if (home) home.append(fresh);
}

function follow(page) {
  const trouble = document.getElementById("live-trouble");
  const say = (words) => {
    if (!trouble) return;
    trouble.hidden = !words;
    if (words) trouble.querySelector("p").textContent = trouble.dataset[words];
  };
  const source = new EventSource(page.dataset.live);
  source.addEventListener("open", () => say(""));
  source.addEventListener("part", (event) => {
    say("");
    replacePart(event.data);
  });
  source.addEventListener("error", async () => {
    say("lost");
    if (source.readyState !== EventSource.CLOSED) return;
    try {
      const answer = await fetch(page.dataset.live, { method: "HEAD", headers: { Accept: "application/json" } });
      if (answer.status === 401) {
        say("ended");
        return;
      }
      if (answer.status === 503) say("full");
    } catch { /* the controller is away; try again */ }
    setTimeout(() => follow(page), RECONNECT_MS);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

for (const page of document.querySelectorAll("[data-live]")) follow(page);
