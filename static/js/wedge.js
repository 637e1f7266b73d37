// A card reader that types like a keyboard: `%…?` or `;…?` and Enter, from anywhere on the page.
// Its keys come faster than anybody types. They are taken before any field sees them, so a field stays as it was;
// a lone % or ; that a person typed is given to the field a moment later.
import { send } from "./ask.js";
import { toast } from "./toast.js";
import { words } from "./words.js";

const STARTS = { "%": "%", "٪": "%", ";": ";", "؛": ";" };
const BETWEEN_KEYS = 80; // ms; readers send a key every 1 to 30 ms
const BETWEEN_KEYS_OF_A_CARD = 600; // nobody types so many digits after % or ;, so a slow PC may take its time
const LONGEST = 300;
const SHIFTED = { Digit1: "!", Digit2: "@", Digit3: "#", Digit4: "$", Digit5: "%", Digit6: "^", Digit7: "&", Digit8: "*", Digit9: "(", Digit0: ")", Minus: "_", Equal: "+", Slash: "?", Semicolon: ":" };
const PLAIN = { Minus: "-", Equal: "=", Slash: "/", Semicolon: ";", Space: " ", Period: ".", Comma: ",", Quote: "'" };

let swiped = null; // characters as a Latin keyboard has them
let typed = ""; // the same keys as the field would have got them
let field = null;
let timer = 0;

// With a Persian layout the reader's keys arrive as Persian letters; then the physical key tells what was meant.
function meant(event) {
  const { code, shiftKey, key } = event;
  if (/^[ -~]$/.test(key)) return key;
  if (code.startsWith("Key")) return shiftKey || event.getModifierState("CapsLock") ? code[3] : code[3].toLowerCase();
  if (shiftKey && code in SHIFTED) return SHIFTED[code];
  if (/^(Digit|Numpad)\d$/.test(code)) return code.at(-1);
  return PLAIN[code] ?? key;
}

function giveBack() {
  const element = field;
  const text = typed;
  forget();
  if (!element?.isConnected || !("setRangeText" in element) || document.activeElement !== element) return;
  try {
    element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
  } catch {
    element.value += text; // number and e-mail fields have no selection
  }
  element.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// On a Persian layout the second track begins with the key of «ک», which people type all day: those keys are only
// watched, and when they turn out to be a card the field gets back what it had.
let seen = "";
let seenAt = 0;
let before = null;

function watch(event, character) {
  if (seen && event.timeStamp - seenAt > BETWEEN_KEYS) seen = "";
  seenAt = event.timeStamp;
  if (event.key === "Enter" && /^;\d{4,}[\d=]*\?$/.test(seen)) {
    stop(event);
    swiped = seen;
    seen = "";
    if (before && "value" in event.target) event.target.value = before.value;
    finish();
  } else if (!seen && character === ";") {
    seen = ";";
    before = "value" in event.target ? { value: event.target.value } : null;
  } else if (seen) seen = event.key === "Enter" ? "" : seen + character;
}

function forget() {
  clearTimeout(timer);
  swiped = null;
  typed = "";
  field = null;
  seen = "";
}

function finish() {
  const raw = swiped;
  forget();
  document.dispatchEvent(new CustomEvent("salon:swipe", { detail: { raw }, bubbles: true, cancelable: true }));
}

function take(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key.length > 1 && event.key !== "Enter") return;
  const character = event.key === "Enter" ? "" : meant(event);
  if (swiped === null) {
    const start = STARTS[event.key];
    if (!start || event.repeat) return watch(event, character);
    swiped = start;
    typed = event.key;
    field = event.target instanceof HTMLElement ? event.target : null;
  } else if (event.key === "Enter") {
    stop(event);
    if (swiped.length > 2) finish();
    else giveBack();
    return;
  } else {
    swiped += character;
    typed += event.key;
  }
  stop(event);
  clearTimeout(timer);
  timer = isCard() ? setTimeout(finish, BETWEEN_KEYS_OF_A_CARD) : setTimeout(giveBack, BETWEEN_KEYS);
  if (swiped.length > LONGEST) giveBack();
}

// What has begun like a card never goes into a field, even when its end is missing: it is told to be unreadable.
const isCard = () => /^(%[A-Za-z]|;)\d{6}/.test(swiped);

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

async function openCustomer(raw) {
  let said;
  try {
    said = await send("/desk/swipe", { raw });
  } catch (error) {
    return toast(error.said ? error.message : words.swipe_again, "bad");
  }
  const opening = new CustomEvent("salon:customer", { detail: { id: said.customer_id, by: "swipe" }, cancelable: true });
  if (document.dispatchEvent(opening)) location.href = `/desk?customer=${said.customer_id}`;
}

/** Start listening. Another script may take a swipe (to issue a card) by preventing the event's default. */
export function listenToSwipes() {
  window.addEventListener("keydown", take, { capture: true });
  window.addEventListener("salon:swipe", (event) => {
    if (!event.defaultPrevented) openCustomer(event.detail.raw);
  });
}
