// The drawing of a chain: zoom and pan, neighbours lit on hover, the side panel opened in place.
import { walkable } from "./chain/keys.js";
import { draggable } from "./chain/pan.js";

const drawing = document.querySelector(".chain-map");

if (drawing) {
  const svg = drawing.querySelector(".chain-frame svg");
  const panel = document.getElementById("panel");
  const whole = svg.viewBox.baseVal;
  const size = { width: whole.width, height: whole.height };
  let zoom = 1;

  const frame = drawing.querySelector(".chain-frame");
  const fitting = () => Math.min(frame.clientWidth / size.width, 1);

  function scale(to) {
    const before = zoom;
    zoom = Math.min(Math.max(to, Math.min(fitting(), 0.5)), 3);
    const middle = {
      x: (frame.scrollLeft + frame.clientWidth / 2) / before,
      y: (frame.scrollTop + frame.clientHeight / 2) / before,
    };
    // The drawing grows inside its scrolling frame, so that keyboard and wheel scroll as ever.
    svg.setAttribute("width", Math.round(size.width * zoom));
    svg.setAttribute("height", Math.round(size.height * zoom));
    // From afar the words are too small to read: only boxes and their colours are drawn.
    svg.classList.toggle("far", zoom < 0.55);
    frame.scrollLeft = middle.x * zoom - frame.clientWidth / 2;
    frame.scrollTop = middle.y * zoom - frame.clientHeight / 2;
    drawing.querySelector("[data-zoom='reset']").textContent = `${Math.round(zoom * 100)}%`;
  }

  function zoomBy(how) {
    scale({ in: zoom * 1.25, out: zoom / 1.25, reset: 1, fit: fitting() }[how]);
  }

  // The whole chain at once where it stays legible; the frame scrolls where it does not.
  if (fitting() < 1) scale(Math.max(fitting(), 0.7));
  frame.scrollTo(0, 0);

  drawing.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoomBy(button.dataset.zoom);
  });
  frame.addEventListener("keydown", (event) => {
    const how = { "+": "in", "=": "in", "-": "out", 0: "reset", f: "fit" }[event.key];
    if (!how || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    zoomBy(how);
  });
  walkable(svg);
  draggable(frame);

  // What to light for each box is found once: its arrows, itself and its neighbours.
  const nodes = new Map();
  for (const node of svg.querySelectorAll("g[data-link]")) nodes.set(node.dataset.link, node);
  const near = new Map();
  for (const [code, node] of nodes) near.set(code, new Set([node]));
  for (const arrow of svg.querySelectorAll("[data-from]")) {
    const { from, to } = arrow.dataset;
    near.get(from).add(arrow).add(nodes.get(to));
    near.get(to).add(arrow).add(nodes.get(from));
  }
  const isDense = svg.classList.contains("dense");
  let lit = "";

  function light(code) {
    if (code === lit) return;
    for (const each of near.get(lit) || []) each.classList.remove("lit");
    for (const each of near.get(code) || []) each.classList.add("lit");
    // To fade hundreds of boxes takes longer than a key should: there the neighbours stand out alone.
    if (!isDense) svg.classList.toggle("is-lit", Boolean(code));
    lit = code;
  }

  for (const on of ["mouseover", "focusin"]) {
    svg.addEventListener(on, (event) => {
      const node = event.target.closest("[data-link]");
      light(node ? node.dataset.link : "");
    });
  }
  svg.addEventListener("mouseleave", () => light(""));
  svg.addEventListener("focusout", (event) => {
    if (!svg.contains(event.relatedTarget)) light("");
  });

  function close(event) {
    event.preventDefault();
    const address = drawing.dataset.home;
    panel.textContent = "";
    window.history.replaceState(null, "", address);
    const chosen = svg.querySelector(".chosen a");
    for (const each of document.querySelectorAll(".chosen")) each.classList.remove("chosen");
    if (chosen) chosen.focus();
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-close]")) close(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.querySelector("h2")) close(event);
  });

  // SVG links are not HTML links to htmx, so the panel is asked for here.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel]");
    if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    window.htmx.ajax("GET", address, { target: "#panel", swap: "innerHTML" }).then(() => {
      window.history.replaceState(null, "", address);
      for (const each of document.querySelectorAll("[data-link]")) {
        each.classList.toggle("chosen", each.dataset.link === link.dataset.link);
      }
      const heading = panel.querySelector("h2");
      if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: window.innerWidth > 992 });
      }
    });
  });
}
