// A slide's languages: a tab for each, letters that the keyboard lacks, and words in old code pages.
"use strict";

const tablist = document.querySelector("[data-tongues]");
const panels = [...document.querySelectorAll("[data-tongue]")];

function showTongue(tag, { focus = false } = {}) {
  for (const tab of tablist.children) {
    const chosen = tab.id === `tab-${tag}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen && focus) tab.focus();
  }
  for (const panel of panels) panel.hidden = panel.dataset.tongue !== tag;
  const showing = document.querySelector("[name=showing]");
  if (showing.value === tag) return;
  showing.value = tag;
  showing.form.dispatchEvent(new Event("change", { bubbles: true }));
}

const wordsOf = (panel) =>
  [...panel.querySelectorAll("input[type=text], textarea")].filter((one) => !one.name.endsWith("seconds"));

// Who writes in Jrai alone need not write Vietnamese; the server says what is still missing.
function tellWhereWordsAre() {
  for (const panel of panels) {
    const has = wordsOf(panel).some((one) => one.value.trim());
    document.querySelector(`#tab-${panel.dataset.tongue} .has-words`).hidden = !has;
  }
  const [own, ...others] = panels;
  const elsewhere = others.some((panel) => wordsOf(panel).some((one) => one.value.trim()));
  const blank = !wordsOf(own).some((one) => one.value.trim());
  for (const field of wordsOf(own)) {
    field.dataset.needed ??= String(field.required);
    field.required = field.dataset.needed === "true" && !(elsewhere && blank);
  }
}

function byArrows(event, buttons) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -buttons.length, End: buttons.length };
  if (!(event.key in steps)) return null;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement) + steps[event.key];
  const wraps = event.key.startsWith("Arrow");
  return buttons[wraps ? (at + buttons.length) % buttons.length : Math.min(Math.max(at, 0), buttons.length - 1)];
}

function openTabs() {
  tablist.hidden = false;
  for (const panel of panels) {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${panel.dataset.tongue}`);
    panel.querySelector(".tongue-heading").hidden = true;
    panel.addEventListener("invalid", () => showTongue(panel.dataset.tongue), true);
    panel.addEventListener("input", tellWhereWordsAre);
  }
  const tagOf = (tab) => tab.id.slice("tab-".length);
  tablist.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) showTongue(tagOf(tab));
  });
  tablist.addEventListener("keydown", (event) => {
    const tab = byArrows(event, [...tablist.children]);
    if (tab) showTongue(tagOf(tab), { focus: true });
  });
  tellWhereWordsAre();
  const wrong = panels.find((panel) => panel.querySelector("[aria-invalid]"));
  const first = panels.find((panel) => wordsOf(panel).some((one) => one.value.trim()));
  const start = (wrong || first || panels[0]).dataset.tongue;
  document.querySelector("[name=showing]").value = start;
  showTongue(start);
}

function insert(field, letter) {
  field.focus();
  field.setRangeText(letter, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function openLetters(bar) {
  const panel = bar.closest("[data-tongue]");
  const buttons = [...bar.querySelectorAll("button")];
  const caseButton = bar.querySelector("[data-letters-case]");
  let last = wordsOf(panel)[0];
  panel.addEventListener("focusin", (event) => {
    if (wordsOf(panel).includes(event.target)) last = event.target;
  });
  bar.addEventListener("keydown", (event) => {
    const next = byArrows(event, buttons);
    if (!next) return;
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button === caseButton) {
      const upper = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(upper));
      for (const one of buttons) if (one.dataset.letter) one.textContent = upper ? one.dataset.upper : one.dataset.letter;
    } else insert(last, event.shiftKey ? button.dataset.upper : button.textContent);
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-converts]");
  if (!button) return;
  const field = document.getElementById(button.dataset.converts);
  field.select();
  insert(field, button.dataset.text);
});

if (tablist) openTabs();
for (const bar of document.querySelectorAll(".letters")) openLetters(bar);
