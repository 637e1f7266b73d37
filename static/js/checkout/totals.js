// What typed lines come to, for the eye; the salon counts again when it keeps them.
import { latinDigits } from "../digits.js";
import { discountOf, part, rials } from "./amounts.js";

const whole = (text) => (/^\d{1,6}$/.test(latinDigits(text)) ? Number(latinDigits(text)) : NaN);

/** Gross, discount, net and tax of a line in rials; NaN where something is no number. */
export function sumOf(line, taxPoints) {
  const gross = whole(line.quantity || "1") * rials(line.unit_price);
  const discount = Number.isNaN(gross) ? NaN : discountOf(line.discount, gross);
  const net = gross - discount;
  const tax = net >= 0 ? part(net, line.tax_bp ?? taxPoints) : NaN;
  return { gross, discount, net, tax };
}

/** The sums of all lines that can be read. */
export function totalsOf(lines, taxPoints) {
  const totals = { gross: 0, discount: 0, tax: 0, total: 0 };
  for (const sum of lines.map((line) => sumOf(line, taxPoints))) {
    if (Number.isNaN(sum.tax)) continue;
    totals.gross += sum.gross;
    totals.discount += sum.discount;
    totals.tax += sum.tax;
    totals.total += sum.net + sum.tax;
  }
  return totals;
}
