// Lets the clocks of previews tick: asks once a minute what they will say, and copies that.
"use strict";

{ // names of its own: scripts of a page share theirs
  const SVG = "http://www.w3.org/2000/svg";
  const MINUTE_MS = 60_000;
  const TICK_MS = 250;
  const told = new Map();

  async function ask(address) {
    const since = Date.now();
    told.set(address, { since, coming: [] });
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok) told.set(address, { since: Date.now(), coming: await answer.json() });
    } catch { /* the line is cut: the clocks stand until the next minute */ }
  }

  function drawn(piece) {
    const cut = document.createElementNS(SVG, "svg");
    const sheet = document.createElementNS(SVG, "image");
    const [width, height] = piece.size;
    const set = (element, values) => {
      for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    };
    set(cut, { x: piece.x, y: piece.y, width: piece.width, height, viewBox: `${piece.left} 0 ${piece.width} ${height}` });
    set(sheet, { href: piece.sheet, width, height });
    cut.append(sheet);
    return cut;
  }

  function tick() {
    if (document.hidden) return;
    for (const group of document.querySelectorAll("[data-figures]")) {
      const address = group.dataset.figures;
      const known = told.get(address);
      if (!known || Date.now() - known.since > MINUTE_MS) {
        ask(address);
        continue;
      }
      const now = known.coming.filter((one) => one.at <= Date.now() - known.since).at(-1);
      if (!now || group.stands === now) continue;
      group.stands = now;
      group.replaceChildren(...now.pieces.map(drawn));
    }
  }

  setInterval(tick, TICK_MS);
}
