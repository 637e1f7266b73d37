// Whom an invoice or a file is for: found by typing, or by her card swiped anywhere on the page.
import { readySearch } from "./search.js";

const form = document.querySelector("[data-pick]");
const chosen = form?.elements[form.dataset.pickAs ?? "customer_id"];
const choose = (customer) => {
  chosen.value = customer.id;
  form.submit();
};

if (form) {
  readySearch(form.querySelector("[data-pick-find]"), choose);
  form.addEventListener("submit", (event) => {
    if (!chosen.value) event.preventDefault();
  });
  document.addEventListener("salon:customer", (event) => {
    event.preventDefault();
    choose(event.detail);
  });
}
