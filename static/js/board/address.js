// What the desk shows is kept in its address, so that a reload shows it again.

/** Set these values in the address; an empty one is left out. */
export function remember(values) {
  const query = new URLSearchParams(location.search);
  query.delete("new");
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const said = query.toString();
  history.replaceState(null, "", said ? `/desk?${said}` : "/desk");
}
