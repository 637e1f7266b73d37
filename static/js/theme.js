// Light by day, dark in the evening: the person's choice, else the system's. Runs before the first paint.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const choice = () => localStorage.getItem("salon-theme") || (system.matches ? "dark" : "light");
  const paint = () => {
    document.documentElement.dataset.theme = choice();
    document.documentElement.dataset.bsTheme = choice();
  };
  paint();
  system.addEventListener("change", paint);
  addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    localStorage.setItem("salon-theme", choice() === "dark" ? "light" : "dark");
    paint();
  });
})();
