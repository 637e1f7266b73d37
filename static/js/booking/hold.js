// A time is kept while the booking is typed: one at a time, renewed by typing, let go when it is no longer wanted.
import { csrf, send } from "../ask.js";
import { persianDigits } from "../digits.js";
import { filled } from "../words.js";

const HOLDS = "/desk/booking/holds";

/** Start keeping; `line` shows how long it still lasts. */
export function readyHold(line, words) {
  let kept = null; // {id, until, whole}, in milliseconds of the page's own clock
  let turn = 0;
  let queue = Promise.resolve(); // one question at a time: a hold that is on its way must not stand in its own way
  let renewing = false;

  const left = () => (kept ? kept.until - performance.now() : 0);

  function note(said) {
    kept = { id: said.id, until: performance.now() + said.seconds * 1000, whole: said.seconds * 1000 };
    tell();
  }

  function tell() {
    if (kept && left() <= 0) {
      kept = null;
      line.textContent = words.lapsed;
      line.classList.add("over");
      return;
    }
    if (!kept) return;
    const seconds = Math.ceil(left() / 1000);
    line.textContent = filled(words.kept, { left: persianDigits(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`) });
    line.classList.remove("over");
    line.hidden = false;
  }

  function after(act) {
    const done = queue.then(act);
    queue = done.catch(() => {});
    return done;
  }

  async function drop() {
    const last = kept;
    kept = null;
    line.hidden = true;
    if (last) await send(`${HOLDS}/${last.id}/release`, {}).catch(() => {}); // else it lapses by itself
  }

  /** Keep the time of these values instead of the one before; gives what was answered, null when it was overtaken. */
  function take(values) {
    const mine = (turn += 1);
    return after(async () => {
      if (mine !== turn) return null;
      if (kept) values.set("hold_id", kept.id);
      const said = await send(HOLDS, values);
      note(said);
      return mine === turn ? said : null;
    });
  }

  function release() {
    turn += 1;
    return after(drop);
  }

  // Whoever types is still at it: the time is asked for anew when half of it is over.
  async function renew() {
    if (!kept || renewing || left() > kept.whole / 2) return;
    renewing = true;
    await after(async () => {
      if (kept) note(await send(`${HOLDS}/${kept.id}/renew`, {}));
    }).catch(() => (kept = null));
    renewing = false;
  }

  setInterval(tell, 1000);
  addEventListener("pagehide", () => kept && navigator.sendBeacon(`${HOLDS}/${kept.id}/release`, new URLSearchParams({ csrf_token: csrf() })));
  return { take, release, renew, settled: () => queue, id: () => kept?.id ?? "", spent: () => (turn++, (kept = null), (line.hidden = true)) };
}
