// Lists whose rows have keys of their own: arrows choose a row, and its buttons answer to F8, F9, F10.
import { isTyping } from "./keys.js";

const list = () => document.querySelector("[data-row-keys]");

function choose(row) {
  for (const other of list().children) {
    const here = other === row;
    if (here) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
    other.querySelectorAll("[data-row-key]").forEach((button) => {
      if (here) button.dataset.key = button.dataset.rowKey;
      else delete button.dataset.key;
    });
  }
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step || event.defaultPrevented || isTyping(event.target) || !list()) return;
  event.preventDefault();
  const rows = [...list().children];
  const place = rows.findIndex((row) => row.hasAttribute("aria-current")) + step;
  const row = rows[Math.max(0, Math.min(place, rows.length - 1))];
  choose(row);
  row.focus({ preventScroll: true });
});
document.addEventListener("focusin", (event) => {
  const row = list() && [...list().children].find((each) => each.contains(event.target));
  if (row) choose(row);
});
