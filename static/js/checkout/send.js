// Sending a form that moves money: once, with everything typed still there when it is refused or the line is cut.

/** Post the form and go where the answer says. The form's own key makes a second sending harmless. */
export async function sendForm(form, { refuse, refuseLine, forget, offline }) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  document.body.classList.add("busy");
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
  }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok && said?.location) {
    forget();
    location.href = said.location;
    return;
  }
  form.ariaBusy = "false";
  document.body.classList.remove("busy");
  if (!said) return refuse("", offline);
  if (refuseLine && said.field?.startsWith("lines.")) return refuseLine(said);
  for (const [name, sentences] of Object.entries(said.errors ?? {})) refuse(name, sentences.join(" "));
  if (said.detail) refuse("", said.detail);
  form.querySelector(".wrong :is(input, select)")?.focus();
}
