// The customer beside the board: opening her, and issuing her card.
import { read, send } from "./ask.js";
import { remember } from "./board/address.js";
import { isTyping } from "./keys.js";
import { toast } from "./toast.js";
import { filled, wordsOf } from "./words.js";

/** Start the panel; gives open, refresh, and who is shown. */
export function readyPanel() {
  const side = document.getElementById("panel");
  let wished = 0;
  const shown = () => side.querySelector("[data-customer]")?.dataset;

  // Only the last wish counts: a slow answer about one customer never covers the next one, nor comes back after Esc.
  async function open(id, { quiet = false } = {}) {
    const mine = (wished += 1);
    let content;
    try {
      content = await read(`/desk/panel/${id}`, { html: true });
    } catch (error) {
      return toast(error.message, "bad");
    }
    if (mine !== wished) return;
    side.innerHTML = content;
    if (!quiet || matchMedia("(min-width: 761px)").matches) side.classList.add("open");
    remember({ customer: id });
    if (!quiet) side.focus();
  }

  function close() {
    wished += 1;
    side.classList.remove("open");
    side.replaceChildren(document.getElementById("nobody").content.cloneNode(true));
    remember({ customer: "" });
  }

  const issuing = document.getElementById("card-issue");
  async function issue(raw) {
    try {
      const card = await send(`/desk/customers/${issuing.dataset.customer}/cards`, { raw });
      toast(filled(wordsOf("desk-words").card_issued, card));
      issuing.close();
      open(issuing.dataset.customer, { quiet: true });
    } catch (error) {
      toast(error.message, "bad");
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-card-issue]");
    if (button) {
      issuing.dataset.customer = button.dataset.cardIssue;
      issuing.showModal();
    }
    if (event.target.closest?.("[data-panel-close]")) close();
  });
  document.addEventListener("salon:swipe", (event) => {
    if (!issuing.open) return;
    event.preventDefault();
    issue(event.detail.raw);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !isTyping(event.target) && !document.querySelector("dialog[open]")) close();
  });

  return {
    open,
    refresh: (id) => String(shown()?.customer) === String(id) && open(id, { quiet: true }),
    customer: () => shown() && { id: shown().customer, name: shown().name, code_shown: shown().code },
  };
}
