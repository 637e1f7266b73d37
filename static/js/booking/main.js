// The booking dialog: who, which services by whom, when; times that fit them all are offered, and the chosen one is kept.
import { read, send } from "../ask.js";
import { minutesTyped, warnOfHours } from "../desk-hours.js";
import { latinDigits, persianDigits, timeOfDay } from "../digits.js";
import { written } from "../jalali-date.js";
import { toast } from "../toast.js";
import { filled, wordsOf } from "../words.js";
import { readyCustomer } from "./customer.js";
import { readyHold } from "./hold.js";
import { readyNotices } from "./notices.js";
import { readyRefusals } from "./refusals.js";
import { readySeries } from "./series.js";
import { readyServices } from "./services.js";
import { askTimes, drawTimes, partsKey, walkTimes } from "./times.js";

const PAUSE = 350; // milliseconds after which what is typed counts as meant
const WHOLE = /^(\d{1,2}\D\d\d|\d{4}|[3-9]\d\d)$/; // 10:30, 1030, 930: no digit can follow

/** Start the dialog with what the salon offers; gives open, change and choose. */
export function readyBooking(offered, { booked }) {
  const words = wordsOf("booking-words");
  const dialog = document.getElementById("booking");
  const form = document.getElementById("booking-form");
  const part = (name) => dialog.querySelector(`[data-booking-${name}]`);
  const time = form.elements.time;
  const refusals = readyRefusals(dialog);
  const notices = readyNotices(part("notices"), words);
  const series = readySeries(dialog, words);
  const hold = readyHold(part("kept"), words);
  const services = readyServices(dialog, offered, words, { changed: visitChanged, done: () => (time.focus(), time.select()) });
  const customer = readyCustomer(dialog, words, { taken, refuse: refusals.refuse, clear: refusals.clear });
  let chosen = null; // the parts of the time that was chosen, with their people
  let settled = ""; // the day and time that are kept
  let offers = null; // null: not known yet
  let asked = 0; // of several questions under way only the last one's answer counts
  let keeping = 0;
  let timer = 0;

  const changing = () => form.elements.appointment_id.value !== "";
  const moment = () => `${latinDigits(form.elements.day.value)} ${minutesTyped(time.value)}`;

  /** What is typed, with the people and times of the parts that were chosen. */
  function values(more = {}) {
    const all = new FormData(form);
    if (chosen) {
      all.delete("staff_id");
      chosen.forEach((one) => (all.append("staff_id", one.staff_id), all.append("begins", one.begins)));
    }
    if (hold.id()) all.set("hold_id", hold.id());
    for (const [name, value] of Object.entries(more)) all.set(name, value);
    return all;
  }

  const typed = () => new URLSearchParams(new FormData(form)).toString();

  // What she is asked about a visit does not change with the number of its hold.
  function visit() {
    const all = values();
    ["hold_id", "note", "reach"].forEach((name) => all.delete(name));
    return all;
  }

  async function offer() {
    const mine = (asked += 1);
    if (!services.any()) return hideTimes();
    part("free").querySelectorAll(".offer").forEach((row) => (row.ariaDisabled = "true")); // they are of a visit that was
    const all = values();
    all.delete("begins");
    if (chosen) {
      all.delete("staff_id");
      form.querySelectorAll("[name=staff_id]").forEach((select) => all.append("staff_id", select.value));
    }
    const found = await askTimes(all);
    if (mine !== asked || !dialog.open) return;
    offers = found;
    showTimes();
  }

  function hideTimes() {
    asked += 1;
    offers = null;
    part("free").replaceChildren();
  }

  function showTimes() {
    const keyed = part("taken").hidden;
    const inside = part("free").contains(document.activeElement);
    drawTimes(part("free"), offers ?? [], words, { choose, keyed, days: new FormData(form).get("reach") !== "day" });
    if (offers && !offers.length) part("free").append(Object.assign(document.createElement("p"), { className: "none", textContent: words.none_free }));
    press();
    if (inside) (part("free").querySelector("[aria-pressed=true]") ?? part("free").querySelector(".offer") ?? time).focus();
  }

  function press() {
    const key = chosen ? partsKey(chosen) : "";
    dialog.querySelectorAll(".offer").forEach((row) => (row.ariaPressed = String(row.dataset.parts === key)));
  }

  async function choose(found) {
    form.elements.day.value = written(new Date(`${found.day}T00:00Z`));
    time.value = found.time;
    chosen = found.parts;
    press();
    if (services.give(chosen)) offer();
    await keep();
  }

  /** Keep the time that stands in its field; what is refused is said there, with the nearest times. */
  async function keep() {
    const mine = (keeping += 1);
    clearTimeout(timer);
    clear();
    warnOfHours(form);
    settled = moment();
    if (!services.any() || !time.value.trim()) return hold.release();
    try {
      const said = await hold.take(values());
      if (!said || mine !== keeping) return;
      if (said.parts) chosen = said.parts;
      if (said.time && document.activeElement !== time) time.value = said.time;
      press();
      if (form.elements.customer_id.value) await notices.tell(visit());
    } catch (error) {
      if (mine !== keeping) return;
      hold.release();
      refuse(error);
    }
  }

  function clear() {
    refusals.clear();
    if (part("untested")) part("untested").hidden = true;
    if (part("taken").hidden) return;
    part("taken").hidden = true;
    part("nearest").replaceChildren();
    showTimes();
  }

  function refuse(error) {
    const { field, code, nearest = [] } = error.said ?? {};
    const input = refusals.refuse(error.message, field);
    part("taken").hidden = code !== "slot_taken";
    part("later").hidden = changing() || !form.elements.customer_id.value;
    if (part("untested")) part("untested").hidden = code !== "patch_test_missing";
    drawTimes(part("nearest"), nearest, words, { choose, keyed: true, days: false });
    showTimes();
    return input;
  }

  function visitChanged() {
    chosen = null;
    series.forget();
    offer();
    keep();
  }

  function taken(found) {
    if (!found) return notices.clear();
    services.focus();
    if (services.any()) visitChanged();
  }

  function begin({ day, time: of = "", staffId = "", customer: who = null, items = [], id = "", more = {} }) {
    form.reset();
    chosen = null;
    settled = "";
    clear();
    notices.clear();
    hold.release();
    const title = document.getElementById("booking-title");
    title.textContent = id ? title.dataset.changed : title.dataset.new;
    form.elements.appointment_id.value = id;
    series.reset(!id);
    services.reset(staffId ?? "", items);
    form.elements.day.value = written(new Date(`${day}T00:00Z`));
    time.value = timeOfDay(of);
    for (const [name, value] of Object.entries(more)) form.elements[name].value = value;
    hideTimes();
    warnOfHours(form);
    if (!dialog.open) dialog.showModal();
    customer.fix(Boolean(id));
    customer.show(who);
    (who ? document.getElementById("booking-service") : document.getElementById("booking-find")).focus();
  }

  /** Open on a booking that is there already. */
  async function change(id) {
    try {
      const found = await read(`/desk/appointments/${id}/services`);
      const wait = found.longest_wait ? persianDigits(found.longest_wait) : "";
      begin({ ...found, more: { note: found.note, order: found.order, longest_wait: wait } });
      chosen = found.items;
      settled = moment();
      offer();
    } catch (error) {
      toast(error.message, "bad");
    }
  }

  async function save(event) {
    event.preventDefault();
    await unlessBusy(event.submitter ?? form.querySelector("[data-key=F10]"), async () => {
      if (moment() !== settled) chosen = null;
      settled = moment();
      keeping += 1;
      clearTimeout(timer);
      clear();
      const meant = typed();
      await hold.settled(); // what is being kept for her must not stand in her way
      if (!form.elements.customer_id.value || !services.any()) return post();
      if ((await notices.stops(visit())) || typed() !== meant) return; // she has chosen something else meanwhile
      if (!changing() && series.wanted()) return repeat();
      await post();
    });
  }

  async function post(more = {}) {
    const id = form.elements.appointment_id.value;
    const said = await send(id ? `/desk/appointments/${id}/services` : "/desk/appointments", values(more));
    finish(said);
  }

  async function repeat(more = {}) {
    if (await series.asks(values(), visit())) return;
    const all = values(more);
    series.chosen().forEach((begins) => all.append("chosen", begins));
    if (!all.has("chosen")) return refusals.refuse(words.none_chosen);
    finish(await send("/desk/booking/series", all));
  }

  function finish(said) {
    const sentence = said.count ? words.repeated : changing() ? words.changed : words.booked;
    hold.spent();
    dialog.close();
    booked(said, filled(sentence, { ...said, count: persianDigits(said.count ?? "") }));
  }

  async function unlessBusy(button, act) {
    button.disabled = true; // a double click books once
    try {
      await act();
    } catch (error) {
      refuse(error)?.focus();
      offer();
    } finally {
      button.disabled = false;
    }
  }

  form.addEventListener("submit", save);
  // What may be passed is passed by a button of its own, after it was refused.
  for (const [name, passed] of [["overbook", "overbook"], ["pass", "without_patch_test"]]) {
    part(name)?.addEventListener("click", (event) =>
      unlessBusy(event.target, async () => {
        await hold.settled();
        if (await notices.stops(visit())) return;
        if (!changing() && series.wanted()) await repeat({ [passed]: "1" });
        else await post({ [passed]: "1" });
      }),
    );
  }
  // Whose time is taken may wait until it opens.
  part("later").addEventListener("click", (event) =>
    unlessBusy(event.target, async () => {
      const said = await send("/waitlist/wish", new FormData(form));
      dialog.close();
      toast(said.detail);
    }),
  );
  form.addEventListener("input", (event) => {
    hold.renew();
    if (event.target.matches("[name=day], [name=time]")) {
      if (moment() !== settled) chosen = null;
      press();
      warnOfHours(form);
    }
    if (event.target === time) {
      clearTimeout(timer);
      if (WHOLE.test(latinDigits(time.value).trim())) timer = setTimeout(() => keep().then(offer), PAUSE);
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "reach") return offer();
    if (!event.target.matches("[name=day], [name=time]") || moment() === settled) return;
    keep();
    offer();
  });
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    asked += 1;
    keeping += 1;
    hold.release();
  });
  walkTimes(dialog, time);

  return {
    open: begin,
    change,
    /** Take a found or swiped customer; false when no booking is being written. */
    choose(id) {
      if (!dialog.open) return false;
      if (!changing()) customer.choose(id);
      return true;
    },
  };
}
