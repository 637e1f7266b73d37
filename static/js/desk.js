// The desk: the board of a day, the customer beside it, bookings and the steps of visits.
import { drawBoard } from "./board/draw.js";
import { focusVisit } from "./board/focus.js";
import { isChanging, readyChanges } from "./board/change.js";
import { readyLive } from "./board/live.js";
import { readyLooks } from "./board/looks.js";
import { isNudging, readyNudges } from "./board/nudge.js";
import { readyBooking } from "./booking/main.js";
import { readyPanel } from "./desk-panel.js";
import { readyVisit } from "./desk-visit.js";
import { send } from "./ask.js";
import { toast } from "./toast.js";
import { filled, wordsOf } from "./words.js";
import { isTyping } from "./keys.js";

const facts = (id) => JSON.parse(document.getElementById(id).textContent);

let board = facts("board-facts");

const isBusy = () => isChanging() || isNudging() || Boolean(document.querySelector("dialog[open], .ec-dragging, .ec-resizing-x, .ec-resizing-y"));
const live = readyLive({ draw: show, isBusy });
const looks = readyLooks({ shown: () => board, look: live.look });
const turnTo = (day) => looks.at({ day });
const refresh = () => turnTo(board.day);
const changes = readyChanges({
  shown: () => board,
  changed: async (item) => {
    panel.refresh(item.customer_id);
    await refresh();
  },
});

function show(fresh) {
  board = fresh;
  looks.show(board);
  drawBoard(board, { open: openVisit, book: bookAt, look: looks.at, ...changes });
}

// While the board was fetched she may have begun to type elsewhere: what she types stays where she types it.
function offerFocus(appointmentId) {
  if (!isTyping(document.activeElement) && !document.querySelector("dialog[open]")) focusVisit(appointmentId);
}

const visit = readyVisit({
  moved: async (said) => {
    toast(filled(wordsOf("desk-words").moved, said));
    if (said.warning) toast(said.warning, "warn");
    panel.refresh(said.customer_id);
    await turnTo(said.day);
    offerFocus(said.id);
  },
});

async function openVisit(appointmentId, customerId) {
  if ((await visit.open(appointmentId)) && customerId) panel.open(customerId, { quiet: true });
}

async function takeStep(button) {
  if (button.dataset.asks && !window.confirm(button.dataset.asks)) return;
  try {
    const said = await send(`/desk/appointments/${button.dataset.visit}/status`, { status: button.dataset.visitStep });
    toast(said.label);
    visit.close();
    panel.refresh(said.customer_id);
  } catch (error) {
    toast(error.message, "bad");
  }
  await refresh();
}

const panel = readyPanel();
const booking = readyBooking(facts("offered"), {
  booked: async (said, sentence) => {
    toast(sentence);
    panel.open(said.customer_id, { quiet: true });
    await turnTo(said.day);
    offerFocus(said.id);
  },
});

function bookAt(day, time, staffId) {
  booking.open({ day, time, staffId, customer: panel.customer() });
}

document.addEventListener("click", (event) => {
  const found = (selector) => event.target.closest?.(selector);
  const step = found("[data-visit-step]");
  if (step) return takeStep(step);
  const opened = found("[data-visit-open]");
  if (opened) return openVisit(opened.dataset.visitOpen);
  const changed = found("[data-visit-services]");
  if (changed) {
    visit.close();
    return booking.change(changed.dataset.visitServices);
  }
  if (found("[data-act=booking]")) {
    event.preventDefault();
    booking.open({ day: board.day, customer: panel.customer() });
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || event.defaultPrevented || event.ctrlKey || event.shiftKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  focusVisit(null, event.key);
});

// Whoever was found or swiped goes into the open booking, else into the panel.
document.addEventListener("salon:customer", (event) => {
  event.preventDefault();
  if (!booking.choose(event.detail.id)) panel.open(event.detail.id);
});

readyNudges({ shown: () => board, acts: changes, mayWrite: Boolean(document.getElementById("board").dataset.mayWrite) });
const opened = new URLSearchParams(location.search).get("new");
show(board);
live.begin(looks.address(board));
if (opened === "booking") booking.open({ day: board.day, customer: panel.customer() });
