// Lets the ticker of a preview run as on the display, when asked and until halted.
"use strict";

for (const button of document.querySelectorAll("[data-runs-ticker]")) {
  const motions = [...document.querySelectorAll("svg.canvas animateTransform")];
  let runs = false;
  button.addEventListener("click", () => {
    runs = !runs;
    for (const motion of motions) {
      if (runs) motion.beginElement();
      else motion.endElement();
    }
    button.setAttribute("aria-pressed", String(runs));
    button.querySelector("span").textContent = runs ? button.dataset.halt : button.dataset.run;
  });
}
