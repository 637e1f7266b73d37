// A day field in the Jalali calendar: type ۱۴۰۵/۰۸/۳۰, or choose from a month with the arrow keys.
import { latinDigits, persianDigits } from "./digits.js";
import { words } from "./words.js";

const DAY = 86_400_000;
const parts = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });

/** [year, month, day] of a UTC midnight. */
export function jalaliOf(date) {
  const found = Object.fromEntries(parts.formatToParts(date).map((part) => [part.type, parseInt(part.value, 10)]));
  return [found.year, found.month, found.day];
}

/** The UTC midnight of a Jalali day, or null when there is no such day. */
export function dayOf(year, month, day) {
  const passed = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const near = Date.UTC(year + 621, 2, 19) + (passed + day - 1) * DAY;
  for (let shift = 0; shift < 5; shift += 1) {
    const date = new Date(near + shift * DAY);
    if (jalaliOf(date).join() === [year, month, day].join()) return date;
  }
  return null;
}

/** A UTC midnight as «۱۴۰۵/۰۸/۳۰». */
export const written = (date) => {
  const [year, month, day] = jalaliOf(date);
  return persianDigits(`${year}/${String(month).padStart(2, "0")}/${String(day).padStart(2, "0")}`);
};

const today = () => {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(new Date()).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day));
};

/** The UTC midnight of the day that stands in a field, or null. */
export function typedDay(field) {
  const numbers = latinDigits(field.value).match(/\d+/g)?.map(Number);
  return numbers?.length === 3 ? dayOf(...numbers) : null;
}

const column = (date) => (date.getUTCDay() + 1) % 7; // Saturday first

let picker = null;
let opened = null; // the field whose month is shown

function close() {
  picker?.remove();
  picker = null;
}

function monthRows(year, month, chosen) {
  const first = dayOf(year, month, 1);
  const cells = Array(column(first)).fill("<td></td>");
  for (let date = first; jalaliOf(date)[1] === month; date = new Date(+date + DAY)) {
    const marks = `${+date === +today() ? "today " : ""}${chosen && +date === +chosen ? "chosen" : ""}`;
    const friday = column(date) === 6 ? ' class="friday"' : "";
    cells.push(`<td${friday}><button type="button" class="${marks}" data-day="${+date}">${persianDigits(jalaliOf(date)[2])}</button></td>`);
  }
  const rows = [];
  while (cells.length) rows.push(`<tr>${cells.splice(0, 7).join("")}</tr>`);
  return rows.join("");
}

function draw(field, shown) {
  const [year, month] = jalaliOf(shown);
  picker.innerHTML =
    `<div class="picker-head"><button type="button" class="icon-btn" data-turn="-1" aria-label="${words.month_before}"><span class="turn">❯</span></button>` +
    `<span>${words.months[month - 1]} ${persianDigits(year)}</span>` +
    `<button type="button" class="icon-btn" data-turn="1" aria-label="${words.month_after}"><span class="turn">❮</span></button></div>` +
    `<table><tr>${[...words.weekdays].map((day) => `<th>${day}</th>`).join("")}</tr>${monthRows(year, month, typedDay(field) ?? shown)}</table>`;
}

function open(field) {
  close();
  opened = field;
  picker = Object.assign(document.createElement("div"), { className: "picker", role: "group", ariaLabel: words.month });
  let shown = typedDay(field) ?? today();
  const turn = (by) => {
    const [year, month] = jalaliOf(shown);
    const next = year * 12 + month - 1 + by;
    shown = dayOf(Math.floor(next / 12), (next % 12) + 1, 1);
    draw(field, shown);
  };
  picker.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps its focus
    const button = event.target.closest("button");
    if (button?.dataset.turn) turn(+button.dataset.turn);
    else if (button) choose(field, new Date(+button.dataset.day));
  });
  draw(field, shown);
  (field.closest("dialog, main") ?? document.body).append(picker);
  place(field);
}

function place(field) {
  const box = field.getBoundingClientRect();
  const dialog = field.closest("dialog")?.getBoundingClientRect();
  Object.assign(picker.style, {
    position: "fixed",
    top: `${Math.min(box.bottom + 4, innerHeight - 300)}px`,
    left: `${Math.max(8, Math.min(box.right - 266, innerWidth - 274))}px`,
  });
  if (dialog) picker.style.maxHeight = "290px";
}

function choose(field, date) {
  field.value = written(date);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  close();
}

// Up and down go by days, with Ctrl by weeks.
const STEPS = { ArrowUp: -1, ArrowDown: 1 };

function step(event) {
  const field = event.target;
  if (!field.matches?.("[data-jalali]")) return;
  if (event.key === "Escape" && picker) {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key in STEPS) {
    event.preventDefault();
    choose(field, new Date(+(typedDay(field) ?? today()) + STEPS[event.key] * (event.ctrlKey ? 7 : 1) * DAY));
    open(field);
  } else if (event.key === "Enter") close();
}

/** Start listening; fields that come later are served too. */
export function readyDays() {
  document.addEventListener("click", (event) => {
    if (event.target.matches?.("[data-jalali]")) open(event.target);
  });
  addEventListener("resize", () => picker && place(opened));
  document.addEventListener("keydown", step, { capture: true });
  document.addEventListener("focusout", (event) => {
    if (!event.target.matches?.("[data-jalali]")) return;
    if (typedDay(event.target)) event.target.value = written(typedDay(event.target));
    close();
  });
}
