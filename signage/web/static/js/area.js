// Draws an area on the map of sites: corners by click or touch, a circle by dragging; pans and zooms.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const KM_OF_DEGREE = 111.2;

function made(parent, name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

class AreaMap {
  constructor(holder) {
    this.svg = holder.querySelector("svg");
    this.text = document.getElementById(holder.dataset.writesTo);
    this.says = holder.querySelector("[role=status]");
    this.shape = this.svg.querySelector("[data-shape]");
    this.sites = [...this.svg.querySelectorAll("[data-at]")].map((dot) => ({ dot, at: dot.dataset.at.split(",").map(Number) }));
    this.narrow = Math.cos((Number(this.svg.dataset.middle) * Math.PI) / 180);
    this.home = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.view = [...this.home];
    this.mode = "corners";
    for (const button of holder.querySelectorAll("[data-map]")) button.addEventListener("click", () => this.press(button.dataset.map, holder));
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.move(event));
    this.svg.addEventListener("pointerup", (event) => this.end(event));
    this.svg.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY > 0 ? 1.25 : 0.8); }, { passive: false });
    this.text.addEventListener("input", () => this.draw());
    new ResizeObserver(() => this.look()).observe(this.svg);
    this.look();
  }

  // The map's own units: degrees of longitude made as long as those of latitude, north up.
  toMap([latitude, longitude]) { return [longitude * this.narrow, -latitude]; }
  toEarth([x, y]) { return [-y, x / this.narrow]; }
  pointOf(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [point.x, point.y];
  }

  press(what, holder) {
    if (what === "in" || what === "out") this.zoom(what === "in" ? 0.7 : 1.4);
    else if (what === "clear") this.write([]);
    else if (what === "undo") this.write(this.lines().slice(0, -1));
    else {
      this.mode = what;
      for (const button of holder.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.map === what));
    }
  }

  begin(event) { this.from = this.pointOf(event); this.pressed = [event.clientX, event.clientY]; this.svg.setPointerCapture(event.pointerId); }

  move(event) {
    if (!this.from) return;
    const here = this.pointOf(event);
    if (this.mode === "pan") {
      this.view[0] -= here[0] - this.from[0];
      this.view[1] -= here[1] - this.from[1];
      this.look();
    } else if (this.mode === "circle") {
      this.write([this.circleLine(this.from, here)]);
    }
  }

  end(event) {
    const still = this.pressed && Math.hypot(event.clientX - this.pressed[0], event.clientY - this.pressed[1]) < 6;
    if (this.from && this.mode === "corners" && still) {
      const [latitude, longitude] = this.toEarth(this.from);
      this.write([...this.lines().filter((line) => !line.startsWith("tròn")), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`]);
    }
    this.from = null;
  }

  circleLine(centre, edge) {
    const km = Math.hypot(edge[0] - centre[0], edge[1] - centre[1]) * KM_OF_DEGREE;
    const [latitude, longitude] = this.toEarth(centre);
    return `tròn: ${latitude.toFixed(5)}, ${longitude.toFixed(5)}, ${Math.max(km, 0.05).toFixed(2)}`;
  }

  zoom(factor) {
    const [x, y, width, height] = this.view;
    const limit = Math.min(Math.max(width * factor, this.home[2] / 60), this.home[2] * 4);
    const scale = limit / width;
    this.view = [x + (width - width * scale) / 2, y + (height - height * scale) / 2, width * scale, height * scale];
    this.look();
  }

  look() {
    this.svg.setAttribute("viewBox", this.view.join(" "));
    const pixel = this.view[2] / (this.svg.clientWidth || 460);
    for (const { dot } of this.sites) dot.querySelector("circle").setAttribute("r", pixel * 5);
    for (const label of this.svg.querySelectorAll("text")) label.setAttribute("font-size", pixel * 13);
    this.draw();
  }

  lines() { return this.text.value.split("\n").map((line) => line.trim()).filter(Boolean); }
  write(lines) { this.text.value = lines.join("\n"); this.text.dispatchEvent(new Event("input", { bubbles: true })); }

  draw() {
    this.shape.replaceChildren();
    const corners = [];
    const circles = [];
    for (const line of this.lines()) {
      const numbers = (line.match(/-?\d+(?:\.\d+)?/g) || []).map(Number);
      if (line.startsWith("tròn") && numbers.length === 3) circles.push([this.toMap(numbers), numbers[2] / KM_OF_DEGREE]);
      else if (numbers.length === 2) corners.push(this.toMap(numbers));
    }
    const stroke = this.view[2] / 250;
    if (corners.length) made(this.shape, "polygon", { points: corners.map((corner) => corner.join(",")).join(" "), "stroke-width": stroke });
    for (const [x, y] of corners) made(this.shape, "circle", { cx: x, cy: y, r: stroke * 2.5 });
    for (const [[x, y], r] of circles) made(this.shape, "circle", { cx: x, cy: y, r, "stroke-width": stroke });
    const inside = (at) => this.isIn(corners, at) || circles.some(([centre, r]) => Math.hypot(at[0] - centre[0], at[1] - centre[1]) <= r);
    let count = 0;
    for (const { dot, at } of this.sites) {
      const chosen = inside(this.toMap(at));
      dot.classList.toggle("is-chosen", chosen);
      if (chosen) count += Number(dot.dataset.displays);
    }
    this.says.textContent = this.says.dataset.words.replace("{count}", count);
  }

  isIn(corners, [x, y]) {
    let inside = false;
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
      const [[x1, y1], [x2, y2]] = [corners[i], corners[j]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    return inside;
  }
}

for (const holder of document.querySelectorAll("[data-area-map]")) new AreaMap(holder);
