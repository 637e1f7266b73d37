// What things cost her: with whoever does them where that matters, else for all alike.
import { shown } from "./amounts.js";

/** Price and range of a thing when this person does it. */
export const priceOf = (thing, staffId) => thing?.by_staff?.[staffId] ?? thing;

/** The price as its field shows it; of a range it is asked. */
export function priceTyped(thing, staffId) {
  const { price, price_to } = priceOf(thing, staffId);
  return price_to ? "" : shown(price);
}

/** A line that somebody else does now: at her price, unless another one was typed. */
export function repriced(line, before, thing) {
  if (!thing || line.unit_price !== priceTyped(thing, before)) return line;
  return { ...line, unit_price: priceTyped(thing, line.staff_id) };
}
