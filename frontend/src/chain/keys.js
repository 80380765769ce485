// Among hundreds of boxes one Tab goes in and the next one out; the arrow keys go from box to box.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function place(link) {
  // All boxes are of one size, so their corners tell as much as their middles.
  const box = link.querySelector("rect");
  return { x: Number(box.getAttribute("x")), y: Number(box.getAttribute("y")) };
}

// How far a box is in the direction of the key; what lies aside counts double, what lies behind not.
function distance(from, to, [dx, dy]) {
  const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
  const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
  return along > 1 ? along + 2 * aside : Infinity;
}

function next(places, link, way) {
  const from = places.get(link);
  let best = null;
  let least = Infinity;
  for (const [each, to] of places) {
    const far = distance(from, to, way);
    if (far < least) [best, least] = [each, far];
  }
  return best;
}

export function walkable(svg) {
  const places = new Map([...svg.querySelectorAll(".node a")].map((link) => [link, place(link)]));
  let current = svg.querySelector(".chosen a") || places.keys().next().value;
  for (const link of places.keys()) link.setAttribute("tabindex", link === current ? "0" : "-1");
  svg.addEventListener("focusin", (event) => {
    const here = event.target.closest(".node a");
    if (!here || here === current) return;
    current.setAttribute("tabindex", "-1");
    here.setAttribute("tabindex", "0");
    current = here;
  });
  svg.addEventListener("keydown", (event) => {
    const here = event.target.closest(".node a");
    if (!here || !WAYS[event.key]) return;
    event.preventDefault();
    const onward = next(places, here, WAYS[event.key]);
    if (!onward) return;
    onward.focus({ preventScroll: true });
    onward.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
