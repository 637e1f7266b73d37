// A word of warning while a day and a time are typed: it is over, or the salon is closed then. Both may be meant.
import { latinDigits } from "./digits.js";
import { typedDay } from "./jalali-date.js";
import { wordsOf } from "./words.js";

const words = wordsOf("desk-words");
const now = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tehran", dateStyle: "short", timeStyle: "short" });

/** The minutes of a time of day as people write it (۱۰:۳۰, 1030, ۱۰); NaN for anything else. */
export function minutesTyped(text) {
  const plain = latinDigits(text).trim().replace(/[٫./]/, ":").replace(/^(\d{1,2})(\d\d)$/, "$1:$2");
  const [, hour, minute] = /^(\d{1,2})(?::(\d{1,2}))?$/.exec(plain) ?? [];
  return Number(hour) * 60 + Number(minute ?? 0);
}

function warningOf(day, minutes, { opensAt, closesAt }) {
  if (!day || Number.isNaN(minutes)) return "";
  const [today, time] = now.format(new Date()).split(" ");
  const wanted = day.toISOString().slice(0, 10);
  if (wanted < today || (wanted === today && minutes < minutesTyped(time))) return words.past;
  return minutes < Number(opensAt) || minutes >= Number(closesAt) ? words.closed : "";
}

/** Tell in `form` what is odd about its day and time. */
export function warnOfHours(form) {
  const line = form.querySelector("[data-hours-warning]");
  const hours = document.getElementById("board").dataset;
  line.textContent = warningOf(typedDay(form.elements.day), minutesTyped(form.elements.time.value), hours);
  line.hidden = !line.textContent;
}
