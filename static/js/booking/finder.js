// What is meant by a few typed letters: a service, or a service and who does it.
import { found, keyOf } from "../checkout/adder.js";

const MOST = 8;
// Where Persian letters stand on the keyboard: who forgot to switch it finds the same.
const LATIN = "qwertyuiopasdfghjklzxcvbnm[];'\\,";
const PERSIAN = "ضصثقفغعهخحشسیبلاتنمظطزرذدئجچکگپو";

const switched = (text) => [...text.toLowerCase()].map((letter) => PERSIAN[LATIN.indexOf(letter)] ?? letter).join("");

/** Who may do a service; whoever serves when nobody is named for it. */
export const ableFor = (service, people) => people.filter((one) => !service.staff.length || service.staff.includes(one.id));

/** Ready services and people for `meant`. */
export const withKeys = (things) => things.map((thing) => ({ ...thing, key: keyOf(thing.name) }));

/** What may be meant, as {service, person}; everything when nothing is typed. */
export function meant(services, people, text) {
  if (!text.trim()) return services.map((service) => ({ service, person: null }));
  const hits = hitsOf(services, people, text);
  return hits.length ? hits : hitsOf(services, people, switched(text));
}

function hitsOf(services, people, text) {
  const named = found(services, text).map((service) => ({ service, person: null }));
  return named.length ? named : together(services, people, text.split(/\s+/).map(keyOf).filter(Boolean));
}

// Words of which some name the service and the others the person.
function together(services, people, words) {
  return services
    .flatMap((service) => ableFor(service, people).map((person) => ({ service, person })))
    .filter(({ service, person }) => words.every((word) => service.key.includes(word) || person.key.includes(word)) && words.some((word) => service.key.includes(word)))
    .slice(0, MOST);
}
