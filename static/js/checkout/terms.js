// What is said of the whole invoice: discount and its reason, tips, kind of sale.
import { persianDigits } from "../digits.js";
import { grouped } from "../money.js";
import { shown } from "./amounts.js";

/** The salon's terms as they are typed. */
export const termsTyped = (terms) => ({
  discount: typedDiscount(terms.discount, terms.discount_bp),
  discount_reason: terms.discount_reason,
  tips: terms.tips.map((tip) => ({ staff_id: tip.staff_id, amount: shown(tip.amount) })),
  sale_kind_id: terms.sale_kind_id,
});

/** A discount as it was typed: an amount, or a percentage. */
export function typedDiscount(rials, points) {
  if (points === null || points === undefined) return rials ? shown(rials) : "";
  const odd = String(points % 100).padStart(2, "0").replace(/0+$/, "");
  return `${persianDigits(Math.floor(points / 100))}${odd ? `٫${persianDigits(odd)}` : ""}٪`;
}

/** A typed discount as it is shown while typing. */
export const discountShown = (text) => (/[%٪]/.test(text) ? persianDigits(text).replace("%", "٪") : grouped(text));

/** Fill and read the fold of the whole invoice; `changed(terms)` hears every change. */
export function readyTerms(box, till, changed) {
  if (!box) return { draw() {}, refuse() {} };
  const [discount, reason, kind] = ["discount", "discount_reason", "sale_kind_id"].map((name) => box.querySelector(`[data-term=${name}]`));
  const list = box.querySelector("[data-tips]");
  kind.append(...till.kinds.map((one) => new Option(one.name, one.id)));

  const read = () => ({
    discount: discount.value,
    discount_reason: reason.value,
    tips: [...list.children]
      .map((row) => ({ staff_id: Number(row.querySelector("select").value) || null, amount: row.querySelector("input").value }))
      .filter((tip) => tip.staff_id !== null && tip.amount),
    sale_kind_id: Number(kind.value) || null,
  });
  const told = () => changed(read());
  const addTip = (tip = { staff_id: null, amount: "" }) => {
    const row = document.getElementById("tip-row").content.firstElementChild.cloneNode(true);
    const [select, input] = [row.querySelector("select"), row.querySelector("input")];
    select.append(new Option("–", ""), ...till.staff.map((person) => new Option(person.name, person.id)));
    select.value = tip.staff_id ?? "";
    input.value = tip.amount;
    select.addEventListener("change", told);
    input.addEventListener("input", () => {
      input.value = grouped(input.value);
      told();
    });
    list.append(row);
    return row;
  };
  const draw = (terms) => {
    discount.value = terms.discount;
    reason.value = terms.discount_reason;
    kind.value = terms.sale_kind_id ?? kind.options[0]?.value ?? "";
    list.replaceChildren();
    terms.tips.forEach(addTip);
    if (!terms.tips.length) addTip();
    box.open ||= Boolean(terms.discount || terms.tips.length);
  };
  discount.addEventListener("input", () => {
    discount.value = discountShown(discount.value);
    told();
  });
  reason.addEventListener("input", told);
  kind.addEventListener("change", told);
  box.querySelector("[data-add-tip]").addEventListener("click", () => addTip().querySelector("select").focus());
  box.addEventListener("toggle", () => box.open && discount.focus({ preventScroll: true }));

  const refuse = (sentence, field = "") => {
    const error = box.querySelector("[data-term-error]");
    error.textContent = sentence;
    error.hidden = !sentence;
    if (!sentence) return;
    box.open = true;
    (field === "discount_reason" ? reason : field.startsWith("tips") ? list.querySelector("input") : discount).focus();
  };
  return { draw, refuse };
}
