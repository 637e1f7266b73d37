// The board, in whichever view it is looked at.
import { drawGrid } from "./grid.js";
import { drawNothing, drawSheet } from "./sheet.js";
import { drawPhone } from "./phone.js";
import { keepingFocus } from "./focus.js";

let last = null;

/** Draw it; `acts` are open, book, move, stretch and look. */
export function drawBoard(board, acts) {
  last = () => draw(board, acts);
  keepingFocus(last);
}

function draw(board, acts) {
  const isSheet = board.view === "list" || (board.view === "week" && !board.of) || !board.columns.length;
  const section = document.querySelector(".board");
  section.dataset.view = board.view;
  document.getElementById("board").hidden = isSheet;
  document.getElementById("board-sheet").hidden = !isSheet;
  if (!isSheet) drawGrid(board, acts);
  else if (board.columns.length) drawSheet(board, acts);
  else drawNothing(board.view === "room" ? "no-places" : "no-people");
  drawPhone(board, acts.open);
}

matchMedia("(min-width: 761px)").addEventListener("change", () => last?.());
