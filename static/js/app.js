// What every screen has: keys, card swipes, search, toasts, money and day fields, dialogs, the clock.
import { listenToKeys } from "./keys.js";
import { listenToSwipes } from "./wedge.js";
import { readyMoney } from "./money.js";
import { readyDays } from "./jalali-date.js";
import { readySearch } from "./search.js";
import { readyDialogs } from "./dialogs.js";
import { listenToToasts } from "./toast.js";
import { persianDigits } from "./digits.js";

listenToSwipes();
listenToKeys();
listenToToasts();
readyDialogs();
readyMoney();
readyDays();
document.querySelectorAll("[data-find]").forEach((box) => readySearch(box));

const timeOfDay = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tehran", hour: "numeric", minute: "2-digit" });
setInterval(() => {
  document.querySelectorAll("[data-clock]").forEach((clock) => {
    clock.textContent = persianDigits(timeOfDay.format(new Date()).replace(/^0/, ""));
  });
}, 10_000);

document.addEventListener("htmx:beforeRequest", () => document.body.classList.add("busy"));
document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("busy"));
