// The dialog of a booking: opening it, and moving one of its services to another time or person.
import { read, send } from "./ask.js";
import { warnOfHours } from "./desk-hours.js";
import { toast } from "./toast.js";

/** Start the dialog; `moved(answer)` is told when a service was moved. Gives open and close. */
export function readyVisit({ moved }) {
  const dialog = document.getElementById("visit");

  async function open(appointmentId) {
    try {
      dialog.innerHTML = await read(`/desk/appointments/${appointmentId}`, { html: true });
    } catch (error) {
      toast(error.message, "bad");
      return false;
    }
    if (!dialog.open) dialog.showModal();
    return true;
  }

  function unfold() {
    const form = dialog.querySelector("[data-visit-move]");
    form.hidden = false;
    dialog.querySelectorAll(".steps, [data-move-opens]").forEach((other) => (other.hidden = true));
    form.querySelector("#move-item, #move-time").focus();
  }

  // Of several services the chosen one says when and by whom it is now.
  function choose(select) {
    const { time, staff } = select.selectedOptions[0].dataset;
    select.form.elements.time.value = time;
    select.form.elements.staff_id.value = staff;
  }

  async function move(form) {
    const refused = form.querySelector(".form-error");
    const button = form.querySelector("button");
    refused.hidden = true;
    button.disabled = true;
    try {
      const said = await send(`/desk/appointments/${form.dataset.visitMove}/move`, new FormData(form));
      dialog.close();
      await moved(said);
    } catch (error) {
      refused.textContent = error.message;
      refused.hidden = false;
    } finally {
      button.disabled = false;
    }
  }

  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-move-opens]")) unfold();
  });
  dialog.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-visit-move]")) return;
    event.preventDefault();
    move(event.target);
  });
  dialog.addEventListener("input", (event) => event.target.form && warnOfHours(event.target.form));
  dialog.addEventListener("change", (event) => {
    if (event.target.name === "item_id") choose(event.target);
    if (event.target.form) warnOfHours(event.target.form);
  });
  return { open, close: () => dialog.open && dialog.close() };
}
