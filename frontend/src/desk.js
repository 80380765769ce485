// The desk's own behaviour, small and plain. Every page works without it.

// --- Faults of partial requests are said aloud, with the number to quote. ---
// The words come with the page, in its language.
const line = document.getElementById("toast");

function words(which) {
  return line ? line.getAttribute(`data-said-${which}`) : null;
}

function say(text) {
  if (!line || !text) return;
  line.textContent = text;
  line.hidden = false;
  window.clearTimeout(say.timer);
  say.timer = window.setTimeout(() => {
    line.hidden = true;
  }, 8000);
}

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const number = (event.detail.xhr.getResponseHeader("X-Request-ID") || "").slice(0, 8);
  const text = words(status) || words("broken");
  say(number ? `${text} · ${words("number")} ${number}` : text);
});
document.addEventListener("htmx:sendError", () => say(words("offline")));

// --- Global search: "/" goes there, Escape closes what it suggests, arrows walk through it. ---
const search = document.getElementById("search");
const suggestions = document.getElementById("suggestions");

function isTyping(element) {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && search && !isTyping(event.target)) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === "Escape") {
    if (suggestions) suggestions.textContent = "";
    for (const open of document.querySelectorAll("details.me[open]")) open.open = false;
  }
});

if (search) {
  search.form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [search, ...suggestions.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + step;
    if (next >= 0 && next < stops.length) {
      event.preventDefault();
      stops[next].focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!search.form.contains(event.target)) suggestions.textContent = "";
  });
}

// --- Lists: j and k walk the rows, Enter opens the row's own link. ---
function rows() {
  return [...document.querySelectorAll("table[data-rows] tbody tr")];
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  const link = next.querySelector("a");
  if (link) link.focus();
});

// --- Filters apply as they are chosen; the button stays for those without script. ---
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (form && event.target.matches("select")) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-filters]")) {
    // Empty filters stay out of the address.
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    window.addEventListener("pageshow", () => {
      for (const field of form.elements) field.disabled = false;
    }, { once: true });
    return;
  }
  if (form.method !== "post") return;
  // A double click sends once. Released again when the page comes back from history.
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  // What htmx sends is forgotten once it has arrived, see below.
  if (form.hasAttribute("hx-post")) return;
  if (form.dataset.draft && navigator.onLine === false) {
    // Without a network the page itself would be lost: what was typed stays, here and in storage.
    event.preventDefault();
    drafts.keep(form);
    say(words("offline"));
    return;
  }
  form.dataset.sent = "yes";
  drafts.forget(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  const arrived = event.detail.xhr && event.detail.xhr.status >= 200 && event.detail.xhr.status < 400;
  if (arrived && form.matches && form.matches("form[data-draft]")) drafts.forget(form);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// --- Unsaved changes survive a closed tab: kept in this browser only, until saved. ---
const drafts = {
  key: (form) => `draft:${window.location.pathname}:${form.dataset.draft}`,
  keep(form) {
    const typed = {};
    for (const field of form.elements) {
      if (field.name && !/^(hidden|file|password|submit)$/.test(field.type)) {
        typed[field.name] = field.type === "checkbox" ? field.checked : field.value;
      }
    }
    sessionSafe(() => localStorage.setItem(drafts.key(form), JSON.stringify(typed)));
  },
  forget(form) {
    if (form.dataset.draft) sessionSafe(() => localStorage.removeItem(drafts.key(form)));
  },
  restore(form) {
    const kept = sessionSafe(() => JSON.parse(localStorage.getItem(drafts.key(form))));
    if (!kept) return;
    for (const [name, value] of Object.entries(kept)) {
      const field = form.elements[name];
      if (!field || field.length !== undefined && field.tagName !== "SELECT") continue;
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
    say(words("restored"));
  },
};

function sessionSafe(act) {
  try {
    return act();
  } catch {
    return null; // storage may be off by policy; drafts are a comfort, not a promise
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  // A form that came back with faults already holds what was typed.
  if (!form.querySelector(".has-error, .alert-danger, .conflict")) drafts.restore(form);
  form.addEventListener("input", () => drafts.keep(form));
}

// --- Board: a card dropped on a later column asks the gate by pressing its own button. ---
document.addEventListener("dragstart", (event) => {
  const card = event.target.closest(".board-card[data-to]");
  if (card) event.dataTransfer.setData("text/plain", card.id);
});
document.addEventListener("dragover", (event) => {
  if (event.target.closest(".board-column")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const column = event.target.closest(".board-column");
  const card = column && document.getElementById(event.dataTransfer.getData("text/plain"));
  if (!card) return;
  event.preventDefault();
  const button = card.querySelector("button[data-official]");
  if (!button) return;
  if (button.dataset.official === column.dataset.official) button.click();
  else say(words("order"));
});
