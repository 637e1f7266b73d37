// Keeps a draft: here at once, at the salon soon after; what was typed outlives refusals, refreshes and cut lines.
import { csrf } from "../ask.js";

const WAIT = 400;

/** A keeper of one draft, known by its number and its birth (numbers are given again): its lines and terms. `told(state, answer)` hears saving, saved, unsaved, offline or refused;
 * `typedOf(answer)` gives what the salon keeps as it is typed. */
export function keeperOf({ id, born, typedOf, told }) {
  const place = `salon:draft:${id}:${born}`;
  let base = "{}";
  let wanted = null;
  let timer = 0;
  let going = null;

  const remember = () => localStorage.setItem(place, JSON.stringify({ base, draft: JSON.parse(wanted) }));

  const send = async () => {
    const sent = wanted;
    told("saving");
    const answer = await fetch(`/invoices/${id}/lines`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ ...JSON.parse(sent), born }),
    }).catch(() => null);
    if (!answer) return told("offline");
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) return told("refused", { status: answer.status, ...said });
    base = JSON.stringify(typedOf(said));
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
    /** Keep this draft; soon, or with `flush` now. */
    keep(draft) {
      wanted = JSON.stringify(draft);
      remember();
      told("unsaved");
      clearTimeout(timer);
      timer = setTimeout(flush, WAIT);
    },
    flush,
    /** What was typed here and did not reach the salon, and whether it has something else by now. */
    left(draft) {
      base = JSON.stringify(draft);
      const kept = JSON.parse(localStorage.getItem(place) ?? "null");
      if (!kept?.draft || JSON.stringify(kept.draft) === base) {
        localStorage.removeItem(place);
        return null;
      }
      return { draft: kept.draft, elsewhere: kept.base !== base };
    },
    /** Keep nothing of it any more. */
    forget() {
      clearTimeout(timer);
      wanted = null;
      localStorage.removeItem(place);
    },
  };
}
