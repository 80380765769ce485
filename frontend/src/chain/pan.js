// The drawing is dragged with the mouse; fingers scroll it as they scroll anything.
const SLACK = 4;

export function draggable(frame) {
  let grip = null;

  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    grip = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  window.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y];
    if (!grip.moved && Math.hypot(dx, dy) < SLACK) return;
    grip.moved = true;
    frame.classList.add("is-dragged");
    frame.scrollLeft = grip.left - dx;
    frame.scrollTop = grip.top - dy;
  });
  window.addEventListener("pointerup", () => {
    const moved = grip && grip.moved;
    grip = null;
    frame.classList.remove("is-dragged");
    if (moved) {
      // The click that ends a drag opens nothing.
      window.addEventListener("click", stop, { capture: true, once: true });
      window.setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 0);
    }
  });
  frame.addEventListener("dragstart", (event) => event.preventDefault());
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
