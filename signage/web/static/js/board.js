// LED boards as people see them: lamps from near by, letters from afar, by day and by night.
"use strict";

// Somebody at a desk: the screen is 0.6 m away and has 96 CSS px to the inch.
const DESK_M = 0.6;
const CSS_PX_MM = 25.4 / 96;
const LAMP_FROM_PX = 3; // from here on a lamp has a shape
const MOST_LAMP_PX = 10;
const LAMP_SHARE = 0.78; // of the distance of two lamps; black plastic is between them
const DAYLIGHT = 0.035; // what black plastic gives back of the sun, beside white at full power
const WATTS_PER_M2 = 1500; // all white, by the makers' sheets

const LINEAR = Float32Array.from({ length: 256 }, (_, code) => {
  const share = code / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

function codeOf(light) {
  const share = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, share));
}

const CODES = Uint8ClampedArray.from({ length: 4097 }, (_, step) => codeOf(step / 4096));

const controls = document.querySelectorAll("[data-board-controls]");
const view = { metres: null, night: false };
const lights = new WeakMap();

// The board's own pixels as light, ticker included: { data: r, g, b in turn, mean }.
async function lightOf(canvas) {
  if (lights.has(canvas)) return lights.get(canvas);
  const { width, height, parts, strip } = canvas.dataset;
  const own = new OffscreenCanvas(Number(width), Number(height)).getContext("2d", { willReadFrequently: true });
  for (const [address, from, across, down, x, y] of JSON.parse(parts)) {
    own.drawImage(await pictureAt(address), from, 0, across, down, x, y, across, down);
  }
  if (strip) {
    const picture = await pictureAt(strip);
    own.drawImage(picture, 0, Number(height) - picture.height);
  }
  const codes = own.getImageData(0, 0, own.canvas.width, own.canvas.height).data;
  const data = new Float32Array((codes.length / 4) * 3);
  for (let from = 0, to = 0; from < codes.length; from += 4) {
    for (let channel = 0; channel < 3; channel += 1) data[to++] = LINEAR[codes[from + channel]];
  }
  const mean = data.reduce((sum, one) => sum + one, 0) / data.length;
  const light = { data, mean, width: own.canvas.width, height: own.canvas.height };
  lights.set(canvas, light);
  return light;
}

async function pictureAt(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

// Each px of the new row or column gets the light of the lamps that fall on it, by their shares.
function sharesOf(from, to) {
  const scale = from / to;
  return Array.from({ length: to }, (_, at) => {
    const shares = [];
    for (let lamp = Math.floor(at * scale); lamp < Math.min(from, Math.ceil((at + 1) * scale)); lamp += 1) {
      const share = (Math.min(lamp + 1, (at + 1) * scale) - Math.max(lamp, at * scale)) / scale;
      if (share > 1e-6) shares.push([lamp, share]);
    }
    return shares;
  });
}

function squeezed(light, width, height) {
  const across = sharesOf(light.width, width);
  const down = sharesOf(light.height, height);
  const rows = new Float32Array(width * light.height * 3);
  for (let y = 0; y < light.height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (const [lamp, share] of across[x]) {
        for (let c = 0; c < 3; c += 1) rows[(y * width + x) * 3 + c] += share * light.data[(y * light.width + lamp) * 3 + c];
      }
    }
  }
  const done = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (const [lamp, share] of down[y]) {
      for (let at = 0; at < width * 3; at += 1) done[y * width * 3 + at] += share * rows[lamp * width * 3 + at];
    }
  }
  return done;
}

// What a lamp's cell lets through, px by px: a disc with a soft edge.
function discOf(side) {
  const middle = (side - 1) / 2;
  const radius = (side * LAMP_SHARE) / 2;
  return Float32Array.from({ length: side * side }, (_, at) => {
    const away = Math.hypot((at % side) - middle, Math.floor(at / side) - middle);
    return Math.min(1, Math.max(0, radius - away + 0.5));
  });
}

function lamps(light, side) {
  const disc = discOf(side);
  const width = light.width * side;
  const done = new Float32Array(width * light.height * side * 3);
  for (let y = 0; y < light.height * side; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const lamp = (Math.floor(y / side) * light.width + Math.floor(x / side)) * 3;
      const share = disc[(y % side) * side + (x % side)];
      for (let c = 0; c < 3; c += 1) done[(y * width + x) * 3 + c] = share * light.data[lamp + c];
    }
  }
  return done;
}

function paint(canvas, data, width, height) {
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const picture = pen.createImageData(width, height);
  const ambient = view.night ? 0 : DAYLIGHT;
  for (let from = 0, to = 0; from < data.length; to += 1) {
    for (let c = 0; c < 3; c += 1) picture.data[to++] = CODES[Math.round(4096 * (ambient + (1 - ambient) * data[from++]))];
    picture.data[to] = 255;
  }
  pen.putImageData(picture, 0, 0);
}

// At night the eye is wide open: what is bright spreads its light over what is beside it.
function glare(canvas, mean) {
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  copy.getContext("2d").drawImage(canvas, 0, 0);
  pen.globalCompositeOperation = "lighter";
  pen.globalAlpha = Math.min(0.7, 0.15 + mean);
  pen.filter = `blur(${Math.max(2, canvas.height / 24)}px)`;
  pen.drawImage(copy, 0, 0);
  pen.filter = "none";
  pen.globalAlpha = 1;
  pen.globalCompositeOperation = "source-over";
}

async function draw(canvas) {
  const light = await lightOf(canvas);
  const pitch = Number(canvas.dataset.pitchUm) / 1000;
  const metres = view.metres ?? Number(canvas.dataset.viewingCm) / 100;
  const lamp = Math.min(MOST_LAMP_PX, (pitch * DESK_M) / metres / CSS_PX_MM);
  const side = Math.round(lamp);
  const [width, height] = [light.width, light.height].map((one) => Math.max(1, Math.round(one * lamp)));
  if (lamp >= LAMP_FROM_PX) paint(canvas, lamps(light, side), light.width * side, light.height * side);
  else paint(canvas, squeezed(light, width, height), width, height);
  if (view.night) glare(canvas, light.mean);
  canvas.parentElement.classList.toggle("is-night", view.night);
  tell(canvas, light);
}

function tell(canvas, light) {
  const line = canvas.parentElement.nextElementSibling;
  if (!line?.matches("[data-board-light]")) return;
  const area = (light.width * light.height * (Number(canvas.dataset.pitchUm) / 1e6) ** 2);
  const watts = Math.round((area * WATTS_PER_M2 * light.mean) / 10) * 10;
  line.textContent = line.dataset.words
    .replace("{percent}", Math.round(100 * light.mean))
    .replace("{watts}", watts.toLocaleString(document.documentElement.lang));
}

const seen = new Set();
const onGlass = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) seen.add(target);
    else seen.delete(target);
  }
  drawSoon();
}, { rootMargin: "200px" });

let asked = 0;
function drawSoon() {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(() => {
    for (const canvas of seen) draw(canvas).catch(() => { /* a picture that has gone meanwhile */ });
  });
}

function watchBoards() {
  const fresh = document.querySelectorAll("canvas[data-board]:not([data-watched])");
  for (const canvas of seen) if (!canvas.isConnected) seen.delete(canvas);
  if (!fresh.length) return; // our own words below a board change the page as well
  for (const canvas of fresh) {
    canvas.dataset.watched = "";
    onGlass.observe(canvas);
  }
  for (const panel of controls) {
    panel.removeAttribute("data-no-board");
    const slider = panel.querySelector("input[type=range]");
    if (view.metres !== null) continue;
    const usual = Number(fresh[0].dataset.viewingCm) / 100;
    slider.max = String(Math.max(60, Math.round(usual * 3)));
    slider.value = String(Math.round(usual));
    tellDistance(slider);
  }
}

function tellDistance(slider) {
  const words = slider.dataset.words.replace("{metres}", slider.value);
  slider.closest("[data-board-controls]").querySelector("[data-board-metres]").textContent = words;
  slider.setAttribute("aria-valuetext", words);
}

function listen(panel) {
  const slider = panel.querySelector("input[type=range]");
  slider.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no part of what is being written
    view.metres = Number(slider.value);
    tellDistance(slider);
    drawSoon();
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-board-time]");
    if (!button) return;
    view.night = button.dataset.boardTime === "night";
    for (const one of panel.querySelectorAll("[data-board-time]")) one.setAttribute("aria-pressed", String(one === button));
    drawSoon();
  });
}

if (controls.length) {
  controls.forEach(listen);
  watchBoards();
  new MutationObserver(watchBoards).observe(document.querySelector("main"), { childList: true, subtree: true });
}
