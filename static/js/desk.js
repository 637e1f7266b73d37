// The desk: the board of a day, the customer beside it, bookings and the steps of visits.
import { drawBoard, drawList, focusVisit } from "./desk-board.js";
import { readyBooking } from "./booking/main.js";
import { readyPanel } from "./desk-panel.js";
import { readyVisit } from "./desk-visit.js";
import { written } from "./jalali-date.js";
import { read, send } from "./ask.js";
import { toast } from "./toast.js";
import { filled, wordsOf } from "./words.js";
import { isTyping } from "./keys.js";

const facts = (id) => JSON.parse(document.getElementById(id).textContent);
const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(new Date());
const shifted = (day, by) => new Date(Date.parse(`${day}T00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

let board = facts("board-facts");

function show(fresh) {
  board = fresh;
  const title = document.querySelector("[data-board-title]");
  title.textContent = board.title;
  title.classList.toggle("visually-hidden", board.day === today()); // the frame says today's date already
  document.querySelector("[data-board-count]").textContent = board.count;
  document.querySelector("[data-board-day]").value = written(new Date(`${board.day}T00:00Z`));
  document.querySelectorAll("[data-day-step]").forEach((chip) => {
    chip.classList.toggle("on", shifted(today(), +chip.dataset.dayStep) === board.day);
  });
  drawBoard(board, { open: openVisit, book: bookAt, move });
  drawList(board, openVisit);
}

async function turnTo(day) {
  try {
    show(await read(`/desk/events?day=${encodeURIComponent(day)}`));
  } catch (error) {
    toast(error.message, "bad");
  }
}

const refresh = () => turnTo(board.day);

async function move(item, day, time, staffId, putBack) {
  try {
    await send(`/desk/appointments/${item.appointment_id}/move`, { item_id: item.id, day, time, staff_id: staffId });
    panel.refresh(item.customer_id);
  } catch (error) {
    putBack();
    toast(error.message, "bad");
  }
  await refresh();
}

// While the board was fetched she may have begun to type elsewhere: what she types stays where she types it.
function offerFocus(appointmentId) {
  if (!isTyping(document.activeElement) && !document.querySelector("dialog[open]")) focusVisit(appointmentId);
}

const visit = readyVisit({
  moved: async (said) => {
    toast(filled(wordsOf("desk-words").moved, said));
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
  const chip = found("[data-day-step]");
  if (chip) {
    const by = +chip.dataset.dayStep;
    return turnTo(event.detail === 0 && by ? shifted(board.day, by) : shifted(today(), by));
  }
  if (found("[data-act=booking]")) {
    event.preventDefault();
    booking.open({ day: board.day, customer: panel.customer() });
  }
});

document.querySelector("[data-board-day]").addEventListener("change", (event) => turnTo(event.target.value));

document.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  focusVisit(null, event.key);
});

// Whoever was found or swiped goes into the open booking, else into the panel.
document.addEventListener("salon:customer", (event) => {
  event.preventDefault();
  if (!booking.choose(event.detail.id)) panel.open(event.detail.id);
});

show(board);
setInterval(() => {
  if (!document.hidden && !document.querySelector("dialog[open], .ec-dragging")) refresh();
}, 60_000);
if (new URLSearchParams(location.search).get("new") === "booking") booking.open({ day: board.day, customer: panel.customer() });
