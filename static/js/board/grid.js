// The board as columns, right to left: people, lines, rooms, or the days of a week; bookings are dragged and stretched.
import { clock, hint, load, shareOf, shifted, signs, text, timeRead, told, words } from "./parts.js";

const HALF_HOUR = 30;
const DAY = 24 * 60;
const TWO_LINES = 34; // pixels
let calendar = null;
let acts = null;
let shown = null;
let drawn = {};
let minuteHeight = 1;

const minutesIn = (date, day) => Math.round((Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()) - Date.parse(`${day}T00:00Z`)) / 60_000);

/** Draw or redraw; only what changed is drawn anew. */
export function drawGrid(board, given) {
  acts = given;
  shown = board;
  const box = document.getElementById("board");
  const options = changing(board, box);
  const names = Object.keys(options).filter((name) => JSON.stringify(options[name]) !== drawn[name]);
  if (calendar) names.forEach((name) => calendar.setOption(name, options[name]));
  else calendar = EventCalendar.create(box, { ...lasting(box), ...options });
  drawn = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, JSON.stringify(value)]));
  requestAnimationFrame(() => tell(box, board));
}

// To those who hear the screen it is a list of buttons, each of which says whose visit it is; the calendar calls
// itself a table, which it is not.
function tell(box, board) {
  const tables = "[role=table], [role=row], [role=rowgroup], [role=columnheader], [role=cell]";
  box.querySelectorAll(tables).forEach((part) => ["role", "aria-colindex"].forEach((name) => part.removeAttribute(name)));
  for (const one of board.bookings) {
    box.querySelectorAll(`[data-item="${one.id}"]`).forEach((button) => Object.assign(button, { ariaLabel: told(one), title: hint(one) }));
  }
}

// Days of a week are columns of one day: `at` says what a place on the board means.
function at(date, column) {
  const minutes = minutesIn(date, shown.day);
  const day = shown.view === "week" ? column : shown.day;
  return { day: shifted(day, Math.floor(minutes / DAY)), time: clock(((minutes % DAY) + DAY) % DAY) };
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
    slotLabelFormat: (date) => timeRead(date.getHours() * 60 + date.getMinutes()),
    slotEventOverlap: false,
    eventDurationEditable: mayWrite,
    eventStartEditable: mayWrite,
    longPressDelay: 400,
    resourceLabelContent: ({ resource }) => ({ domNodes: [head(resource.extendedProps)] }),
    eventContent: ({ event }) => (event.extendedProps.customer ? { domNodes: lines(event.extendedProps) } : event.extendedProps.label ?? ""),
    eventDidMount: ({ el, event }) => {
      ["role", "tabindex"].forEach((name) => el.removeAttribute(name));
      if (event.extendedProps.customer) el.append(cover(event.extendedProps));
    },
    eventClick: ({ event }) => {
      if (event.extendedProps.customer) acts.open(event.extendedProps.appointment_id, event.extendedProps.customer_id);
    },
    dateClick: ({ date, resource }) => {
      const { day, time } = at(date, resource?.id);
      if (mayWrite) acts.book(day, time, { staff: resource?.id, week: shown.of }[shown.view] ?? "");
    },
    eventDrop: ({ event, newResource, revert }) => acts.move(event.extendedProps, { ...at(event.start, event.resourceIds[0]), column: newResource?.id ?? null }, revert),
    eventResize: ({ event, revert }) => acts.stretch(event.extendedProps, at(event.end, event.resourceIds[0]), revert),
  };
}

function changing(board, box) {
  const opens = Math.floor(Math.min(board.opens, ...board.bookings.map((one) => one.from)) / HALF_HOUR) * HALF_HOUR;
  const closes = Math.ceil(Math.max(board.closes, ...board.bookings.map((one) => one.to)) / HALF_HOUR) * HALF_HOUR;
  const room = box.clientHeight - 64;
  const slotHeight = Math.max(20, Math.floor(room / ((closes - opens) / HALF_HOUR)));
  // The calendar draws its now-line by the computer's zone; the stylesheet lays it where the salon's clock is.
  box.style.setProperty("--opens", opens);
  minuteHeight = slotHeight / HALF_HOUR;
  box.style.setProperty("--minute-height", `${minuteHeight}px`);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(new Date());
  const ofToday = board.columns.findIndex((column) => column.id === today);
  box.style.setProperty("--today", ofToday < 0 ? "" : ofToday + 2);
  return {
    date: board.day,
    nowIndicator: board.view !== "week" || ofToday >= 0,
    slotMinTime: `${clock(opens)}:00`,
    slotMaxTime: `${clock(closes)}:00`,
    slotHeight,
    resources: board.columns.map((one) => ({ id: one.id, title: one.name, extendedProps: one })),
    events: [...board.columns.flatMap((one) => breaks(one, board, opens, closes)), ...board.holds.map((one) => held(one, board)), ...board.bookings.map((one) => visit(one, board))],
  };
}

const moment = (board, minutes) => (minutes >= DAY ? `${board.day}T23:59:59` : `${board.day}T${clock(minutes)}:00`);

// The hours in which somebody does not work are hatched.
function breaks(one, board, opens, closes) {
  const away = [];
  let from = opens;
  for (const [starts, ends] of one.hours) {
    if (starts > from) away.push([from, starts]);
    from = Math.max(from, ends);
  }
  if (from < closes) away.push([from, closes]);
  return away.map(([starts, ends]) => ({
    id: `away-${one.id}-${starts}`,
    resourceIds: [one.id],
    start: moment(board, starts),
    end: moment(board, ends),
    display: "background",
  }));
}

// What is kept while somebody is being booked.
const held = (one, board) => ({
  id: `hold-${one.id}-${one.columns[0]}-${one.from}`,
  resourceIds: one.columns,
  start: moment(board, one.from),
  end: moment(board, one.to),
  editable: false,
  startEditable: false,
  durationEditable: false,
  classNames: ["held"],
  extendedProps: { label: words.held },
});

const visit = (one, board) => ({
  id: `${one.id}-${one.columns[0]}`,
  resourceIds: one.columns,
  start: moment(board, one.from),
  end: moment(board, one.to),
  title: one.customer,
  startEditable: one.may_move,
  durationEditable: one.may_stretch,
  classNames: [`s-${one.status}`, one.to - one.from <= 20 && "brief", one.overbooked && "overbooked"].filter(Boolean),
  extendedProps: one,
});

function head(column) {
  const box = text("span", "", "person");
  const what = text("small", "");
  what.append(text("span", column.title), text("span", `${column.title && " · "}${shareOf(column)}`, "share"));
  box.append(text("b", column.name), what, load(column.load));
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

// While a colour develops nobody is with her: those minutes are drawn lighter; what is hatched is nobody's hair.
function marks(one) {
  const share = (minutes) => `${(100 * minutes) / (one.to - one.from)}%`;
  return one.phases.map(([kind, from, to]) => Object.assign(text("i", "", `phase ${kind}`), { style: `top:${share(from - one.from)};height:${share(to - from)}` }));
}

function lines(one) {
  const name = text("span", "", "line");
  name.append(text("b", one.customer), ...signs(one));
  const whose = shown.view === "staff" ? "" : one.staff;
  const going = one.status === "arrived" || one.status === "in_service" ? one.status_label : "";
  const what = text("small", [one.service, shown.view === "week" ? "" : whose, going].filter(Boolean).join(" · "));
  if ((one.to - one.from) * minuteHeight < TWO_LINES) {
    name.append(" ", what);
    return [...marks(one), name];
  }
  const second = text("span", "", "line");
  second.append(what);
  return [...marks(one), name, second];
}
