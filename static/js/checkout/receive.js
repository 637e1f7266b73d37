// Old debts: one sum laid over her open invoices, the oldest first.
import { shown, useScale } from "./amounts.js";
import { readyPayments } from "./payments.js";
import { sendForm } from "./send.js";

const form = document.querySelector("[data-receive]");

if (form) {
  useScale(Number(form.dataset.scale));
  const due = Number(form.dataset.due);
  const rows = [...document.querySelectorAll("[data-owed]")];
  const lay = (rest) => {
    let purse = Math.min(due, due - rest);
    for (const row of rows) {
      const taken = Math.max(0, Math.min(purse, Number(row.dataset.owed)));
      purse -= taken;
      row.querySelector("[data-taken]").textContent = taken ? shown(taken) : "–";
    }
  };
  const till = readyPayments(form, { dueNow: () => due, changed: lay });
  till.draw();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    till.clearRefusals();
    sendForm(form, { refuse: till.refuse, forget: till.forget, offline: form.dataset.offline });
  });
}
