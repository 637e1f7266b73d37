// Keeps a draft: here at once, at the salon soon after; what was typed outlives refusals, refreshes and cut lines.
import { csrf } from "../ask.js";

const WAIT = 400;

/** A keeper of the lines of one draft. `told(state, answer)` hears saving, saved, unsaved, offline or refused;
 * `typedOf(line)` gives a line of the salon's answer as it is typed. */
export function keeperOf({ id, typedOf, told }) {
  const place = `salon:draft:${id}`;
  let base = "[]";
  let wanted = null;
  let timer = 0;
  let going = null;

  const remember = () => localStorage.setItem(place, JSON.stringify({ base, lines: JSON.parse(wanted) }));

  const send = async () => {
    const sent = wanted;
    told("saving");
    const answer = await fetch(`/invoices/${id}/lines`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() },
      body: `{"lines":${sent}}`,
    }).catch(() => null);
    if (!answer) return told("offline");
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) return told("refused", { status: answer.status, ...said });
    base = JSON.stringify(said.lines.map(typedOf));
    if (wanted === sent) {
      wanted = null;
      localStorage.removeItem(place);
      told("saved", said);
    }
  };

  const flush = async () => {
    clearTimeout(timer);
    while (going) await going;
    if (wanted === null) return true;
    going = send().finally(() => (going = null));
    await going;
    return wanted === null;
  };

  return {
    /** Keep these lines; soon, or with `flush` now. */
    keep(lines) {
      wanted = JSON.stringify(lines);
      remember();
      told("unsaved");
      clearTimeout(timer);
      timer = setTimeout(flush, WAIT);
    },
    flush,
    /** Lines that were typed here and did not reach the salon, and whether it has others by now. */
    left(lines) {
      base = JSON.stringify(lines);
      const kept = JSON.parse(localStorage.getItem(place) ?? "null");
      if (!kept || JSON.stringify(kept.lines) === base) {
        localStorage.removeItem(place);
        return null;
      }
      return { lines: kept.lines, elsewhere: kept.base !== base };
    },
    forget: () => localStorage.removeItem(place),
  };
}
