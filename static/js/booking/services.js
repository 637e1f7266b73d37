// The services of a visit: found by typing, one row each with who does it; rows are walked, moved and dropped by keys.
import { persianDigits } from "../digits.js";
import { filled } from "../words.js";
import { ableFor, meant, withKeys } from "./finder.js";

const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });

/** Start the rows; `changed` is told when a service or a person changed, `done` when Enter finds nothing more typed. */
export function readyServices(dialog, offered, words, { changed, done }) {
  const rows = dialog.querySelector("[data-booking-items]");
  const several = dialog.querySelector("[data-booking-several]");
  const adder = dialog.querySelector("[data-booking-adder]");
  const input = adder.querySelector("input");
  const list = adder.querySelector("[role=listbox]");
  const services = withKeys(offered.services);
  const people = withKeys(offered.people);
  let hits = [];
  let marked = -1;
  let firstBy = "";

  function rowOf(service, staffId) {
    const row = document.getElementById("booking-item").content.cloneNode(true).firstElementChild;
    row.querySelector("[name=service_id]").value = service.id;
    row.querySelector(".what").append(
      Object.assign(document.createElement("b"), { textContent: service.name }),
      Object.assign(document.createElement("small"), { textContent: filled(words.minutes, { minutes: persianDigits(service.minutes) }) }),
    );
    const staff = row.querySelector("select");
    staff.ariaLabel = filled(words.by, { service: service.name });
    row.querySelector("[data-drop]").ariaLabel = filled(words.drop, { service: service.name });
    fillPeople(staff, service, staffId);
    return row;
  }

  // Those who do the service come first; anybody else may still be named.
  function fillPeople(select, service, staffId) {
    const able = ableFor(service, people);
    const others = people.filter((one) => !able.includes(one));
    select.append(option("", words.anybody), ...able.map((one) => option(one.id, one.name)));
    if (others.length) {
      const group = Object.assign(document.createElement("optgroup"), { label: words.others });
      group.append(...others.map((one) => option(one.id, one.name)));
      select.append(group);
    }
    select.value = staffId ?? "";
  }

  function add(service, staffId) {
    rows.append(rowOf(service, staffId));
    several.hidden = rows.children.length < 2;
  }

  function drop(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    several.hidden = rows.children.length < 2;
    (next?.querySelector("select") ?? input).focus();
    changed();
  }

  function shift(row, later) {
    const other = later ? row.nextElementSibling : row.previousElementSibling;
    if (!other) return;
    if (later) other.after(row);
    else other.before(row);
    row.querySelector("select").focus();
    changed();
  }

  const mark = (index) => {
    marked = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    list.children[index]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[index]?.id ?? "");
  };
  const show = (open) => {
    list.hidden = !open;
    input.ariaExpanded = String(open);
  };

  function draw() {
    hits = meant(services, people, input.value);
    list.replaceChildren(...hits.map(lineOf));
    if (!hits.length) list.append(Object.assign(document.createElement("li"), { className: "none", textContent: words.none }));
    show(true);
    mark(hits.length ? 0 : -1);
  }

  function lineOf({ service, person }, place) {
    const item = Object.assign(document.createElement("li"), { role: "option", id: `${list.id}-${place}` });
    const name = person ? filled(words.with, { service: service.name, staff: person.name }) : service.name;
    item.append(
      Object.assign(document.createElement("b"), { textContent: name }),
      Object.assign(document.createElement("span"), { className: "muted", textContent: service.category }),
      Object.assign(document.createElement("small"), { textContent: filled(words.minutes, { minutes: persianDigits(service.minutes) }) }),
    );
    return item;
  }

  function take({ service, person }) {
    input.value = "";
    show(false);
    add(service, person?.id ?? (rows.children.length ? "" : firstBy));
    changed();
  }

  function enter() {
    if (!list.hidden && hits[marked]) return take(hits[marked]);
    if (input.value.trim()) return draw();
    return rows.children.length ? done() : draw();
  }

  const KEYS = {
    Enter: enter,
    ArrowDown: () => (list.hidden ? draw() : mark((marked + 1) % hits.length)),
    ArrowUp: () => (list.hidden ? rows.lastElementChild?.querySelector("select").focus() : mark((marked - 1 + hits.length) % hits.length)),
  };
  input.addEventListener("input", () => (input.value.trim() ? draw() : show(false)));
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    } else if (event.key in KEYS) {
      event.preventDefault();
      KEYS[event.key]();
    } else if (event.key === "Backspace" && !input.value && rows.lastElementChild) {
      event.preventDefault();
      drop(rows.lastElementChild);
      input.focus();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const hit = hits[[...list.children].indexOf(event.target.closest("li"))];
    if (hit) take(hit);
  });
  rows.addEventListener("change", () => changed());
  rows.addEventListener("click", (event) => event.target.closest("[data-drop]") && drop(event.target.closest("li")));
  rows.addEventListener("keydown", (event) => {
    const row = event.target.closest("li");
    if (event.code === "Delete") {
      event.preventDefault();
      drop(row);
    } else if (event.ctrlKey && (event.code === "ArrowUp" || event.code === "ArrowDown")) {
      event.preventDefault();
      shift(row, event.code === "ArrowDown");
    } else if (event.key === "Enter" && event.target.matches("select")) {
      event.preventDefault();
      input.focus();
    }
  });
  several.addEventListener("change", () => changed());

  return {
    focus: () => input.focus(),
    /** Name those who do the parts where somebody else was named; gives whether any changed. */
    give(parts) {
      const others = [...rows.querySelectorAll("select")].map((select, place) => [select, String(parts[place]?.staff_id ?? "")]).filter(([select, staff]) => select.value && select.value !== staff);
      others.forEach(([select, staff]) => (select.value = staff));
      return others.length > 0;
    },
    any: () => rows.children.length > 0,
    /** Begin anew; `staffId`: who does the first service unless another is named. */
    reset(staffId = "", items = []) {
      rows.replaceChildren();
      input.value = "";
      show(false);
      firstBy = staffId;
      for (const item of items) {
        const service = services.find((one) => one.id === item.service_id);
        if (service) add(service, item.staff_id);
      }
      several.hidden = rows.children.length < 2;
    },
  };
}
