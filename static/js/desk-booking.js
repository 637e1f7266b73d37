// The booking dialog: who, which services by whom, when; free times are offered as soon as a service is chosen.
import { read, send } from "./ask.js";
import { persianDigits, timeOfDay } from "./digits.js";
import { warnOfHours } from "./desk-hours.js";
import { readySearch } from "./search.js";
import { written } from "./jalali-date.js";
import { filled, wordsOf } from "./words.js";

const words = wordsOf("desk-words");

const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });

/** Start the dialog with what the salon offers; gives open and choose. */
export function readyBooking(offered, { booked }) {
  const dialog = document.getElementById("booking");
  const form = document.getElementById("booking-form");
  const part = (name) => dialog.querySelector(`[data-booking-${name}]`);
  const field = (name) => dialog.querySelector(`[data-person=${name}]`);
  const items = part("items");
  let asked = 0;
  let walkIn = false;

  const refuse = (sentence) => {
    part("error").textContent = sentence ?? "";
    part("error").hidden = !sentence;
  };

  function take(customer) {
    form.elements.customer_id.value = customer?.id ?? "";
    const chosen = dialog.querySelector(".chosen");
    chosen.hidden = !customer;
    chosen.querySelector("b").textContent = customer ? [customer.name, customer.code_shown].filter(Boolean).join(" · ") : "";
    dialog.querySelector(".find").hidden = Boolean(customer);
    if (part("none")) part("none").hidden = Boolean(customer);
    part("person").hidden = true;
    part("person").disabled = true;
    (customer ? items.querySelector("select") : document.getElementById("booking-find")).focus();
  }

  function addItem(staffId = "") {
    const row = document.getElementById("booking-item").content.cloneNode(true).firstElementChild;
    const [service, staff] = row.querySelectorAll("select");
    const number = items.children.length;
    row.querySelectorAll("label").forEach((label, place) => {
      label.htmlFor = `booking-item-${number}-${place}`;
      row.querySelectorAll("select")[place].id = label.htmlFor;
    });
    service.append(option("", number ? "—" : words.choose));
    for (const category of new Set(offered.services.map((one) => one.category))) {
      const group = Object.assign(document.createElement("optgroup"), { label: category || words.services });
      group.append(...offered.services.filter((one) => one.category === category).map((one) => option(one.id, filled(words.service, { name: one.name, minutes: persianDigits(one.minutes) }))));
      service.append(group);
    }
    const fill = () => people(staff, service.value, staff.value || staffId);
    service.addEventListener("change", () => {
      fill();
      offerTimes();
    });
    staff.addEventListener("change", offerTimes);
    fill();
    items.append(row);
    return service;
  }

  // Those who do the service come first; anybody else may still be named.
  function people(select, serviceId, wanted) {
    const able = offered.services.find((one) => String(one.id) === serviceId)?.staff ?? [];
    const does = (one) => !able.length || able.includes(one.id);
    select.replaceChildren(option("", words.anybody), ...offered.people.filter(does).map((one) => option(one.id, one.name)));
    const others = offered.people.filter((one) => !does(one));
    if (others.length) {
      const group = Object.assign(document.createElement("optgroup"), { label: words.others });
      group.append(...others.map((one) => option(one.id, one.name)));
      select.append(group);
    }
    select.value = wanted;
  }

  async function offerTimes() {
    const [service, staff] = items.querySelectorAll("select");
    const day = form.elements.day.value;
    const mine = (asked += 1);
    if (!service.value || !day) return part("free").replaceChildren();
    const question = new URLSearchParams({ service_id: service.value, staff_id: staff.value, day, time: form.elements.time.value });
    try {
      const { slots } = await read(`/desk/free?${question}`);
      if (mine === asked) drawTimes(slots, staff);
    } catch {
      part("free").replaceChildren(); // a half-typed day or time offers nothing yet
    }
  }

  function drawTimes(slots, staff) {
    part("free").replaceChildren(
      ...slots.map((slot) => {
        const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip" });
        chip.textContent = staff.value ? slot.time : `${slot.time} ${slot.name}`;
        chip.ariaPressed = String(timeOfDay(form.elements.time.value) === slot.time && (!staff.value || +staff.value === slot.staff_id));
        chip.onclick = () => {
          form.elements.time.value = slot.time;
          warnOfHours(form);
          staff.value = slot.staff_id;
          [...part("free").children].forEach((other) => (other.ariaPressed = String(other === chip)));
        };
        return chip;
      }),
    );
    if (!slots.length) part("free").append(Object.assign(document.createElement("small"), { textContent: words.none_free }));
  }

  function open({ day, time = "", staffId = "", customer = null }) {
    form.reset();
    refuse();
    items.replaceChildren();
    addItem(staffId ?? "");
    form.elements.day.value = written(new Date(`${day}T00:00Z`));
    form.elements.time.value = timeOfDay(time);
    part("free").replaceChildren();
    warnOfHours(form);
    if (!dialog.open) dialog.showModal();
    take(customer);
  }

  async function save(event) {
    event.preventDefault();
    refuse();
    const button = event.submitter ?? form.querySelector("[data-key=F10]");
    button.disabled = true; // a double click books once
    try {
      const said = await send("/desk/appointments", new FormData(form));
      dialog.close();
      booked(said);
    } catch (error) {
      refuse(error.message);
      offerTimes();
    } finally {
      button.disabled = false;
    }
  }

  function beginPerson(asWalkIn) {
    walkIn = asWalkIn;
    const typed = document.getElementById("booking-find").value.trim();
    part("person").hidden = false;
    part("person").disabled = false;
    dialog.querySelector("[data-person-known]").hidden = true;
    const isNumber = /[\d۰-۹]/.test(typed);
    const [first = "", ...rest] = isNumber ? [] : typed.split(" ");
    field("first_name").value = first;
    field("last_name").value = rest.join(" ");
    field("mobile").value = isNumber ? typed : "";
    field("mobile").closest(".field").hidden = asWalkIn;
    field("first_name").focus();
  }

  async function savePerson(shared = false) {
    refuse();
    const values = Object.fromEntries(["first_name", "last_name", "mobile"].map((name) => [name, field(name).value]));
    if (walkIn) values.mobile = "";
    else if (!values.mobile.trim()) {
      refuse(words.mobile_missing);
      return field("mobile").focus();
    }
    try {
      take(await send("/desk/customers", { ...values, is_walk_in: walkIn ? "1" : "", shared_mobile: shared ? "1" : "" }));
    } catch (error) {
      if (error.said?.owner) showOwner(error.message, error.said.owner);
      else refuse(error.message);
    }
  }

  function showOwner(sentence, owner) {
    const known = dialog.querySelector("[data-person-known]");
    known.hidden = false;
    known.querySelector("p").textContent = sentence;
    known.querySelector("[data-person-same]").onclick = () => take(owner);
    known.querySelector("[data-person-shared]").onclick = () => savePerson(true);
    known.querySelector("[data-person-same]").focus();
  }

  form.addEventListener("submit", save);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-person]")) return;
    event.preventDefault();
    savePerson();
  });
  part("other").addEventListener("click", () => take(null));
  part("more").addEventListener("click", () => addItem().focus());
  part("new")?.addEventListener("click", () => beginPerson(false));
  part("walk-in")?.addEventListener("click", () => beginPerson(true));
  dialog.querySelector("[data-person-save]").addEventListener("click", () => savePerson());
  dialog.querySelector("[data-person-drop]").addEventListener("click", () => take(null));
  form.addEventListener("input", () => warnOfHours(form));
  form.elements.day.addEventListener("change", offerTimes);
  form.elements.time.addEventListener("change", offerTimes);
  readySearch(dialog.querySelector(".find"), take);

  return {
    open,
    /** Take a found or swiped customer; false when no booking is being written. */
    choose(id) {
      if (!dialog.open) return false;
      read(`/desk/customers/${id}`).then(take, (error) => refuse(error.message));
      return true;
    },
  };
}
