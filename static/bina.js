// Enhancements only: every page works without this file.
"use strict";

// Leaving at once: the page goes blank first, then the session ends, and going back does not bring the page again.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-leave]")) return;
  event.preventDefault();
  document.body.hidden = true;
  // htmx keeps the address of the last page there.
  sessionStorage.clear();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (answer.ok || answer.type === "opaqueredirect") return location.replace(form.dataset.leave);
  } catch {
    // Without a connection the plain form below shows what the browser has to say.
  }
  form.submit();
});

// A private page never comes back from the browser's memory: on a shared phone the next person would see it.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[data-leave]")) {
    document.body.hidden = true;
    location.reload();
  }
});

// A message that asks nothing goes by itself, unless someone is reading it.
const toasts = document.getElementById("toasts");
const fade = (toast) => {
  if (toast.querySelector("a, button")) return;
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) return fade(toast);
    toast.classList.add("going");
    setTimeout(() => toast.remove(), 400);
  }, 8000);
};
const tell = (sentence) => {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = sentence;
  toasts.append(toast);
};
if (toasts) {
  [...toasts.children].forEach(fade);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) fade(node);
  }).observe(toasts, { childList: true });

  // An answer that is not swapped in would otherwise look like a dead button.
  document.addEventListener("htmx:sendError", () => tell("Tidak ada sambungan. Periksa internet, lalu coba lagi."));
  document.addEventListener("htmx:timeout", () => tell("Sambungan terlalu lambat. Coba lagi sebentar lagi."));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) return location.reload();
    tell("Belum berhasil. Muat ulang halaman, lalu coba lagi.");
  });
}

// The second tap of a double one would press what the answer has just put in the button's place: a step never asked for.
// A form with something to fill in is not sent by accident.
const TOO_SOON = 400, NEAR = 40;
const FILLED_IN = "input:not([type=hidden]), select, textarea";
let tapped = null;
let changed = -TOO_SOON;
document.addEventListener("htmx:afterSwap", () => { changed = performance.now(); });
document.addEventListener("click", (event) => {
  const before = tapped;
  tapped = event;
  // A key that presses a button has no detail; it presses only what has the focus, and that went with the button.
  if (!event.detail || !before || before.target.isConnected || event.timeStamp - changed > TOO_SOON) return;
  if (Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) > NEAR) return;
  const form = event.target.closest("button")?.form;
  if (form && !form.querySelector(FILLED_IN)) event.preventDefault();
}, true);

// Menus close like menus: by Escape, or by pressing somewhere else.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu.contains(except)) continue;
    const focused = menu.contains(document.activeElement);
    menu.open = false;
    if (focused) menu.querySelector("summary").focus();
  }
};
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });

// Printing needs script, so its button stays hidden without it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A message that is suggested follows the choice it belongs to, until somebody has written their own.
document.addEventListener("change", (event) => {
  const area = event.target.form?.querySelector(`[data-suggested-by="${event.target.name}"]`);
  if (!area) return;
  const words = JSON.parse(area.dataset.suggestions);
  const written = area.value.trim();
  if (event.target.value in words && (!written || Object.values(words).includes(written))) area.value = words[event.target.value];
});

// Searches of this tab, to go back to. They go with the tab and with leaving: phones are shared.
const recent = document.getElementById("recent");
if (recent) {
  const NAME = "searches", MOST = 5;
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(NAME)) ?? []; } catch { return []; }
  };
  const show = () => {
    const text = new URLSearchParams(location.search).get("q")?.trim();
    if (text && text.length <= 60) {
      try { sessionStorage.setItem(NAME, JSON.stringify([text, ...kept().filter((each) => each !== text)].slice(0, MOST))); } catch { /* A browser that keeps nothing. */ }
    }
    const texts = text ? [] : kept();
    recent.hidden = !texts.length;
    recent.querySelector("ul").replaceChildren(...texts.map(chip));
  };
  const chip = (each) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { className: "chip", textContent: each, href: `/?${new URLSearchParams({ q: each })}` }));
    return item;
  };
  show();
  document.addEventListener("htmx:pushedIntoHistory", show);
  // Those that begin as somebody types stand before what is suggested.
  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    const typed = document.getElementById("q").value.trim().toLowerCase();
    if (target.id !== "suggestions" || !typed) return;
    const list = target.querySelector("ul") ?? Object.assign(document.createElement("ul"), { className: "chips", ariaLabel: "Saran" });
    const said = [...list.querySelectorAll("a")].map((each) => each.firstChild.textContent.trim().toLowerCase());
    const begun = kept().filter((each) => each.toLowerCase().startsWith(typed) && ![typed, ...said].includes(each.toLowerCase()));
    list.prepend(...begun.map(chip));
    if (list.children.length) target.append(list);
  });
  recent.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(NAME);
    show();
  });
}

// The sheet of filters is shown by its address; sending the form from inside it has to leave that address.
document.addEventListener("submit", (event) => { if (event.submitter?.closest(".sheet:target")) location.hash = "results"; });
