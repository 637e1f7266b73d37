// Small parts from which the views of the board are built.
import { persianDigits, timeOfDay } from "../digits.js";
import { wordsOf } from "../words.js";

export const words = wordsOf("board-words");

const two = (number) => String(number).padStart(2, "0");

/** Minutes after midnight as «09:05». */
export const clock = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** The same as it is read: «۹:۰۵». */
export const timeRead = (minutes) => timeOfDay(clock(minutes % 1440));

/** A day so many days later, as 2026-11-21. */
export const shifted = (day, by) => new Date(Date.parse(`${day}T00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** An element with a text. */
export const text = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });

/** How much is booked: a share and a bar. */
export function load(share) {
  const bar = text("span", "", "load");
  bar.append(Object.assign(document.createElement("i"), { style: `width:${share}%` }));
  return bar;
}

/** The share in words; for whoever is not there that day, that. */
export const shareOf = (column) => (column.off ? words.off : `${persianDigits(column.load)}٪`);

/** Signs beside a name: allergies, a deposit, let in beside others. */
export function signs(one) {
  const found = [];
  if (one.allergies) found.push(" ", text("span", "⚠", "allergy"));
  if (one.deposit) found.push(" ", text("span", "◆", "deposit"));
  if (one.overbooked) found.push(" ", text("span", words.overbooked, "beside"));
  return found;
}

/** What a booking is called for those who hear the screen. */
export const told = (one) =>
  [one.customer, one.service, one.staff, timeOfDay(one.starts.slice(11)), one.status_label, one.overbooked && words.overbooked, one.deposit].filter(Boolean).join("، ");

/** What only a pointer asks for. */
export const hint = (one) =>
  [`${timeRead(one.from)} – ${timeRead(one.to)}`, one.customer, one.service, one.staff, one.places, one.allergies, one.deposit, one.note].filter(Boolean).join(" · ");

/** A button that opens a booking. */
export function opener(one, className, open) {
  const button = text("button", "", className);
  button.type = "button";
  Object.assign(button.dataset, { appointment: one.appointment_id, item: one.id });
  if (open) button.onclick = () => open(one.appointment_id, one.customer_id);
  return button;
}
