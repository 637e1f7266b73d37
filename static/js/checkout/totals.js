// What typed lines come to, for the eye; the salon counts again when it keeps them.
import { latinDigits } from "../digits.js";
import { discountOf, part, rials } from "./amounts.js";

const whole = (text) => (/^\d{1,6}$/.test(latinDigits(text)) ? Number(latinDigits(text)) : NaN);

/** Gross, discount, net and tax of a line in rials, without a discount on the whole; NaN where something is no number. */
export function sumOf(line, taxPoints) {
  const gross = whole(line.quantity || "1") * rials(line.unit_price);
  const discount = Number.isNaN(gross) ? NaN : discountOf(line.discount, gross);
  const net = gross - discount;
  const tax = net >= 0 ? part(net, line.tax_bp ?? taxPoints) : NaN;
  return { gross, discount, net, tax };
}

/** An amount split by weights with the largest remainder, ties to the earlier, as the salon splits it. */
export function shared(amount, weights) {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (!amount || !all) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = exact.map((one) => Number(one / all));
  const left = amount - parts.reduce((sum, one) => sum + one, 0);
  const order = exact.map((one, place) => [one % all, place]).sort((one, other) => (one[0] === other[0] ? one[1] - other[1] : one[0] > other[0] ? -1 : 1));
  for (const [, place] of order.slice(0, left)) parts[place] += 1;
  return parts;
}

const NOTHING = { discount: "", tips: [] };

/** The sums of all lines that can be read, with the discount on the whole, tips and rounding; `sessions` of it were paid before. */
export function totalsOf(lines, taxPoints, terms = NOTHING, roundTo = 0) {
  const read = lines.map((line) => ({ ...sumOf(line, taxPoints), points: line.tax_bp ?? taxPoints, prepaid: Boolean(line.series_line_id) })).filter((sum) => !Number.isNaN(sum.tax));
  const add = (name) => read.reduce((sum, one) => sum + one[name], 0);
  const net = add("net");
  const sessions = read.reduce((sum, one) => sum + (one.prepaid ? one.net : 0), 0);
  const typed = discountOf(terms.discount || "", net - sessions);
  const parts = shared(typed >= 0 && typed <= net - sessions ? typed : 0, read.map((one) => (one.prepaid ? 0 : one.net)));
  const off = parts.reduce((sum, one) => sum + one, 0);
  const tax = read.reduce((sum, one, place) => sum + part(one.net - parts[place], one.points), 0);
  const tips = terms.tips.reduce((sum, tip) => sum + (rials(tip.amount) || 0), 0);
  const exact = net - off + tax + tips;
  const rounding = roundTo ? -((exact - sessions) % roundTo) : 0;
  return { gross: add("gross"), discount: add("discount") + off, tax, tips, rounding, sessions, total: exact + rounding };
}
