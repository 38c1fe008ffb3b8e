// Small manners of every page: the menu, dialogs, keeping what was typed, letters left, pictures' looks.
"use strict";

document.documentElement.classList.add("has-js");

const KEPT = "kept-form";
const PENDING = "pending-form";
const KEEP_FOR_MS = 2 * 3600 * 1000;

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function remember(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch { /* a browser that keeps nothing still works */ }
}

function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function openMenus() {
  for (const button of all("[data-menu]")) {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      const open = menu.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.classList.contains("is-open")) return;
      button.click();
      button.focus();
    });
  }
}

function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.opens).showModal();
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
  });
}

// What was typed survives a session that ended while typing: the form is kept when it is sent,
// put back after signing in, and forgotten on any other page.
function keepForms() {
  const onSignIn = document.body.classList.contains("is-sign-in");
  const pending = recall(PENDING);
  remember(PENDING, null);
  if (pending && onSignIn) remember(KEPT, pending);
  if (!onSignIn) putBack();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-keeps]")) {
      remember(PENDING, { action: form.getAttribute("action"), at: Date.now(), fields: typedInto(form) });
    }
  });
}

function typedInto(form) {
  const skipped = new Set(["csrf_token", "version"]);
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.has(name));
}

function putBack() {
  const kept = recall(KEPT);
  if (!kept) return;
  const form = all("form[data-keeps]").find((one) => one.getAttribute("action") === kept.action);
  if (Date.now() - kept.at > KEEP_FOR_MS) remember(KEPT, null);
  if (!form) return;
  remember(KEPT, null);
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    const mine = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
    else if (field.type !== "file" && field.type !== "password" && mine.length) field.value = mine[0];
  }
  form.querySelector("[data-was-kept]")?.removeAttribute("hidden");
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function countLetters(root = document) {
  for (const field of all("[data-most]", root)) {
    const line = document.getElementById(`${field.id}-left`);
    if (!line) continue;
    const tell = () => {
      const left = Number(field.dataset.most) - field.value.length;
      line.textContent = line.dataset.words.replace("{left}", left);
      line.classList.toggle("is-over", left < 0);
    };
    field.addEventListener("input", tell);
    tell();
  }
}

function choosePictureLook() {
  const chosen = recall("look");
  for (const group of all("[data-look]")) if (chosen) group.dataset.look = chosen;
  const press = () => {
    for (const button of all("[data-sets-look]")) {
      const look = button.closest("[data-look]").dataset.look;
      button.setAttribute("aria-pressed", String(look === button.dataset.setsLook));
    }
  };
  press();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sets-look]");
    if (!button) return;
    for (const group of all("[data-look]")) group.dataset.look = button.dataset.setsLook;
    remember("look", button.dataset.setsLook);
    press();
  });
}

function pickDays() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picks-day]");
    if (!button) return;
    const text = document.getElementById(button.dataset.picksDay);
    const picker = button.parentElement.querySelector("input[type=date]");
    const [day, month, year] = text.value.split("/");
    if (year) picker.value = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    picker.onchange = () => {
      const [y, m, d] = picker.value.split("-");
      text.value = `${d}/${m}/${y}`;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    };
    picker.showPicker();
  });
}

// A choice such as "all of the city" or "another time" shows or hides what belongs to it.
function showWhatBelongs() {
  const tell = () => {
    for (const part of all("[data-shown-with]")) {
      const [name, value] = part.dataset.shownWith.split("=");
      const field = all(`[name="${name}"]`).find((one) => one.checked || one.tagName === "SELECT");
      part.hidden = !field || field.value !== value;
    }
  };
  document.addEventListener("change", tell);
  tell();
}

function tickTogether() {
  document.addEventListener("change", (event) => {
    const name = event.target.dataset.ticksAll;
    if (!name) return;
    for (const box of all(`input[type=checkbox][data-in="${name}"]`)) box.checked = event.target.checked;
    event.target.form?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function sendWhenChosen() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
  });
}

document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector("meta[name=csrf-token]");
  event.detail.ctx.request.headers["X-CSRFToken"] = token.content;
});

openMenus();
openDialogs();
countLetters();
choosePictureLook();
pickDays();
showWhatBelongs();
tickTogether();
sendWhenChosen();
keepForms();
document.querySelector("[data-focus]")?.focus();
