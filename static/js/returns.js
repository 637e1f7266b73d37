// Returning: one key fills in all that is left of every line.
const form = document.querySelector("form:has([data-all])");

if (form) {
  form.querySelector("[data-all]").addEventListener("click", () => {
    for (const box of form.querySelectorAll("[data-left]")) {
      box.value = Number(box.dataset.left).toLocaleString("fa-IR", { useGrouping: false });
    }
    form.dispatchEvent(new Event("filled"));
  });
}
