// The board as tables: the day as a list, and everybody's week.
import { persianDigits } from "../digits.js";
import { hint, load, opener, shareOf, signs, text, timeRead, told, words } from "./parts.js";

/** Draw the list of a day, or the week of all; `acts` are open and look. */
export function drawSheet(board, acts) {
  const sheet = document.getElementById("board-sheet");
  sheet.replaceChildren(board.view === "week" ? weekOf(board, acts) : listOf(board, acts));
}

/** What is said instead of columns that are not there, and what to do first; a template of the page. */
export function drawNothing(name) {
  document.getElementById("board-sheet").replaceChildren(document.getElementById(name).content.cloneNode(true));
}

function table(heads, caption) {
  const drawn = text("table", "", "list");
  const row = document.createElement("tr");
  row.append(...heads.map((one) => Object.assign(typeof one === "string" ? text("th", one) : one, { scope: "col" })));
  const top = document.createElement("thead");
  top.append(row);
  drawn.append(text("caption", caption, "visually-hidden"), top, document.createElement("tbody"));
  return drawn;
}

function listOf(board, { open }) {
  const found = table([words.time, words.customer, words.mobile, words.service, words.person, words.place, words.status, words.note], board.title);
  found.classList.add("day-list");
  const body = found.tBodies[0];
  body.append(...board.bookings.map((one) => listed(one, open)));
  if (!board.bookings.length) {
    const none = text("td", words.none);
    none.colSpan = 8;
    body.append(Object.assign(document.createElement("tr"), { className: "none" }));
    body.lastElementChild.append(none);
  }
  return found;
}

function listed(one, open) {
  const row = text("tr", "", `s-${one.status}`);
  const button = opener(one, "link", open);
  button.append(one.customer, ...signs(one));
  button.ariaLabel = told(one);
  const who = document.createElement("td");
  who.append(button);
  const note = text("td", "");
  if (one.allergies) note.append(text("span", one.allergies, "allergy"), one.note ? " · " : "");
  note.append(one.note);
  const status = text("td", "");
  status.append(text("span", one.status_label, `chip s-${one.status}`));
  const times = text("td", `${timeRead(one.from)} – ${timeRead(one.to)}`, "times");
  row.append(times, who, text("td", one.mobile, "mobile"), text("td", one.service), text("td", one.staff), text("td", one.places), status, note);
  return row;
}

function weekOf(board, { open, look }) {
  const heads = board.columns.map((column) => {
    const head = document.createElement("th");
    const button = text("button", "", "link");
    button.type = "button";
    const what = text("small", `${column.title} · `);
    what.append(text("bdi", shareOf(column)));
    button.append(text("b", column.name), what);
    button.onclick = () => look({ view: "staff", day: column.id });
    head.append(button);
    return head;
  });
  const found = table([words.person, ...heads], board.title);
  found.classList.add("week");
  found.tBodies[0].append(...board.people.map((person) => weekRow(person, board, open, look)));
  return found;
}

function weekRow(person, board, open, look) {
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row" });
  const button = text("button", person.name, "link");
  button.type = "button";
  button.onclick = () => look({ of: person.id });
  head.append(button);
  row.append(head);
  board.columns.forEach((column, place) => {
    const hers = board.bookings.filter((one) => one.staff_id === person.id && one.columns.includes(column.id));
    row.append(cell(hers, person.loads[place], open));
  });
  return row;
}

function cell(bookings, share, open) {
  const found = text("td", "", share === null ? "off" : "");
  const top = text("span", "", "share");
  top.append(text("small", share === null ? words.off : `${persianDigits(share)}٪`));
  if (share !== null) top.append(load(share));
  found.append(top, ...bookings.map((one) => small(one, open)));
  return found;
}

function small(one, open) {
  const button = opener(one, `visit-chip s-${one.status}${one.overbooked ? " overbooked" : ""}`, open);
  button.append(text("b", timeRead(one.from)), ` ${one.customer}`, ...signs(one));
  Object.assign(button, { ariaLabel: told(one), title: hint(one) });
  return button;
}
