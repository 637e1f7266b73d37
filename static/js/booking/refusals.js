// A refusal stands at the field that it concerns; what has none stands above them all.
const PLACES = {
  customer_id: "#booking-find",
  items: "#booking-service",
  service_id: "#booking-service",
  staff_id: "#booking-service",
  starts_at: "#booking-time",
  day: "#booking-day",
  longest_wait: "#booking-wait",
  note: "#booking-note",
  every_weeks: "#booking-every",
  first_name: "#new-first",
  last_name: "#new-last",
  mobile: "#new-mobile",
};

/** Show and take back refusals in `dialog`. */
export function readyRefusals(dialog) {
  const above = dialog.querySelector("[data-booking-error]");

  function clear() {
    above.hidden = true;
    above.textContent = "";
    dialog.querySelectorAll(".error").forEach((error) => error.remove());
    dialog.querySelectorAll(".field.wrong").forEach((field) => {
      field.classList.remove("wrong");
      field.querySelectorAll("[aria-invalid]").forEach((input) => ["aria-invalid", "aria-describedby"].forEach((name) => input.removeAttribute(name)));
    });
  }

  /** Say it; gives the field at which it stands, if there is one that is seen. */
  function refuse(sentence, name) {
    clear();
    const input = dialog.querySelector(PLACES[name] ?? ":not(*)");
    if (!input || !input.closest(".field").getClientRects().length) {
      above.textContent = sentence;
      above.hidden = false;
      return null;
    }
    const error = Object.assign(document.createElement("div"), { className: "error", role: "alert", id: `${input.id}-error`, textContent: sentence });
    input.closest(".field").classList.add("wrong");
    (input.closest(".fields") ?? input.closest(".field")).after(error);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
    return input;
  }

  return { clear, refuse };
}
