// Digits of three scripts.
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

/** Text with its digits as ۰-۹. */
export const persianDigits = (text) =>
  String(text).replace(/[0-9٠-٩]/g, (digit) => PERSIAN[ARABIC.includes(digit) ? ARABIC.indexOf(digit) : +digit]);

/** A time of day «09:05» as it is read: «۹:۰۵». */
export const timeOfDay = (text) => persianDigits(text.replace(/^0(?=\d)/, ""));

/** Fields with data-digits show Persian digits, whatever digits are typed. */
export function readyDigits() {
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-digits]")) return;
    const place = target.selectionStart;
    target.value = persianDigits(target.value);
    target.setSelectionRange(place, place);
  });
}

/** Text with its digits as 0-9. */
export const latinDigits = (text) =>
  String(text).replace(/[۰-۹٠-٩]/g, (digit) => String((PERSIAN + ARABIC).indexOf(digit) % 10));
