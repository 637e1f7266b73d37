// Short sentences that come and go at the edge of the screen, above dialogs too.
import { words } from "./words.js";

/** Show a sentence; tone is ok, warn or bad. A refusal stays longer. */
export function toast(text, tone = "ok") {
  [...document.getElementById("toasts").children].filter((other) => other.firstElementChild?.textContent === text).forEach((other) => other.remove());
  const line = document.createElement("div");
  line.className = `toast-line ${tone}`;
  line.role = tone === "bad" ? "alert" : "status";
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.close = "";
  close.ariaLabel = words.close;
  close.textContent = "✕";
  line.append(Object.assign(document.createElement("span"), { textContent: text }), close);
  document.getElementById("toasts").append(line);
  lift();
  leave(line);
}

function lift() {
  const box = document.getElementById("toasts");
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover();
}

function leave(line) {
  setTimeout(() => drop(line), line.classList.contains("bad") ? 10_000 : 5_000);
}

function drop(line) {
  line.remove();
  const box = document.getElementById("toasts");
  if (!box.children.length && box.matches(":popover-open")) box.hidePopover();
}

/** Show what the server sent along, and close what is clicked away. */
export function listenToToasts() {
  const box = document.getElementById("toasts");
  if (!box) return;
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) drop(event.target.closest(".toast-line"));
  });
  if (box.children.length) lift();
  [...box.children].forEach(leave);
  document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));
  document.addEventListener("htmx:sendError", () => toast(words.cut, "bad"));
}
