// Whom an invoice is for: found by typing, or by her card swiped anywhere on the page.
import { readySearch } from "./search.js";

const form = document.querySelector("[data-pick]");
const choose = (customer) => {
  form.elements.customer_id.value = customer.id;
  form.submit();
};

readySearch(form.querySelector("[data-pick-find]"), choose);
form.addEventListener("submit", (event) => {
  if (!form.elements.customer_id.value) event.preventDefault();
});
document.addEventListener("salon:customer", (event) => {
  event.preventDefault();
  choose(event.detail);
});
