// What every screen has: keys, card swipes, search, toasts, money and day fields, dialogs, the clock.
import { listenToKeys } from "./keys.js";
import { listenToSwipes } from "./wedge.js";
import { readyMoney } from "./money.js";
import { readyDays } from "./jalali-date.js";
import { readySearch } from "./search.js";
import { readyDialogs } from "./dialogs.js";
import { listenToToasts } from "./toast.js";
import { readyDigits, timeOfDay } from "./digits.js";

listenToSwipes();
listenToKeys();
listenToToasts();
readyDialogs();
readyMoney();
readyDigits();
readyDays();
document.querySelectorAll("[data-find]").forEach((box) => readySearch(box));

const wallClock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tehran", hour: "2-digit", minute: "2-digit" });
function tellTime() {
  const clock = wallClock.format(new Date());
  const now = timeOfDay(clock);
  document.querySelectorAll("[data-clock]").forEach((place) => (place.textContent = now));
  const [hour, minute] = clock.split(":").map(Number);
  document.documentElement.style.setProperty("--now", `"${now}"`); // the board's line shows it too
  document.documentElement.style.setProperty("--minute", hour * 60 + minute);
}
tellTime();
setInterval(tellTime, 10_000);

document.addEventListener("htmx:beforeRequest", () => document.body.classList.add("busy"));
document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("busy"));
