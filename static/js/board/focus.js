// The focus on the board: arrows walk from booking to booking, and what is drawn anew keeps it.
const middle = (element) => {
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
};
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const seen = () => [...document.querySelectorAll(".board [data-appointment]")].filter((element) => element.getClientRects().length);

/** Focus a booking, or the nearest one in an arrow's direction. */
export function focusVisit(appointmentId, arrow = null) {
  const all = seen();
  if (!all.length) return;
  const current = all.find((element) => element === document.activeElement);
  go(arrow === null ? all.find((element) => +element.dataset.appointment === appointmentId) : current ? nearest(all, current, WAYS[arrow]) : first(all));
}

/** Draw, and give the focus back to the booking that had it, wherever it is drawn now. */
export function keepingFocus(draw) {
  const item = document.activeElement?.closest?.(".board [data-item]")?.dataset.item;
  draw();
  if (!item) return;
  const back = () => {
    if (document.activeElement === document.body) go(seen().find((element) => element.dataset.item === item));
  };
  back();
  requestAnimationFrame(back);
}

function go(chosen) {
  chosen?.focus();
  chosen?.scrollIntoView({ block: "nearest" });
}

function first(all) {
  const now = document.querySelector(".ec-now-indicator")?.getBoundingClientRect().top ?? 0;
  const byTop = [...all].sort((a, b) => middle(a)[1] - middle(b)[1]);
  return byTop.find((element) => element.getBoundingClientRect().bottom > now) ?? byTop[0];
}

function nearest(all, current, [right, down]) {
  const [x, y] = middle(current);
  const away = (element) => {
    const [toX, toY] = middle(element);
    const along = (toX - x) * right + (toY - y) * down;
    const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * right);
    return along > 4 ? along + 2 * aside : Infinity;
  };
  const best = all.reduce((found, element) => (away(element) < away(found) ? element : found), current === all[0] ? all[1] ?? current : all[0]);
  return away(best) < Infinity ? best : current;
}
