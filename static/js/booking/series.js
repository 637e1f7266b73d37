// Bookings that repeat: what doesn't fit is listed before anything is booked, to be left out or moved.
import { read } from "../ask.js";
import { persianDigits } from "../digits.js";
import { filled } from "../words.js";

const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
const text = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });

/** Start the part of the dialog that repeats a booking. */
export function readySeries(dialog, words) {
  const fold = dialog.querySelector("[data-booking-repeat]");
  const box = dialog.querySelector("[data-booking-series]");
  const every = dialog.querySelector("#booking-every");
  let planned = { of: "", bookings: [] };

  function lineOf(one) {
    const line = text("li", "", one.refusal ? "taken" : "");
    line.append(text("b", `${one.title}، ${one.time}`));
    if (!one.refusal) return line;
    const choice = document.createElement("select");
    choice.className = "input";
    choice.ariaLabel = `${one.title}، ${one.time}`;
    choice.append(option("", words.skip), ...one.choices.map((other) => option(other.starts_at, filled(words.move_to, other))));
    line.append(text("small", one.refusal), choice);
    return line;
  }

  function draw(bookings) {
    const taken = bookings.filter((one) => one.refusal).length;
    const numbers = { count: persianDigits(bookings.length), taken: persianDigits(taken) };
    const list = text("ol", "", "series");
    list.append(...bookings.map(lineOf));
    box.replaceChildren(text("p", filled(taken ? words.conflicts : words.fits_all, numbers), taken ? "bad m-0" : "m-0"), list);
  }

  fold.addEventListener("toggle", () => fold.open && every.focus());
  fold.addEventListener("input", (event) => event.target.matches("input") && forget());

  function forget() {
    planned = { of: "", bookings: [] };
    box.replaceChildren();
  }

  return {
    /** Whether the booking repeats. */
    wanted: () => fold.open && every.value.trim() !== "",
    /** Look where they fit; true when she has to say first what becomes of those that don't. `visit`: what they are of. */
    async asks(values, visit) {
      const of = new URLSearchParams(visit).toString();
      if (planned.of === of) return false;
      planned = { of, bookings: (await read(`/desk/booking/series?${new URLSearchParams(values)}`)).bookings };
      draw(planned.bookings);
      box.querySelector("select")?.focus();
      return planned.bookings.some((one) => one.refusal);
    },
    /** When each of them begins; those that are left out aside. */
    chosen() {
      const moved = [...box.querySelectorAll("li")].map((line) => line.querySelector("select"));
      return planned.bookings.map((one, place) => (one.refusal ? moved[place].value : one.starts_at)).filter(Boolean);
    },
    forget,
    reset(offered) {
      fold.open = false;
      fold.hidden = !offered;
      forget();
    },
  };
}
