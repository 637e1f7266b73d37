// Amounts in rials, as they are shown and typed in the salon's unit. `scale`: rials in the unit.
import { dotsGroup, grouped } from "../money.js";
import { latinDigits, persianDigits } from "../digits.js";

let scale = 1;

/** Say how many rials the shown unit has. */
export const useScale = (rials) => (scale = rials);

/** Rials as people read them. */
export function shown(rials) {
  const sign = rials < 0 ? "\u200e−" : "";
  const odd = Math.abs(rials) % scale;
  const whole = grouped(String((Math.abs(rials) - odd) / scale));
  return sign + whole + (odd ? `٫${persianDigits(odd)}` : "");
}

/** The rials of a typed amount; empty is 0, NaN when it is none. */
export function rials(text) {
  if (!dotsGroup(latinDigits(text))) return NaN;
  const plain = latinDigits(text).replace(/[٬,،.\s\u200c]/g, "");
  if (!plain) return 0;
  const match = /^(\d{1,15})(?:٫(\d))?$/.exec(plain);
  if (!match || (match[2] && scale === 1)) return NaN;
  return Number(match[1]) * scale + Number(match[2] ?? 0);
}

/** What a typed discount takes off `gross` rials: an amount, or a percentage with its sign. */
export function discountOf(text, gross) {
  const share = /^(\d{1,3})(?:[.٫/](\d{1,2}))?\s*[%٪]$/.exec(latinDigits(text).trim());
  if (!share) return rials(text);
  const points = Number(share[1]) * 100 + Number((share[2] ?? "0").padEnd(2, "0"));
  return part(gross, points);
}

/** Basis points of an amount, cut to whole rials; exact where a float would not be. */
export const part = (amount, points) => Number((BigInt(amount) * BigInt(points)) / 10_000n);
