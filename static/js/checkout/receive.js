// Old debts: one sum laid over the open invoices that are ticked, the oldest first.
import { shown, useScale } from "./amounts.js";
import { readyPayments } from "./payments.js";
import { sendForm } from "./send.js";

const form = document.querySelector("[data-receive]");

if (form) {
  useScale(Number(form.dataset.scale));
  const rows = [...document.querySelectorAll("[data-owed]")];
  const isChosen = (row) => row.querySelector("[data-chosen]").checked;
  const dueNow = () => rows.filter(isChosen).reduce((sum, row) => sum + Number(row.dataset.owed), 0);
  const lay = (rest) => {
    let purse = Math.min(dueNow(), dueNow() - rest);
    for (const row of rows) {
      const taken = isChosen(row) ? Math.max(0, Math.min(purse, Number(row.dataset.owed))) : 0;
      purse -= taken;
      row.querySelector("[data-taken]").textContent = taken ? shown(taken) : "–";
    }
  };
  const till = readyPayments(form, { dueNow, changed: lay });
  till.draw();
  for (const row of rows) row.querySelector("[data-chosen]").addEventListener("change", till.draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    till.clearRefusals();
    sendForm(form, { refuse: till.refuse, forget: till.forget, offline: form.dataset.offline });
  });
}
