// The ways to pay of a form: keys fill the rest, the box below shows what is left.
import { grouped } from "../money.js";
import { rials, shown } from "./amounts.js";

/** Ready the payment fields of `form`. `dueNow()`: rials to pay; `limitOf(name)`: the most a way may take. */
export function readyPayments(form, { dueNow, limitOf = () => Infinity, changed = () => {} }) {
  const fields = [...form.querySelectorAll("[data-amount]")];
  const details = [...form.querySelectorAll(".told :is(input, select)")]; // numbers and days that ways need to be told
  const asked = [...form.elements].filter((field) => field.closest("dialog") && field.name); // a dialog asks for them
  const box = form.querySelector("[data-rest]");
  const place = `salon:till:${location.pathname}${location.search}:${form.elements.born?.value ?? ""}`;

  const given = (besides) =>
    fields.reduce((sum, field) => (field === besides ? sum : sum + (rials(field.value) || 0)), 0);
  const rest = () => dueNow() - given();

  // What is above the due can be given back out of cash, or stay on account.
  const keep = form.querySelector("[data-keep]");
  const valueOf = (names) => fields.reduce((sum, field) => sum + (names.includes(field.name) ? rials(field.value) || 0 : 0), 0);
  const canHold = () => Boolean(keep) && (-rest() < valueOf(["cash"]) || -rest() <= valueOf(["cash", "card", "transfer"]));
  const holdsRest = () => canHold() && (keep.checked || -rest() < valueOf(["cash"]));

  const draw = () => {
    const left = rest();
    box.classList.toggle("ok", left === 0);
    const change = left < 0 && canHold();
    box.classList.toggle("over", left < 0 && !change);
    box.classList.toggle("change", change);
    const name = box.querySelector("[data-rest-name]");
    if (name) name.textContent = !change ? box.dataset.left : keep.checked ? box.dataset.keeps : box.dataset.change;
    box.querySelector("[data-rest-amount]").textContent = shown(change ? -left : left);
    if (keep) keep.closest("[data-keep-row]").hidden = !change;
    for (const field of fields) field.closest(".way").classList.toggle("used", rials(field.value) > 0);
    sessionStorage.setItem(place, JSON.stringify([...fields.map((field) => grouped(field.value)), ...details.map((one) => one.value)]));
    changed(rest());
  };
  const fill = (name) => {
    const field = fields.find((one) => one.dataset.amount === name);
    const amount = Math.max(0, Math.min(dueNow() - given(field), limitOf(name)));
    field.value = amount ? shown(amount) : "";
    refuse(name, "");
    field.focus();
    field.select();
    draw();
  };
  const refuse = (name, sentence) => {
    const line = document.querySelector(`[data-error-of="${name}"]`) ?? form.querySelector("[data-form-error]");
    const fold = line.closest("details");
    if (fold && sentence) fold.open = true;
    const dialog = line.closest("dialog");
    line.textContent = sentence;
    line.hidden = !sentence;
    line.closest(".way, .told, .field")?.classList.toggle("wrong", Boolean(sentence));
    if (!dialog || !sentence) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input")?.select();
  };
  const clearRefusals = () => {
    fields.forEach((field) => refuse(field.dataset.amount, ""));
    [...details, ...asked].forEach((field) => refuse(field.name, ""));
    refuse("", "");
  };

  const kept = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  const isFresh = !kept.length && fields.every((field) => !field.value);
  keep?.addEventListener("change", draw);
  if (fields.every((field) => !field.value)) [...fields, ...details].forEach((field, index) => (field.value = kept[index] ?? ""));
  const fold = form.querySelector("details.fold");
  if (fold && fields.some((field) => field.value && fold.contains(field))) fold.open = true;
  fold?.addEventListener("toggle", () => fold.open && !fold.contains(document.activeElement) && fold.querySelector("[data-amount]").focus());
  details.forEach((field) =>
    field.addEventListener("input", () => {
      refuse(field.name, "");
      draw();
    }),
  );
  fields.forEach((field) =>
    field.addEventListener("input", () => {
      refuse(field.dataset.amount, "");
      refuse("", "");
      draw();
    }),
  );
  form.querySelectorAll("[data-fill]").forEach((button) => button.addEventListener("click", () => fill(button.dataset.fill)));
  return { draw, fill, rest, holdsRest, isFresh, refuse, clearRefusals, fields, forget: () => sessionStorage.removeItem(place) };
}
