// Whom a booking is for: found, swiped, or let in here.
import { read, send } from "../ask.js";
import { readySearch } from "../search.js";

/** Start the customer's part; `taken` is told when somebody was chosen or put away, `refuse` what is refused. */
export function readyCustomer(dialog, words, { taken, refuse, clear }) {
  const form = dialog.querySelector("form");
  const part = (name) => dialog.querySelector(`[data-booking-${name}]`);
  const field = (name) => dialog.querySelector(`[data-person=${name}]`);
  const known = dialog.querySelector("[data-person-known]");
  const find = document.getElementById("booking-find");
  let walkIn = false;

  function show(customer) {
    form.elements.customer_id.value = customer?.id ?? "";
    const chosen = dialog.querySelector(".chosen");
    chosen.hidden = !customer;
    chosen.querySelector("b").textContent = customer ? [customer.name, customer.code_shown].filter(Boolean).join(" · ") : "";
    part("find").hidden = Boolean(customer);
    if (part("none")) part("none").hidden = Boolean(customer);
    part("person").hidden = true;
    part("person").disabled = true;
  }

  function take(customer) {
    clear();
    show(customer);
    if (!customer) find.focus();
    taken(customer);
  }

  function begin(asWalkIn) {
    walkIn = asWalkIn;
    const typed = find.value.trim();
    part("person").hidden = false;
    part("person").disabled = false;
    known.hidden = true;
    const isNumber = /[\d۰-۹]/.test(typed);
    const [first = "", ...rest] = isNumber ? [] : typed.split(" ");
    field("first_name").value = first;
    field("last_name").value = rest.join(" ");
    field("mobile").value = isNumber ? typed : "";
    field("mobile").closest(".field").hidden = asWalkIn;
    field("first_name").focus();
  }

  async function save(shared = false) {
    clear();
    const values = Object.fromEntries(["first_name", "last_name", "mobile"].map((name) => [name, field(name).value]));
    if (walkIn) values.mobile = "";
    else if (!values.mobile.trim()) {
      refuse(words.mobile_missing, "mobile");
      return field("mobile").focus();
    }
    try {
      take(await send("/desk/customers", { ...values, is_walk_in: walkIn ? "1" : "", shared_mobile: shared ? "1" : "" }));
    } catch (error) {
      if (error.said?.owner) showOwner(error.message, error.said.owner);
      else refuse(error.message, error.said?.field);
    }
  }

  function showOwner(sentence, owner) {
    known.hidden = false;
    known.querySelector("p").textContent = sentence;
    known.querySelector("[data-person-same]").onclick = () => take(owner);
    known.querySelector("[data-person-shared]").onclick = () => save(true);
    known.querySelector("[data-person-same]").focus();
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-person]")) return;
    event.preventDefault();
    save();
  });
  part("other").addEventListener("click", () => take(null));
  part("new")?.addEventListener("click", () => begin(false));
  part("walk-in")?.addEventListener("click", () => begin(true));
  dialog.querySelector("[data-person-save]").addEventListener("click", () => save());
  dialog.querySelector("[data-person-drop]").addEventListener("click", () => take(null));
  readySearch(part("find"), take);

  return {
    show,
    take,
    /** A booking that is changed stays hers. */
    fix: (fixed) => (part("other").hidden = fixed),
    /** Take a found or swiped customer. */
    choose: (id) => read(`/desk/customers/${id}`).then(take, (error) => refuse(error.message, "customer_id")),
  };
}
