// Keeps an open board as it stands: what another till books is drawn within two seconds, and nothing that she does
// is disturbed. Where the board stands as it is known, the server says so in few words.
import { words as common } from "../words.js";
import { words } from "./parts.js";

const EVERY = 1_200;
const SLOWEST = 15_000;

/** Start it; `draw(board)` draws, `isBusy()` says when not to. Gives `look` at an address, and `refresh`. */
export function readyLive({ draw, isBusy }) {
  const line = document.querySelector("[data-board-live]");
  let address = null;
  let tag = "";
  let wait = EVERY;
  let timer = 0;
  let asked = 0;
  let looking = 0;

  async function ask(headers) {
    const answer = await fetch(address, { headers: { Accept: "application/json", ...headers } });
    if (answer.status === 304) return null;
    const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
    if (!answer.ok) throw Object.assign(new Error(said.detail ?? common.failed), { status: answer.status });
    return { board: said, tag: answer.headers.get("ETag") ?? "" };
  }

  function quiet(sentence) {
    line.textContent = sentence;
    line.hidden = !sentence;
  }

  // Only the last question counts: a slow answer about one day never covers the next.
  async function read(headers, mayDraw) {
    const mine = (asked += 1);
    const found = await ask(headers);
    quiet("");
    wait = EVERY;
    if (!found || mine !== asked || !mayDraw()) return;
    tag = found.tag;
    draw(found.board);
  }

  async function poll() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      if (address && !looking && !isBusy()) await read({ "If-None-Match": tag }, () => !isBusy());
    } catch (error) {
      if (error.status === 401) location.href = "/login";
      quiet(words.cut);
      wait = Math.min(wait * 2, SLOWEST);
    }
    clearTimeout(timer);
    timer = setTimeout(poll, wait);
  }

  /** Look at another day or view; refused: the sentence is thrown. */
  async function look(at) {
    const before = address;
    address = at;
    looking += 1;
    document.body.classList.add("busy");
    try {
      await read({}, () => true);
    } catch (error) {
      address = before;
      if (error.status === 401) location.href = "/login";
      throw error instanceof TypeError ? new Error(common.cut) : error;
    } finally {
      looking -= 1;
      document.body.classList.remove("busy");
    }
  }

  document.addEventListener("visibilitychange", poll);
  window.addEventListener("online", poll);
  document.addEventListener("close", poll, true); // of a dialog
  return {
    look,
    begin: (at) => {
      address = at;
      timer = setTimeout(poll, EVERY);
    },
  };
}
