// The drawing of a chain: zoom, neighbours lit on hover, the side panel opened in place.
const drawing = document.querySelector(".chain-map");

if (drawing) {
  const svg = drawing.querySelector(".chain-frame svg");
  const panel = document.getElementById("panel");
  const whole = svg.viewBox.baseVal;
  const size = { width: whole.width, height: whole.height };
  let zoom = 1;

  function scale(to) {
    zoom = Math.min(Math.max(to, 0.5), 3);
    // The drawing grows inside its scrolling frame, so that keyboard and wheel scroll as ever.
    svg.setAttribute("width", Math.round(size.width * zoom));
    svg.setAttribute("height", Math.round(size.height * zoom));
    drawing.querySelector("[data-zoom='reset']").textContent = `${Math.round(zoom * 100)}%`;
  }

  // The whole chain at once where it stays legible; the frame scrolls where it does not.
  const room = drawing.querySelector(".chain-frame").clientWidth;
  if (room < size.width) scale(Math.max(room / size.width, 0.7));

  drawing.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    const how = button.dataset.zoom;
    scale({ in: zoom * 1.25, out: zoom / 1.25, reset: 1 }[how]);
  });

  function light(code) {
    svg.classList.toggle("is-lit", Boolean(code));
    for (const arrow of svg.querySelectorAll("[data-from]")) {
      arrow.classList.toggle("lit", arrow.dataset.from === code || arrow.dataset.to === code);
    }
    const near = new Set([code]);
    for (const arrow of svg.querySelectorAll(".lit[data-from]")) {
      near.add(arrow.dataset.from).add(arrow.dataset.to);
    }
    for (const node of svg.querySelectorAll("[data-link]")) {
      node.classList.toggle("lit", near.has(node.dataset.link));
    }
  }

  for (const on of ["mouseover", "focusin"]) {
    svg.addEventListener(on, (event) => {
      const node = event.target.closest("[data-link]");
      light(node ? node.dataset.link : "");
    });
  }
  svg.addEventListener("mouseleave", () => light(""));
  svg.addEventListener("focusout", () => light(""));

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
