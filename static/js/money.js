// Amount fields show Persian digits and thousands while typing; any digits and separators may be typed.
import { latinDigits, persianDigits } from "./digits.js";

// A dot groups thousands and is no decimal: as long as it does not, what was typed stays as it is, and is no amount.
const GROUPED = /^[−-]?\d{1,3}(?:[٬,،.]\d{3})+(?:٫\d?)?$/;

/** Whether dots stand where thousands end, or there are none. */
export const dotsGroup = (latin) => !latin.includes(".") || GROUPED.test(latin.replace(/\s/g, ""));

/** An amount as typed, in Persian digits by thousands; «٫» keeps odd rials of a toman. */
export function grouped(text) {
  const typed = latinDigits(text);
  if (!dotsGroup(typed)) return persianDigits(typed.replace(/[^\d٫٬,،.−-]/g, ""));
  const [whole, ...tail] = typed.replace(/[^\d٫−-]/g, "").split("٫");
  const sign = /^[−-]/.test(whole) ? "−" : "";
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  const shown = sign + digits.replace(/\B(?=(\d{3})+$)/g, "٬");
  return persianDigits(tail.length ? `${shown}٫${tail.join("").replace(/\D/g, "").slice(0, 1)}` : shown);
}

function show(field) {
  const behind = field.value.slice(field.selectionEnd).replace(/[٬,،.\s]/g, "").length;
  const text = grouped(field.value);
  if (text === field.value) return;
  field.value = text;
  let place = text.length;
  for (let left = behind; left > 0 && place > 0; place -= 1) if (!"٬.".includes(text[place - 1])) left -= 1;
  if (document.activeElement === field) field.setSelectionRange(place, place);
}

/** Start listening; fields that come later are served too. */
export function readyMoney() {
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-money]")) show(event.target);
  });
}
