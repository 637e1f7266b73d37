// The bar of a service's phases follows what is typed.
import { latinDigits, persianDigits } from "./digits.js";

const bar = document.querySelector("[data-phase-bar]");
const rows = [...document.querySelectorAll("[data-phases] tr")];

function draw() {
  const parts = rows.map((row) => {
    const minutes = Number(latinDigits(row.querySelector("input").value.trim()));
    if (!Number.isInteger(minutes) || minutes <= 0) return null;
    const part = document.createElement("span");
    part.className = row.querySelector("select").value;
    part.style.flex = minutes;
    part.textContent = persianDigits(minutes);
    return part;
  });
  bar.replaceChildren(...parts.filter(Boolean));
}

rows.forEach((row) => row.addEventListener("input", draw));
draw();
