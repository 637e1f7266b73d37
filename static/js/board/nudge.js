// A booking under the focus is moved and stretched by keys: Ctrl with arrows moves it, Shift with up and down makes it
// shorter and longer. It is sent when the keys rest; Esc puts it back.
import { clock, shifted, timeRead, words } from "./parts.js";
import { filled } from "../words.js";

const STEP = 15; // minutes, as a drag does
const FINE = 5; // minutes of the grid
const REST = 500; // milliseconds
const SAID = 5000; // milliseconds
const DAY = 24 * 60;

let going = null;

/** Whether keys have moved something that is not sent yet. */
export const isNudging = () => going !== null;

/** Start listening; `shown()` gives the board, `acts` are move and stretch. */
export function readyNudges({ shown, acts, mayWrite }) {
  const said = document.querySelector("[data-board-nudge]");

  function begin(cover) {
    const board = shown();
    const item = board.bookings.find((one) => String(one.id) === cover.dataset.item);
    if (!item) return null;
    const box = cover.closest(".ec-event");
    return { cover, box, item, board, moved: 0, longer: 0, columns: 0, timer: 0 };
  }

  function whereTo({ item, board, moved, longer, columns }) {
    const to = board.columns[placeOf(item, board) + columns];
    return { from: timeRead(item.from + moved), to: timeRead(item.to + moved + longer), column: columns && to ? to.name : "" };
  }

  function show() {
    const { box, item, board, moved, longer, columns } = going;
    said.textContent = filled(words.nudged, whereTo(going));
    if (!box) return;
    const minute = parseFloat(getComputedStyle(document.getElementById("board")).getPropertyValue("--minute-height"));
    const aside = (document.dir === "rtl" ? -1 : 1) * (columns * box.parentElement.clientWidth) / board.columns.length;
    box.classList.add("on-the-way");
    box.style.setProperty("--aside", `${aside}px`);
    box.style.setProperty("--down", `${moved * minute}px`);
    box.style.setProperty("--tall", `${(item.to - item.from + longer) * minute}px`);
  }

  // Heard by who doesn't see the board, and gone when it was read.
  function say(sentence) {
    said.textContent = sentence;
    setTimeout(() => said.textContent === sentence && (said.textContent = ""), SAID);
  }

  function putBack() {
    if (!going) return;
    clearTimeout(going.timer);
    going.box?.classList.remove("on-the-way");
    said.textContent = "";
    going = null;
  }

  async function send() {
    const { item, board, moved, longer, columns, box } = going;
    const sentence = filled(words.nudge_done, whereTo(going));
    const back = () => box?.classList.remove("on-the-way");
    going = null;
    said.textContent = "";
    const place = placeOf(item, board) + columns;
    const column = columns ? board.columns[place].id : null;
    const base = board.view === "week" ? board.columns[place].id : board.day;
    const at = (minutes) => ({ day: shifted(base, Math.floor(minutes / DAY)), time: clock(((minutes % DAY) + DAY) % DAY) });
    let done = false;
    if (longer) done = await acts.stretch(item, at(item.to + longer), back);
    else if (moved || columns) done = await acts.move(item, { ...at(item.from + moved), column }, back);
    back();
    if (done && !going) say(sentence);
  }

  function step(key, { ctrlKey }) {
    const way = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    const aside = { ArrowLeft: 1, ArrowRight: -1 }[key] ?? 0; // the next column stands to the left
    const { item, board } = going;
    if (!ctrlKey) {
      if (item.may_stretch && item.to - item.from + going.longer + way * FINE > 0) going.longer += way * FINE;
    } else if (item.may_move) {
      going.moved += way * STEP;
      const place = placeOf(item, board) + going.columns + aside * (document.dir === "rtl" ? 1 : -1);
      if (aside && board.view !== "list" && board.columns[place]) going.columns = place - placeOf(item, board);
    }
  }

  function pressed(event) {
    if (event.key === "Escape" && going) {
      event.preventDefault();
      event.stopPropagation();
      return putBack();
    }
    const nudges = event.key.startsWith("Arrow") && event.ctrlKey !== event.shiftKey && !event.altKey && !event.metaKey;
    const cover = nudges && event.target.closest?.(".board [data-item]");
    if (!cover || !mayWrite || document.querySelector("dialog[open]")) return;
    if (event.shiftKey && !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    if (going && (going.cover !== cover || Boolean(going.longer) === event.ctrlKey)) {
      clearTimeout(going.timer);
      send();
    }
    going ??= begin(cover);
    if (!going) return;
    step(event.key, event);
    show();
    clearTimeout(going.timer);
    going.timer = setTimeout(send, REST);
  }

  document.addEventListener("keydown", pressed, true);
}

const placeOf = (item, board) => board.columns.findIndex((column) => column.id === item.columns[0]);

