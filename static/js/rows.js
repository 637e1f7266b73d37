// Lists that arrows walk and Enter opens: the first link of each row.
const links = [...document.querySelectorAll("[data-rows] tr")].map((row) => row.querySelector("a"));

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || (event.code !== "ArrowDown" && event.code !== "ArrowUp")) return;
  const here = document.activeElement;
  if (!links.length || (here !== document.body && here.id !== "main" && !links.includes(here))) return;
  event.preventDefault();
  const step = event.code === "ArrowDown" ? 1 : -1;
  const place = links.includes(here) ? links.indexOf(here) + step : 0;
  links[Math.max(0, Math.min(place, links.length - 1))].focus();
});
document.querySelectorAll("[data-rows] tr").forEach((row) =>
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a, button") && !window.getSelection().toString()) row.querySelector("a").click();
  }),
);
