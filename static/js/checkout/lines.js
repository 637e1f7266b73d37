// The lines of an invoice as rows of fields.
import { persianDigits } from "../digits.js";
import { grouped } from "../money.js";
import { shown } from "./amounts.js";
import { priceOf } from "./prices.js";
import { readyShares } from "./partners.js";
import { discountShown } from "./terms.js";
import { sumOf } from "./totals.js";

const COLUMNS = ["staff_id", "quantity", "unit_price", "discount", "discount_reason"];

/** Draw lines into `body`; `change(index, column, value)` and `drop(index)` are told what is done to them. */
export function drawLines(body, lines, till, words, { change, drop }) {
  const rows = lines.map((line, index) => rowOf(line, index, till, words, { change, drop }));
  if (!rows.length) {
    const row = document.createElement("tr");
    row.className = "none";
    row.append(Object.assign(document.createElement("td"), { colSpan: 7, textContent: words.empty }));
    rows.push(row);
  }
  body.replaceChildren(...rows);
}

/** Show the sum of one row again. */
export function drawSum(body, index, line, till) {
  const { net } = sumOf(line, till.tax_bp);
  body.children[index].querySelector("[data-sum]").textContent = Number.isNaN(net) ? "؟" : shown(net);
}

/** Show the price of one row again, and what it may be. */
export function drawPrice(body, index, line, till, words) {
  const row = body.children[index];
  row.querySelector('[data-col="unit_price"]').value = line.unit_price;
  row.querySelector("[data-hint]").textContent = hintOf(line, till, words);
}

/** Show a refusal at a field of a row; without one, show none. */
export function drawRefusal(body, index, column, sentence) {
  [...body.querySelectorAll("tr.wrong")].forEach((row) => {
    row.classList.remove("wrong");
    row.querySelector("[data-error]").hidden = true;
    row.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  });
  const row = body.children[index];
  if (!sentence || !row) return;
  row.classList.add("wrong");
  row.querySelector(`[data-col="${column}"]`)?.setAttribute("aria-invalid", "true");
  const error = row.querySelector("[data-error]");
  error.textContent = sentence;
  error.hidden = false;
}

/** Put the cursor into a field. */
export function focusField(body, index, column) {
  const field = body.children[index]?.querySelector(`[data-col="${column}"]`);
  field?.focus();
  field?.select?.();
}

function rowOf(line, index, till, words, { change, drop }) {
  const row = document.getElementById("line-row").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = line.description;
  row.querySelector("[data-hint]").textContent = hintOf(line, till, words);
  const { net } = sumOf(line, till.tax_bp);
  row.querySelector("[data-sum]").textContent = Number.isNaN(net) ? "؟" : shown(net);
  fillStaff(row.querySelector("select"), line, till);
  showReason(row, line.discount);
  readyShares(row, line, till, (shares) => change(index, "shares", shares));
  for (const column of COLUMNS) readyField(row.querySelector(`[data-col="${column}"]`), line, index, column, till, change);
  const button = row.querySelector("[data-drop]");
  if (till.draft) button.addEventListener("click", () => drop(index));
  else button.closest("td").remove();
  return row;
}

function readyField(field, line, index, column, till, change) {
  field.value = line[column] ?? "";
  if (!till.draft || isFixed(line, column)) {
    field.tabIndex = -1;
    field.readOnly = true;
    return;
  }
  const told = () => {
    if (column === "discount") {
      field.value = discountShown(field.value);
      showReason(field.closest("tr"), field.value);
    }
    if (column === "quantity") field.value = persianDigits(field.value);
    change(index, column, valueOf(field, column));
  };
  field.addEventListener(column === "staff_id" ? "change" : "input", told);
}

// A price is regrouped in its field only after this is told; the line keeps it as it will be shown.
function valueOf(field, column) {
  if (column === "staff_id") return Number(field.value) || null;
  return column === "unit_price" ? grouped(field.value) : field.value;
}

// Why a discount was given is asked where there is one.
// A session was priced when it was sold; only who does it is said.
// What is done again is given for nothing.
const isFixed = (line, column) =>
  (Boolean(line.series_line_id) && column !== "staff_id") || (Boolean(line.redo_line_id) && column === "discount");

const showReason = (row, discount) => (row.querySelector("[data-col=discount_reason]").hidden = !discount);

function fillStaff(select, line, till) {
  const able = thingOf(line, till)?.staff ?? [];
  const people = till.staff.filter((person) => !able.length || able.includes(person.id) || person.id === line.staff_id);
  select.append(new Option("–", ""), ...people.map((person) => new Option(person.name, person.id)));
}

function hintOf(line, till, words) {
  if (line.series_line_id) return words.session;
  if (line.redo_line_id) return `${words.redo}، ${thingOf(line, till)?.again ?? ""}`;
  if (line.package_id) return words.package;
  const thing = priceOf(thingOf(line, till), line.staff_id);
  if (thing?.price_to) return `${shown(thing.price)} ${words.to} ${shown(thing.price_to)}`;
  return line.product_id ? words.product : "";
}

/** The service or product of a line. */
export const thingOf = (line, till) =>
  line.package_id
    ? undefined
    : till.things.find(
        (thing) =>
          thing.service_id === line.service_id &&
          thing.product_id === line.product_id &&
          (thing.series_line_id ?? null) === (line.series_line_id ?? null) &&
          (thing.redo_line_id ?? null) === (line.redo_line_id ?? null),
      );
