// Discounts typed as a percentage: the salon keeps what they come to, this browser remembers how they were typed.
import { sumOf } from "./totals.js";

const placeOf = (id) => `salon:shares:${id}`;
const isShare = (line) => /[%٪]/.test(line.discount);
const isSame = (one, other) => ["service_id", "product_id", "quantity", "unit_price"].every((name) => one[name] === other[name]);

/** The invoice is no draft any more. */
export const forgetShares = (id) => localStorage.removeItem(placeOf(id));

/** Remember how the discounts of these lines were typed. */
export function keepShares(id, lines) {
  if (lines.some(isShare)) localStorage.setItem(placeOf(id), JSON.stringify(lines));
  else forgetShares(id);
}

/** The salon's lines with their discounts as they were typed, where these still come to the same. */
export function asTyped(id, lines) {
  const before = JSON.parse(localStorage.getItem(placeOf(id)) ?? "[]");
  return lines.map((line, place) => {
    const typed = before[place];
    const still = typed && isShare(typed) && isSame(typed, line) && sumOf(typed, 0).discount === sumOf(line, 0).discount;
    return still ? { ...line, discount: typed.discount } : line;
  });
}
