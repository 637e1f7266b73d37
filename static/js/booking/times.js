// Times at which the visit fits, as a list that arrows walk; the first four have a key each.
import { read } from "../ask.js";
import { persianDigits } from "../digits.js";
import { filled } from "../words.js";

const KEYS = ["F6", "F7", "F8", "F9"];
const text = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });

// Who does what when, in a line; of one service only who.
function partsOf({ parts, ends }, words) {
  const rooms = (part) => (part.rooms.length ? ` (${part.rooms.join("، ")})` : "");
  if (parts.length === 1) return parts[0].staff + rooms(parts[0]);
  return parts
    .map((part) => {
      const wait = part.wait ? ` (${filled(words.waits, { minutes: persianDigits(part.wait) })})` : "";
      return filled(words.part, part) + rooms(part) + wait;
    })
    .join("، ")
    .concat(`، ${filled(words.until, { time: ends })}`);
}

/** What tells a time from others: who begins when. */
export const partsKey = (parts) => parts.map((one) => `${one.staff_id}@${Date.parse(one.begins)}`).join();

/** Draw times into `box`; `choose` gets the chosen one. `keyed`: these have the keys. */
export function drawTimes(box, offers, words, { choose, keyed, days }) {
  box.replaceChildren();
  offers.forEach((offer, place) => {
    if (days && offer.day !== offers[place - 1]?.day) box.append(text("h3", offer.title));
    box.append(rowOf(offer, words, keyed ? KEYS[place] : "", choose));
  });
}

function rowOf(offer, words, key, choose) {
  const row = text("button", "", "offer");
  row.type = "button";
  row.dataset.parts = partsKey(offer.parts);
  row.ariaPressed = "false";
  row.append(text("b", offer.time), text("span", partsOf(offer, words), "who"));
  row.append(text("small", offer.reason, offer.good ? "good" : "gap"));
  if (key) {
    row.dataset.key = key;
    row.append(text("kbd", key));
  }
  row.addEventListener("click", () => row.ariaDisabled === "true" || choose(offer));
  return row;
}

/** Let arrows walk the times of `dialog` that are shown. */
export function walkTimes(dialog, time) {
  const shown = () => [...dialog.querySelectorAll(".offer")].filter((row) => row.getClientRects().length);
  const step = { ArrowDown: 1, ArrowUp: -1 };
  dialog.addEventListener("keydown", (event) => {
    if (!(event.key in step) || event.ctrlKey) return;
    const rows = shown();
    const here = rows.indexOf(event.target);
    if (here < 0 && event.target !== time) return;
    event.preventDefault();
    (rows[here + step[event.key]] ?? (here <= 0 ? time : event.target)).focus();
  });
}

/** Ask for the times of these values; a half-typed day or time offers nothing yet. */
export async function askTimes(values) {
  const question = new URLSearchParams(values);
  try {
    return (await read(`/desk/booking/times?${question}`)).times;
  } catch {
    return null;
  }
}
