// A till is counted note by note: the sum and what it is short or over are shown while typing.
import { rials, shown, useScale } from "./checkout/amounts.js";
import { latinDigits } from "./digits.js";

const form = document.querySelector("[data-counting]");

if (form) {
  useScale(Number(form.dataset.scale));
  const expected = Number(form.dataset.expected);
  const box = form.querySelector("[data-rest]");
  const words = box.querySelector("[data-short]");
  const valueOf = (field) =>
    field.dataset.piece ? Number(field.dataset.piece) * (Number(latinDigits(field.value)) || 0) : rials(field.value) || 0;

  const draw = () => {
    let counted = 0;
    for (const field of form.querySelectorAll("[data-piece], [data-coins]")) {
      const value = valueOf(field);
      counted += value;
      field.closest("tr").querySelector("[data-line]").textContent = value ? shown(value) : "–";
    }
    const difference = counted - expected;
    form.querySelector("[data-counted]").textContent = shown(counted);
    form.querySelector("[data-difference]").textContent = shown(Math.abs(difference));
    words.textContent = difference ? (difference < 0 ? words.dataset.short : words.dataset.over) : words.dataset.even;
    box.classList.toggle("ok", difference === 0);
    box.classList.toggle("over", difference < 0);
    for (const slip of form.querySelectorAll("[data-slip]"))
      slip.closest(".field").querySelector("[data-slip-off]").hidden = !slip.value || rials(slip.value) === Number(slip.dataset.slip);
  };
  form.addEventListener("input", draw);
  // Enter goes on to the next note, as on a counting sheet; F10 closes.
  form.addEventListener("keydown", (event) => {
    const fields = [...form.querySelectorAll("input:not([type=hidden])")];
    const place = fields.indexOf(event.target);
    if (event.code !== "Enter" && event.code !== "NumpadEnter") return;
    if (place < 0 || place === fields.length - 1) return;
    event.preventDefault();
    fields[place + 1].focus();
    fields[place + 1].select();
  });
  draw();
}
