// What is worth a word before it is booked; a booking waits until she has seen it.
import { read } from "../ask.js";

/** Start the notices in `list`. */
export function readyNotices(list, words) {
  let shown = ""; // for which visit they were asked
  let asking = { of: "", found: Promise.resolve([]) };

  function draw(notices) {
    list.hidden = !notices.length;
    list.replaceChildren(...notices.map((one) => Object.assign(document.createElement("li"), { textContent: one.sentence, className: one.stops ? "stops" : "" })));
  }

  function ask(values) {
    const of = new URLSearchParams(values).toString();
    if (asking.of !== of) asking = { of, found: read(`/desk/booking/notices?${of}`).then((said) => said.notices, () => []) };
    return asking;
  }

  /** Show what is to be said of this visit; gives whether she has it before her for the first time. */
  async function tell(values) {
    const { of, found } = ask(values);
    const before = shown;
    const notices = await found;
    if (asking.of !== of) return false;
    draw(notices);
    shown = of;
    return notices.length > 0 && before !== of;
  }

  /** As tell; it also says what to do when it stops her. */
  async function stops(values) {
    const first = await tell(values);
    if (first) list.append(Object.assign(document.createElement("li"), { textContent: words.seen, className: "next" }));
    return first;
  }

  function clear() {
    shown = "";
    asking = { of: "", found: Promise.resolve([]) };
    draw([]);
  }

  return { tell, stops, clear };
}
