// Asking the server from scripts; a refusal is an Error with the sentence and what else was said.
import { words } from "./words.js";

/** The token that a request came from our own page. */
export const csrf = () => document.querySelector("meta[name=csrf-token]").content;

async function answerOf(request) {
  document.body.classList.add("busy");
  try {
    const answer = await request;
    const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : await answer.text();
    if (answer.ok) return said;
    if (answer.status === 401) location.href = "/login";
    throw Object.assign(new Error(said.detail ?? words.failed), { said });
  } catch (error) {
    if (error instanceof TypeError) throw new Error(words.cut);
    throw error;
  } finally {
    document.body.classList.remove("busy");
  }
}

/** Read JSON, or a fragment with `html`. */
export const read = (address, { html = false } = {}) =>
  answerOf(fetch(address, { headers: { Accept: html ? "text/html" : "application/json", ...(html ? { "HX-Request": "true" } : {}) } }));

/** Send a form's values and read JSON. */
export const send = (address, values) =>
  answerOf(fetch(address, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": csrf() }, body: values instanceof FormData ? values : new URLSearchParams(values) }));
