// Which view of the board, of which day and whom: buttons, keys and the address.
import { written } from "../jalali-date.js";
import { toast } from "../toast.js";
import { remember } from "./address.js";
import { shifted, text, words } from "./parts.js";

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(new Date());
const part = (name) => document.querySelector(`[data-board-${name}]`);

/** Start; `look(address)` reads and draws. Gives `at` to go somewhere, `step` through days and `show` for what is drawn. */
export function readyLooks({ shown, look }) {
  const address = ({ view, of, day }) => `/desk/events?${new URLSearchParams({ view, of: view === "week" ? of : "", day })}`;

  async function at(wanted) {
    try {
      await look(address({ ...shown(), ...wanted }));
    } catch (error) {
      toast(error.message, "bad");
    }
  }

  function step(by, fromKey) {
    const days = shown().view === "week" ? 7 * by : by;
    return at({ day: fromKey && by ? shifted(shown().day, days) : shifted(today(), days) });
  }

  let day = "";

  function show(board) {
    const days = board.view === "week" ? board.columns.map((column) => column.id) : [board.day];
    part("title").textContent = [board.title, board.closed].filter(Boolean).join(" · ");
    part("title").classList.toggle("visually-hidden", board.view !== "week" && board.day === today() && !board.closed); // the frame says today's date already
    part("count").textContent = board.count;
    if (board.day !== day) part("day").value = written(new Date(`${board.day}T00:00Z`)); // she may be typing another
    day = board.day;
    part("print").href = `/desk/print?day=${board.day}`;
    document.querySelectorAll("[data-day-step]").forEach((chip) => {
      const to = +chip.dataset.dayStep * (board.view === "week" ? 7 : 1);
      chip.classList.toggle("on", days.includes(shifted(today(), to)));
    });
    markView(board.view);
    fillPeople(board);
    remember({ view: board.view === "staff" ? "" : board.view, of: board.of, day: board.day === today() ? "" : board.day });
  }

  // F6 goes to the next view, Shift+F6 to the one before.
  function markView(view) {
    const chips = [...document.querySelectorAll("[data-look]")];
    const now = chips.findIndex((chip) => chip.dataset.look === view);
    chips.forEach((chip, place) => {
      chip.ariaPressed = String(place === now);
      chip.classList.toggle("on", place === now);
      if (place === (now + 1) % chips.length) chip.dataset.key = "F6";
      else if (place === (now + chips.length - 1) % chips.length) chip.dataset.key = "Shift+F6";
      else delete chip.dataset.key;
    });
  }

  function fillPeople(board) {
    const select = part("of");
    select.hidden = board.view !== "week";
    if (!board.people) return;
    const options = [["", words.everybody], ...board.people.map((person) => [String(person.id), person.name])];
    if (JSON.stringify(options) !== select.dataset.filled) {
      select.dataset.filled = JSON.stringify(options);
      select.replaceChildren(...options.map(([value, name]) => Object.assign(text("option", name), { value })));
    }
    select.value = String(board.of);
  }

  part("of").addEventListener("change", (event) => at({ of: event.target.value }));
  part("day").addEventListener("change", (event) => at({ day: event.target.value }));
  document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("[data-look]");
    if (chip) return at({ view: chip.dataset.look });
    const day = event.target.closest?.("[data-day-step]");
    if (day) step(+day.dataset.dayStep, event.detail === 0);
  });
  return { at, show, address };
}

