// On phones the board is a list: who comes when, by column; the list of a day in the order of the day.
import { opener, shareOf, signs, text, timeRead, told, words } from "./parts.js";

/** Draw the list. */
export function drawPhone(board, open) {
  const list = document.getElementById("staff-list");
  const groups = board.view === "list" ? [[null, board.bookings]] : board.columns.map((column) => [column, board.bookings.filter((one) => one.columns.includes(column.id))]);
  list.replaceChildren(...groups.flatMap(([column, bookings]) => group(column, bookings, board, open)));
}

function group(column, bookings, board, open) {
  const rows = bookings.length ? bookings.map((one) => row(one, board, open)) : [text("p", words.none, "none")];
  if (!column) return rows;
  const head = text("h2", board.view === "week" ? `${column.name} ${column.title}` : column.name);
  head.append(text("small", shareOf(column)));
  return [head, ...rows];
}

function row(one, board, open) {
  const button = opener(one, `visit-row s-${one.status}`, open);
  const name = text("span", one.customer);
  name.append(...signs(one));
  const whose = board.view === "staff" || (board.view === "week" && board.of) ? "" : one.staff;
  button.append(text("b", timeRead(one.from)), name, text("small", [one.service, whose, one.status_label].filter(Boolean).join(" · ")));
  button.ariaLabel = told(one);
  return button;
}
