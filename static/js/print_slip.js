// Prints the slip: by its button, and once by itself right after a settlement.
document.querySelector("[data-print]").addEventListener("click", () => window.print());

const here = new URL(location.href);
if (here.searchParams.get("print")) {
  here.searchParams.delete("print");
  history.replaceState(null, "", here);
  window.print();
}
