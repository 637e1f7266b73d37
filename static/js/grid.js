// A table of fields that is filled by keyboard: Enter and arrows go up and down a column, a box finds rows by name.
import { keyOf } from "./checkout/adder.js";
import { latinDigits, persianDigits } from "./digits.js";

const form = document.querySelector("[data-grid]");
const rows = [...form.querySelectorAll("tr[data-found]")];
const fieldsOf = (row) => [...row.querySelectorAll("input:not([type=hidden])")];
const STEPS = { Enter: 1, NumpadEnter: 1, ArrowDown: 1, ArrowUp: -1 };

function move(field, step) {
  const seen = rows.filter((row) => !row.hidden);
  const row = field.closest("tr");
  const next = seen[seen.indexOf(row) + step];
  const to = next && fieldsOf(next)[fieldsOf(row).indexOf(field)];
  to?.focus();
  to?.select();
}

form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!(event.code in STEPS) || !field.matches("tr[data-found] input")) return;
  event.preventDefault();
  move(field, STEPS[event.code]);
});

// Only rows that hold every word; the heading of a part without rows goes, too.
const filter = form.querySelector("[data-filter]");
filter?.addEventListener("input", () => {
  const words = filter.value.split(/\s+/).map(keyOf).filter(Boolean);
  rows.forEach((row) => (row.hidden = !words.every((word) => keyOf(row.dataset.found).includes(word))));
  form.querySelectorAll("tr.section").forEach((head) => {
    let row = head.nextElementSibling;
    while (row?.hidden && row.dataset.found !== undefined) row = row.nextElementSibling;
    head.hidden = row?.dataset.found === undefined;
  });
});
filter?.addEventListener("keydown", (event) => {
  if (!(event.code in STEPS)) return;
  event.preventDefault();
  const first = rows.find((row) => !row.hidden);
  if (first) fieldsOf(first)[0].focus();
});

// What a count finds beside what the books say.
function tellDifference(field) {
  const place = field.closest("tr").querySelector("[data-difference]");
  if (!place) return;
  const typed = latinDigits(field.value).trim();
  const difference = Number(typed) - Number(field.dataset.stock);
  place.textContent = /^\d+$/.test(typed) ? `\u200e${difference > 0 ? "+" : difference < 0 ? "−" : ""}${persianDigits(String(Math.abs(difference)))}` : "";
  place.classList.toggle("bad", difference < 0);
}
form.addEventListener("input", (event) => event.target.dataset.stock !== undefined && tellDifference(event.target));
form.querySelectorAll("[data-stock]").forEach(tellDifference);

const wrong = form.querySelector("[aria-invalid]") ?? rows[0]?.querySelector("input");
wrong?.focus();
wrong?.select();
