// A box that finds customers while typing; arrows and Enter choose.
import { words } from "./words.js";

/** Let `box` (with an input, a list and data-address) find customers; `choose` gets the found one, else the desk opens her. */
export function readySearch(box, choose = openCustomer) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  let found = [];
  let chosen = -1;
  let wanted = "";
  let timer = 0;

  const show = (open) => {
    list.hidden = !open;
    input.ariaExpanded = String(open);
  };
  const mark = (index) => {
    chosen = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    list.children[index]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[index]?.id ?? "");
  };
  const take = (customer) => {
    show(false);
    input.value = "";
    choose(customer);
  };
  const draw = () => {
    list.replaceChildren(...found.map((customer, place) => line(customer, `${list.id}-${place}`)));
    if (!found.length) list.append(Object.assign(document.createElement("li"), { className: "none", textContent: words.nobody_found }));
    show(true);
    mark(found.length ? 0 : -1);
  };
  const ask = async () => {
    const text = (wanted = input.value.trim());
    if (!text) return show(false);
    const answer = await fetch(`${box.dataset.address}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || text !== wanted) return;
    found = (await answer.json()).items;
    draw();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", async (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) mark((chosen + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (wanted !== input.value.trim()) {
        clearTimeout(timer);
        await ask();
      }
      if (!list.hidden && found[chosen]) take(found[chosen]);
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const place = [...list.children].indexOf(event.target.closest("li"));
    if (found[place]) take(found[place]);
  });
  input.addEventListener("blur", () => show(false));
}

function line(customer, id) {
  const item = document.createElement("li");
  item.role = "option";
  item.id = id;
  item.append(
    Object.assign(document.createElement("b"), { textContent: customer.name }),
    Object.assign(document.createElement("span"), { className: "muted", textContent: customer.code_shown }),
    Object.assign(document.createElement("small"), { textContent: customer.mobile_shown }),
  );
  return item;
}

function openCustomer(customer) {
  const opening = new CustomEvent("salon:customer", { detail: { id: customer.id, by: "search" }, cancelable: true });
  if (document.dispatchEvent(opening)) location.href = `/desk?customer=${customer.id}`;
}
