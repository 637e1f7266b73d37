// A box that finds services and products while typing; Enter adds the first one or the one the arrows chose.
import { latinDigits } from "../digits.js";
import { shown } from "./amounts.js";

const MOST = 8;

/** What a name is found by: one spelling, no spaces, marks or half-spaces. */
export const keyOf = (text) =>
  latinDigits(text)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\s\u200c\u200d\-_.،ـء]/gu, "")
    .replace(/[يى]/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[ةۀە]/g, "ه");

/** Things that hold every typed word, those that begin so first. */
export function found(things, text) {
  const words = text.split(/\s+/).map(keyOf).filter(Boolean);
  const whole = keyOf(text);
  return things
    .filter((thing) => words.every((word) => thing.key.includes(word)))
    .sort((one, other) => Number(other.key.startsWith(whole)) - Number(one.key.startsWith(whole)))
    .slice(0, MOST);
}

/** Let `box` add things; `add` gets the chosen one. */
export function readyAdder(box, things, words, add) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const known = things.map((thing) => ({ ...thing, key: keyOf(thing.name) }));
  let hits = [];
  let chosen = -1;

  const mark = (index) => {
    chosen = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    input.setAttribute("aria-activedescendant", list.children[index]?.id ?? "");
  };
  const show = (open) => {
    list.hidden = !open;
    input.ariaExpanded = String(open);
  };
  const draw = () => {
    hits = input.value.trim() ? found(known, input.value) : [];
    const lines = hits.map((thing, place) => lineOf(thing, `${list.id}-${place}`, words));
    if (!hits.length) lines.push(Object.assign(document.createElement("li"), { className: "none", textContent: words.none }));
    list.replaceChildren(...lines);
    show(Boolean(input.value.trim()));
    mark(hits.length ? 0 : -1);
  };
  const take = (thing) => {
    input.value = "";
    show(false);
    add(thing);
  };

  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    if (event.code === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      event.preventDefault();
      if (hits.length) mark((chosen + (event.code === "ArrowDown" ? 1 : -1) + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && hits[chosen]) take(hits[chosen]);
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const thing = hits[[...list.children].indexOf(event.target.closest("li"))];
    if (thing) take(thing);
  });
  input.addEventListener("blur", () => show(false));
  return input;
}

function kindOf(thing, words) {
  if (thing.series_line_id) return thing.left;
  if (thing.redo_line_id) return thing.again;
  if (thing.parts) return words.package;
  return thing.product_id ? words.product : words.service;
}

function lineOf(thing, id, words) {
  const item = document.createElement("li");
  item.role = "option";
  item.id = id;
  const price = thing.price_to ? `${shown(thing.price)} ${words.to} ${shown(thing.price_to)}` : shown(thing.price);
  item.append(
    Object.assign(document.createElement("b"), { textContent: thing.name }),
    Object.assign(document.createElement("span"), { className: "muted", textContent: kindOf(thing, words) }),
    Object.assign(document.createElement("small"), { className: "num", textContent: price }),
  );
  return item;
}
