// Several people on a line: a second one joins by a button, and each has a part in percent.
import { latinDigits, persianDigits } from "../digits.js";

const WHOLE = 10_000;

/** Let a row name who shares the line; `told(shares)` hears [[staff id, basis points], …], empty for one alone. */
export function readyShares(row, line, till, told) {
  const box = row.querySelector("[data-shares]");
  const join = row.querySelector("[data-join]");
  if (!till.draft) {
    join.remove();
    box.textContent = (line.shares ?? []).map(([staff, part]) => `${nameOf(till, staff)} ${percent(part)}`).join("، ");
    return;
  }
  const others = (line.shares ?? []).slice(1);
  const first = row.querySelector("[data-col=staff_id]");
  const read = () => {
    const parts = [...box.children].map((one) => [Number(one.querySelector("select").value), pointsOf(one.querySelector("input").value)]);
    const named = parts.filter(([staff]) => staff);
    const rest = WHOLE - named.reduce((sum, [, part]) => sum + part, 0);
    told(named.length && Number(first.value) ? [[Number(first.value), rest], ...named] : []);
  };
  const add = ([staff, part] = ["", WHOLE / 2]) => {
    const one = document.getElementById("share-row").content.firstElementChild.cloneNode(true);
    const [select, input] = [one.querySelector("select"), one.querySelector("input")];
    select.append(new Option("–", ""), ...till.staff.map((person) => new Option(person.name, person.id)));
    select.value = staff;
    input.value = percent(part);
    select.addEventListener("change", read);
    input.addEventListener("change", () => {
      input.value = percent(pointsOf(input.value));
      read();
    });
    one.querySelector("button").addEventListener("click", () => {
      one.remove();
      read();
    });
    box.append(one);
    return select;
  };
  others.forEach(add);
  first.addEventListener("change", () => box.children.length && read());
  join.addEventListener("click", () => add().focus());
}

const nameOf = (till, id) => till.staff.find((person) => person.id === id)?.name ?? "–";
const percent = (points) => `${persianDigits(points / 100).replace(".", "٫")}٪`;
const pointsOf = (text) => Math.round(Number(latinDigits(text).replace(/[٪%\s]/g, "").replace(/[٫/]/, ".")) * 100) || 0;
