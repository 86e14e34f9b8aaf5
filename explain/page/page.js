// A value that is pointed at lights up wherever it stands, and in a second colour what it was
// computed from; a bar shows its line of the solution. A click or a key keeps it lit.
(() => {
  "use strict";
  const from = JSON.parse(document.getElementById("unroll-from").textContent);
  const places = new Map(); // mark to the elements that show the value
  const edges = [...document.querySelectorAll("[data-from][data-to]")];
  for (const e of document.querySelectorAll("[data-mark]")) {
    const mark = e.dataset.mark;
    places.set(mark, [...(places.get(mark) ?? []), e]);
  }
  if (places.size === 0) return;

  const bar = document.createElement("div");
  const lines = document.createElement("div");
  const close = document.createElement("button");
  bar.id = "unroll-bar";
  bar.hidden = true;
  bar.setAttribute("role", "status");
  lines.className = "chains";
  close.textContent = "×";
  close.setAttribute("aria-label", "CLOSE");
  bar.append(lines, close);
  document.body.append(bar);

  let kept = null; // the element that stays lit
  let lit = null; // the mark that is

  const paint = (mark, on) => {
    const sources = Object.hasOwn(from, mark) ? from[mark] : [];
    for (const source of sources)
      for (const e of places.get(source) ?? []) e.classList.toggle("source", on);
    for (const e of places.get(mark) ?? []) e.classList.toggle("lit", on);
    for (const e of edges)
      if (e.dataset.to === mark && sources.includes(e.dataset.from)) e.classList.toggle("lit", on);
  };

  // show lights what an element shows, or nothing.
  const show = (element) => {
    const mark = element ? element.dataset.mark : null;
    if (mark !== lit) {
      if (lit !== null) paint(lit, false);
      if (mark !== null) paint(mark, true);
      lit = mark;
    }
    const chain = (places.get(mark) ?? []).find((e) => e.classList.contains("chain"));
    bar.hidden = !chain || chain === element;
    if (bar.hidden) return;
    const copy = chain.cloneNode(true);
    for (const name of ["data-mark", "tabindex", "class"]) copy.removeAttribute(name);
    copy.className = "chain";
    lines.replaceChildren(copy);
  };

  const keep = (element) => {
    kept = element;
    show(element);
  };
  const at = (e) => (e.target instanceof Element ? e.target.closest("[data-mark]") : null);

  document.addEventListener("pointerover", (e) => {
    if (e.pointerType !== "touch" && !bar.contains(e.target)) show(at(e) ?? kept);
  });
  document.documentElement.addEventListener("pointerleave", () => show(kept));
  document.addEventListener("click", (e) => {
    if (bar.contains(e.target)) return;
    const element = at(e);
    keep(element === kept ? null : element);
  });
  document.addEventListener("focusin", (e) => {
    if (at(e) && at(e).matches(":focus-visible")) keep(at(e));
  });
  close.addEventListener("click", () => keep(null));

  // One element of a table, a picture or some formulas is reached by the tabulator, the others
  // from there by arrows.
  const groups = new Map();
  for (const e of document.querySelectorAll("[data-mark]")) {
    const group = e.closest("table, svg, .chains");
    groups.set(group, [...(groups.get(group) ?? []), e]);
  }
  for (const all of groups.values()) all.forEach((e, i) => e.setAttribute("tabindex", i === 0 ? "0" : "-1"));

  // below is the cell under another, or over it.
  const below = (cell, step) => {
    let row = cell.parentElement;
    while ((row = step === 1 ? row.nextElementSibling : row.previousElementSibling)) {
      const other = row.children[cell.cellIndex];
      if (other && other.dataset.mark) return other;
    }
    return null;
  };

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") keep(null);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const element = at(e);
    if (!step || !element) return;
    const all = groups.get(element.closest("table, svg, .chains"));
    const down = e.key === "ArrowDown" || e.key === "ArrowUp";
    const next = down && element.matches("td, th") ? below(element, step) : all[all.indexOf(element) + step];
    if (!next) return;
    e.preventDefault();
    element.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
})();
