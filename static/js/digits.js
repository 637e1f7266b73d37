// Digits of three scripts.
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

/** Text with its digits as ۰-۹. */
export const persianDigits = (text) =>
  String(text).replace(/[0-9٠-٩]/g, (digit) => PERSIAN[ARABIC.includes(digit) ? ARABIC.indexOf(digit) : +digit]);

/** Text with its digits as 0-9. */
export const latinDigits = (text) =>
  String(text).replace(/[۰-۹٠-٩]/g, (digit) => String((PERSIAN + ARABIC).indexOf(digit) % 10));
