// The wall fills the whole screen when asked, and its screen does not go to sleep meanwhile.
"use strict";

const fullscreen = document.querySelector("[data-fullscreen]");
if (fullscreen) {
  fullscreen.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
}

async function stayAwake() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
  } catch { /* on battery a browser may refuse */ }
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
