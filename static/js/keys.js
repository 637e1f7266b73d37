// Keys of the desk by their physical place, so that Persian and Latin layouts work alike.
// An element with data-key="F2", "/", "?", "Shift+F10" or "Ctrl+Z" is focused (fields) or clicked when its key is pressed.

const PLACES = { "/": "Slash", "?": "Shift+Slash", "Ctrl+Z": "Ctrl+KeyZ" };

// On layouts that have / and ? elsewhere, what is printed counts.
const PRINTED = { "/": "Slash", "?": "Shift+Slash", "؟": "Shift+Slash" };

const pressed = (event) =>
  (!event.ctrlKey && !event.altKey && !event.metaKey && PRINTED[event.key]) ||
  (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + (event.shiftKey ? "Shift+" : "") + event.code;

/** Whether the person is typing text there. */
export const isTyping = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));

const isSeen = (element) => element.getClientRects().length > 0 && !element.disabled && element.ariaDisabled !== "true";

function target(place) {
  const dialogs = document.querySelectorAll("dialog[open]");
  const scope = dialogs[dialogs.length - 1] ?? document;
  const found = [...scope.querySelectorAll("[data-key]")].filter(
    (element) => (PLACES[element.dataset.key] ?? element.dataset.key) === place && isSeen(element),
  );
  // The later one wins: a panel's own button goes before the frame's.
  return found[found.length - 1];
}

function act(event) {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  const place = pressed(event);
  const prints = !/^(Shift\+)?F\d+$/.test(place) && !/^(Shift\+)?(Escape|Insert|Page)/.test(place);
  if (prints && isTyping(event.target)) return;
  const element = target(place);
  if (!element) return;
  event.preventDefault();
  if (isTyping(element)) {
    element.focus();
    element.select?.();
  } else element.click();
}

/** Start listening. */
export function listenToKeys() {
  document.addEventListener("keydown", act);
}
