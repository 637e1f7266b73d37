// The checkout: lines that keep themselves, payments, settlement; all by keyboard.
import { persianDigits } from "../digits.js";
import { toast } from "../toast.js";
import { wordsOf } from "../words.js";
import { readyAdder } from "./adder.js";
import { rials, shown, useScale } from "./amounts.js";
import { keeperOf } from "./keeper.js";
import { drawLines, drawPrice, drawRefusal, drawSum, focusField, thingOf } from "./lines.js";
import { readyPayments } from "./payments.js";
import { priceOf, priceTyped, repriced } from "./prices.js";
import { sendForm } from "./send.js";
import { readyTerms, termsTyped, typedDiscount } from "./terms.js";
import { totalsOf } from "./totals.js";

const till = JSON.parse(document.getElementById("till").textContent);
const words = wordsOf("till-words");
const form = document.querySelector("[data-settle]");
const body = document.querySelector("[data-lines]");
const earns = document.querySelector("[data-preview]");
const saveState = document.querySelector("[data-save-state]");
useScale(till.scale);

const typedOf = (line) => ({
  service_id: line.service_id,
  product_id: line.product_id,
  package_id: line.package_id,
  series_line_id: line.series_line_id,
  redo_line_id: line.redo_line_id ?? null,
  staff_id: line.staff_id,
  tax_bp: line.tax_bp,
  description: line.description,
  quantity: persianDigits(line.quantity),
  unit_price: line.unit_price === null ? "" : shown(line.unit_price),
  discount: typedDiscount(line.discount, line.discount_bp),
  discount_reason: line.discount_reason,
  shares: line.shares,
});
const draftTyped = (said) => ({ lines: said.lines.map(typedOf), terms: termsTyped(said.terms) });

const kept = draftTyped(till);
let { lines, terms } = kept;
let past = [];
let edited = "";
let cut = false;

// What settling would earn, asked again when lines or credit change.
let asked = 0;
let asking = 0;
function lookAhead(afresh = false) {
  const field = form.elements.credit;
  const credit = field ? Math.max(0, rials(field.value) || 0) : 0;
  if (!afresh && credit === asked) return;
  asked = credit;
  clearTimeout(asking);
  asking = setTimeout(async () => {
    const answer = await fetch(`${earns.dataset.address}?credit=${credit}`).catch(() => null);
    if (answer?.ok) earns.innerHTML = await answer.text();
  }, 250);
}

const sums = () => totalsOf(lines, till.tax_bp, terms, till.round_to);
const dueNow = () => {
  if (!till.draft) return till.total - till.paid;
  const { total, sessions } = sums();
  return total - sessions - till.paid;
};
const creditLimit = () => Number(earns.querySelector("[data-limit]")?.dataset.limit ?? 0);
const payments = readyPayments(form, {
  dueNow,
  limitOf: (name) => (name === "credit" ? creditLimit() : name === "deposit" ? till.deposits : Infinity),
  changed: () => lookAhead(),
});

function drawTotals() {
  if (till.draft) {
    const totals = sums();
    form.querySelector("[data-gross]").textContent = shown(totals.gross);
    for (const name of ["discount", "tax", "tips", "rounding", "sessions"]) {
      const taken = name === "discount" || name === "sessions";
      form.querySelector(`[data-${name}]`).textContent = shown(taken ? -totals[name] : totals[name]);
      form.querySelector(`[data-${name}-row]`).hidden = !totals[name];
    }
  }
  form.querySelector("[data-due]").textContent = shown(dueNow());
  payments.draw();
}

function draw() {
  body.closest("table").classList.toggle("editing", till.draft);
  drawLines(body, lines, till, words, { change, drop });
  drawTotals();
}

function remember() {
  past.push(lines);
  if (past.length > 100) past.shift();
}

function change(index, column, value) {
  const now = `${index}:${column}`;
  if (edited !== now) remember();
  edited = now;
  const before = lines[index];
  lines = lines.map((line, place) => (place === index ? { ...line, [column]: value } : line));
  if (column === "staff_id" && !before.package_id && !before.series_line_id) {
    lines[index] = repriced(lines[index], before.staff_id, thingOf(before, till));
    drawPrice(body, index, lines[index], till, words);
  }
  drawSum(body, index, lines[index], till);
  drawTotals();
  keep();
}

const keep = () => keeper.keep({ lines, terms });

function replace(next) {
  remember();
  edited = "";
  lines = next;
  draw();
  keep();
}

function drop(index) {
  replace(lines.filter((_line, place) => place !== index));
  adder.focus();
}

function undo() {
  if (!past.length) return toast(words.nothing, "warn");
  lines = past.pop();
  edited = "";
  draw();
  keep();
  toast(words.undone);
}

function add(thing) {
  if (thing.parts) {
    replace([...lines, ...thing.parts.map(typedOf)]);
    return adder.focus();
  }
  const before = lines[lines.length - 1]?.staff_id ?? null;
  const able = thing.staff.length ? thing.staff : till.staff.map((person) => person.id);
  const staff = able.includes(before) ? before : able.length === 1 && thing.service_id ? able[0] : null;
  replace([
    ...lines,
    {
      service_id: thing.service_id,
      product_id: thing.product_id,
      staff_id: staff,
      package_id: null,
      series_line_id: thing.series_line_id ?? null,
      redo_line_id: thing.redo_line_id ?? null,
      tax_bp: thing.series_line_id ? 0 : null,
      description: thing.name,
      quantity: "۱",
      unit_price: priceTyped(thing, staff),
      discount: thing.redo_line_id ? words.all : "",
      discount_reason: thing.redo_line_id ? words.redo : "",
      shares: [],
    },
  ]);
  const place = lines.length - 1;
  if (priceOf(thing, staff).price_to) focusField(body, place, "unit_price");
  else if (staff === null && thing.service_id && able.length > 1) focusField(body, place, "staff_id");
  else adder.focus();
}

const states = { unsaved: words.unsaved, saving: words.saving, saved: words.saved, offline: words.offline, refused: words.unsaved };
const keeper = keeperOf({
  id: till.id,
  born: till.born,
  typedOf: draftTyped,
  told(state, said) {
    cut = state === "offline";
    saveState.hidden = false;
    saveState.textContent = states[state];
    saveState.className = `chip save-state ${{ saved: "good", offline: "bad", refused: "warn" }[state] ?? ""}`;
    if (state === "saved") {
      drawRefusal(body, -1, "", "");
      fold.refuse("");
      fillPrices(said.lines);
      form.querySelector("[data-seen-due]").value = said.due;
      lookAhead(true);
    }
    if (state === "refused") showRefusal(said);
  },
});

// A price that was cleared is the usual one again; the salon says which.
function fillPrices(known) {
  lines.forEach((line, place) => {
    const price = known[place]?.unit_price ?? null;
    if (line.unit_price !== "" || price === null) return;
    lines = lines.with(place, { ...line, unit_price: shown(price) });
    drawPrice(body, place, lines[place], till, words);
    drawSum(body, place, lines[place], till);
    if (body.children[place].contains(document.activeElement)) document.activeElement.select?.();
  });
  drawTotals();
}

const fold = readyTerms(document.querySelector("[data-terms]"), till, (typed) => {
  terms = typed;
  drawTotals();
  keep();
});

function showRefusal(said) {
  if (/^(discount|tips|sale_kind)/.test(said.field ?? "")) return fold.refuse(said.detail ?? "", said.field);
  const [, index, column] = (said.field ?? "").split(".");
  const sentence = said.detail ?? "";
  const field = body.children[Number(index ?? -1)]?.querySelector(`[data-col="${column}"]`);
  // A field she is about to fill is not scolded until she leaves it.
  if (field && field === document.activeElement && !field.value) {
    field.addEventListener("blur", () => field.value || showRefusal(said), { once: true });
    return;
  }
  drawRefusal(body, Number(index ?? -1), column, sentence);
  if (index === undefined) toast(sentence, "bad");
}

function next(field, step) {
  const row = field.closest("tr");
  const place = [...body.children].indexOf(row) + step;
  if (place >= lines.length) adder.focus();
  else if (place >= 0) focusField(body, place, field.dataset.col);
}

body.addEventListener("focusin", () => (edited = ""));
body.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-col]");
  if (!field || !till.draft) return;
  const moves = { Enter: 1, NumpadEnter: 1, ArrowDown: 1, ArrowUp: -1 };
  if (event.ctrlKey && event.code === "Delete") {
    event.preventDefault();
    drop([...body.children].indexOf(field.closest("tr")));
  } else if (event.code in moves && !(field.matches("select") && event.code.startsWith("Arrow"))) {
    event.preventDefault();
    if (event.code.endsWith("Enter") && field.dataset.col === "staff_id") adder.focus();
    else next(field, moves[event.code]);
  }
});
document.addEventListener("keydown", (event) => {
  const ours = !event.target.matches?.("input") || body.contains(event.target) || event.target.value === "";
  if (till.draft && (event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !event.shiftKey && ours) {
    event.preventDefault();
    undo();
  }
});

const box = document.querySelector("[data-adder]");
const adder = box ? readyAdder(box, till.things, words, add) : null;

async function settle(leaveDebt) {
  payments.clearRefusals();
  if (till.draft && !(await keeper.flush())) {
    payments.refuse("", cut ? words.offline : words.fix);
    return body.querySelector("[aria-invalid=true]")?.focus();
  }
  if (till.draft && !lines.length) {
    payments.refuse("", words.no_lines);
    return adder.focus();
  }
  const rest = payments.rest();
  if (rest < 0 && !payments.holdsRest()) return payments.refuse("", words.over);
  if (rest > 0 && till.draft && !leaveDebt) {
    payments.refuse("", words.left);
    return payments.fields.find((field) => !field.value)?.focus();
  }
  form.querySelector("[data-leave-debt]").value = leaveDebt ? "1" : "";
  await sendForm(form, {
    refuse: payments.refuse,
    refuseLine(said) {
      showRefusal(said);
      const [, index, column] = said.field.split(".");
      focusField(body, index, column);
    },
    offline: words.offline,
    forget,
  });
}

function forget() {
  payments.forget();
  keeper.forget();
}

// A question before it may still be answered with no.
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.getAttribute("action")?.endsWith("/discard")) forget();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  settle(false);
});
const dialog = document.getElementById("leave-debt");
form.querySelector("[data-owe]")?.addEventListener("click", () => {
  if (payments.rest() <= 0) return settle(false);
  dialog.querySelector("[data-debt]").textContent = shown(payments.rest());
  dialog.showModal();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault(); // the field belongs to the till's form, which would settle
  dialog.querySelector("[data-leave]").click();
});
dialog.querySelector("[data-leave]").addEventListener("click", () => {
  dialog.close();
  settle(true);
});

draw();
if (till.draft) {
  const left = keeper.left(kept);
  if (left?.elsewhere) {
    past.push(left.draft.lines);
    toast(words.elsewhere, "warn");
  } else if (left) {
    terms = left.draft.terms;
    replace(left.draft.lines);
  }
  fold.draw(terms);
  if (till.proposes && payments.isFresh) payments.fill("deposit");
  adder.focus();
} else payments.fields.find((field) => field.name === "cash").focus({ preventScroll: true });
