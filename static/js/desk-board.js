// The board of a day: a column for each person, right to left; on phones a list by person.
import { persianDigits, timeOfDay } from "./digits.js";
import { wordsOf } from "./words.js";

const WIDE = matchMedia("(min-width: 761px)");
const HALF_HOUR = 30;
const words = wordsOf("desk-words");
let calendar = null;
let acts = null;
let shown = null;

const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;
const two = (number) => String(number).padStart(2, "0");
const timeIn = (moment) => moment.slice(11, 16);
const wallTime = (date) => `${two(date.getHours())}:${two(date.getMinutes())}`;
const wallDay = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** Draw or redraw; `acts` are open(appointment, customer), book(day, time, staff) and move(item, day, time, staff, back). */
export function drawBoard(board, given) {
  acts = given;
  shown = board;
  const box = document.getElementById("board");
  const options = changing(board, box);
  if (calendar) Object.entries(options).forEach(([name, value]) => calendar.setOption(name, value));
  else calendar = EventCalendar.create(box, { ...lasting(box), ...options });
  requestAnimationFrame(() => tell(box, board));
}

// To those who hear the screen it is a list of buttons, each of which says whose visit it is; the calendar calls
// itself a table, which it is not.
function tell(box, board) {
  const tables = "[role=table], [role=row], [role=rowgroup], [role=columnheader], [role=cell]";
  box.querySelectorAll(tables).forEach((part) => ["role", "aria-colindex"].forEach((name) => part.removeAttribute(name)));
  for (const one of board.bookings) {
    const button = box.querySelector(`[data-item="${one.id}"]`);
    if (!button) continue;
    const person = board.people.find((other) => other.id === one.staff_id)?.name;
    button.ariaLabel = [one.customer, one.service, person, timeOfDay(timeIn(one.starts)), one.status_label, one.deposit].filter(Boolean).join("، ");
    button.title = [one.allergies, one.deposit].filter(Boolean).join(" · ");
  }
}

function lasting(box) {
  const mayWrite = Boolean(box.dataset.mayWrite);
  return {
    view: "resourceTimeGridDay",
    locale: "fa-IR",
    timeZone: "Asia/Tehran",
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    nowIndicator: true,
    slotDuration: "00:30:00",
    snapDuration: "00:15:00",
    slotLabelFormat: (date) => timeOfDay(wallTime(date)),
    slotEventOverlap: false,
    eventDurationEditable: false,
    eventStartEditable: mayWrite,
    longPressDelay: 400,
    resourceLabelContent: ({ resource }) => ({ domNodes: [person(resource.extendedProps)] }),
    eventContent: ({ event }) => (event.extendedProps.customer ? { domNodes: lines(event.extendedProps, event) } : ""),
    eventDidMount: ({ el, event }) => {
      ["role", "tabindex"].forEach((name) => el.removeAttribute(name));
      if (event.extendedProps.customer) el.append(cover(event.extendedProps));
    },
    eventClick: ({ event }) => {
      if (event.extendedProps.customer) acts.open(event.extendedProps.appointment_id, event.extendedProps.customer_id);
    },
    dateClick: ({ date, resource }) => {
      if (mayWrite) acts.book(wallDay(date), wallTime(date), resource?.id);
    },
    eventDrop: ({ event, revert }) => {
      acts.move(event.extendedProps, wallDay(event.start), wallTime(event.start), event.resourceIds[0], revert);
    },
  };
}

function changing(board, box) {
  const opens = Math.floor(earliest(board) / HALF_HOUR) * HALF_HOUR;
  const closes = Math.ceil(latest(board) / HALF_HOUR) * HALF_HOUR;
  const room = box.clientHeight - 64;
  const slotHeight = Math.max(24, Math.floor(room / ((closes - opens) / HALF_HOUR)));
  // The calendar draws its now-line by the computer's zone; the stylesheet lays it where the salon's clock is.
  box.style.setProperty("--opens", opens);
  box.style.setProperty("--minute-height", `${slotHeight / HALF_HOUR}px`);
  return {
    date: board.day,
    slotMinTime: clock(opens),
    slotMaxTime: clock(closes),
    slotHeight,
    resources: board.people.map((one) => ({ id: String(one.id), title: one.name, extendedProps: one })),
    events: [...board.people.flatMap((one) => breaks(one, board, opens, closes)), ...board.bookings.map(visit)],
  };
}

const minutesOf = (moment) => +moment.slice(11, 13) * 60 + +moment.slice(14, 16);
const earliest = (board) => Math.min(board.opens, ...board.bookings.map((one) => minutesOf(one.starts)));
const latest = (board) =>
  Math.max(board.closes, ...board.bookings.map((one) => (one.ends.slice(0, 10) > board.day ? 24 * 60 : minutesOf(one.ends))));

// The hours in which somebody does not work are hatched.
function breaks(one, board, opens, closes) {
  const away = [];
  let from = opens;
  for (const [starts, ends] of [...one.hours].sort((a, b) => a[0] - b[0])) {
    if (starts > from) away.push([from, starts]);
    from = Math.max(from, ends);
  }
  if (from < closes) away.push([from, closes]);
  return away.map(([starts, ends]) => ({
    id: `away-${one.id}-${starts}`,
    resourceIds: [String(one.id)],
    start: `${board.day}T${clock(starts)}`,
    end: ends >= 24 * 60 ? `${board.day}T23:59:59` : `${board.day}T${clock(ends)}`,
    display: "background",
  }));
}

const visit = (one) => ({
  id: String(one.id),
  resourceIds: [String(one.staff_id)],
  start: `${one.starts}:00`,
  end: `${one.ends}:00`,
  title: one.customer,
  startEditable: one.may_move,
  classNames: [`s-${one.status}`, ...(minutesOf(one.ends) - minutesOf(one.starts) <= 20 ? ["brief"] : [])],
  extendedProps: one,
});

const text = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });

function person(one) {
  const box = text("span", "", "person");
  const load = text("span", "", "load");
  load.append(Object.assign(document.createElement("i"), { style: `width:${one.load}%` }));
  const what = text("small", "");
  what.append(text("span", one.title), text("span", `${one.title && " · "}${persianDigits(one.load)}٪`, "share"));
  box.append(text("b", one.name), what, load);
  return box;
}

// A button over the whole booking takes the focus; its click is the booking's, which would count its Enter once more.
function cover(one) {
  const button = text("button", "", "cover");
  button.type = "button";
  Object.assign(button.dataset, { appointment: one.appointment_id, item: one.id });
  button.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" || pressed.key === " ") pressed.stopPropagation();
  });
  return button;
}

function lines(one, event) {
  const short = event.end - event.start < 40 * 60_000;
  const name = text("span", "", "line");
  name.append(text("b", one.customer));
  if (one.allergies) name.append(" ", text("span", "⚠", "allergy"));
  if (one.deposit) name.append(" ", text("span", "◆", "deposit"));
  const what = text("small", one.status === "arrived" || one.status === "in_service" ? `${one.service} · ${one.status_label}` : one.service);
  if (short) {
    name.append(" ", what);
    return [name];
  }
  const second = text("span", "", "line");
  second.append(what);
  return [name, second];
}

/** On phones: who comes when, by person. */
export function drawList(board, open) {
  const list = document.getElementById("staff-list");
  list.replaceChildren(
    ...board.people.flatMap((one) => {
      const head = text("h2", one.name);
      head.append(text("small", `${persianDigits(one.load)}٪`));
      const rows = board.bookings.filter((booked) => booked.staff_id === one.id).map((booked) => row(booked, open));
      return [head, ...(rows.length ? rows : [text("p", words.no_bookings, "none")])];
    }),
  );
}

function row(one, open) {
  const button = text("button", "", `visit-row s-${one.status}`);
  button.type = "button";
  button.dataset.appointment = one.appointment_id;
  button.append(text("b", timeOfDay(timeIn(one.starts))), text("span", one.customer), text("small", `${one.service} · ${one.status_label}`));
  button.onclick = () => open(one.appointment_id, one.customer_id);
  return button;
}

const middle = (element) => {
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
};
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Focus a booking, or the nearest one in an arrow's direction. */
export function focusVisit(appointmentId, arrow = null) {
  const all = [...document.querySelectorAll(WIDE.matches ? "#board [data-appointment]" : "#staff-list [data-appointment]")];
  const current = all.find((element) => element === document.activeElement);
  const chosen = arrow === null ? all.find((element) => +element.dataset.appointment === appointmentId) : current ? nearest(all, current, WAYS[arrow]) : first(all);
  chosen?.focus();
  chosen?.scrollIntoView({ block: "nearest" });
}

function first(all) {
  const now = document.querySelector(".ec-now-indicator")?.getBoundingClientRect().top ?? 0;
  const byTop = [...all].sort((a, b) => middle(a)[1] - middle(b)[1]);
  return byTop.find((element) => element.getBoundingClientRect().bottom > now) ?? byTop[0];
}

function nearest(all, current, [right, down]) {
  const [x, y] = middle(current);
  const away = (element) => {
    const [toX, toY] = middle(element);
    const along = (toX - x) * right + (toY - y) * down;
    const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * right);
    return along > 4 ? along + 2 * aside : Infinity;
  };
  const best = all.reduce((found, element) => (away(element) < away(found) ? element : found), current === all[0] ? all[1] ?? current : all[0]);
  return away(best) < Infinity ? best : current;
}

WIDE.addEventListener("change", () => shown && drawBoard(shown, acts));
