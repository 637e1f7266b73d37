// What is wrong with the layout of a page, as sentences. Runs inside the page.
([mayScroll, language]) => {
  const faults = [];
  const root = document.documentElement;
  const name = (element) => `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}.${[...element.classList].join(".")} «${(element.innerText ?? "").trim().slice(0, 30)}»`;
  const scope = [...document.querySelectorAll("dialog[open]")].pop() ?? document.body;

  if (root.dir !== (language === "fa" ? "rtl" : "ltr")) faults.push(`the page runs ${root.dir}`);
  if (root.lang !== language) faults.push(`the page says it is ${root.lang}`);
  if (root.scrollWidth > root.clientWidth) faults.push("the page scrolls sideways");
  const main = document.querySelector("main") ?? document.body;
  if (main.scrollWidth > main.clientWidth + 1) faults.push(`the screen scrolls sideways: ${main.scrollWidth} > ${main.clientWidth}`);
  if (!mayScroll && (root.scrollHeight > root.clientHeight || main.scrollHeight > main.clientHeight + 1)) faults.push("the screen scrolls");

  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && getComputedStyle(element).clipPath === "none" && !element.closest(".visually-hidden, .skip, template, script, style, noscript, [aria-hidden=true]");
  const scrolls = (element) => {
    for (let above = element; above && above !== document.body; above = above.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(above).overflowX) && above.scrollWidth > above.clientWidth) return above;
    }
    return null;
  };
  const cutter = (element) => {
    for (let above = element; above && above !== root; above = above.parentElement) {
      const style = getComputedStyle(above);
      if (style.display !== "inline" && style.overflowX !== "visible") return [above, style];
    }
    return [null, null];
  };

  for (const list of scope.querySelectorAll(".table-wrap")) {
    if (["auto", "scroll"].includes(getComputedStyle(list).overflowY) && list.scrollHeight > list.clientHeight) faults.push(`a list has a scroll bar of its own: ${name(list)}`);
  }

  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !isSeen(element) || element.closest("option, optgroup, .ec-sidebar")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    if (!scrolls(element) && (box.left < -1 || box.right > innerWidth + 1)) faults.push(`out of the screen: ${name(element)}`);
    const [above, style] = cutter(element);
    if (above && above !== document.body && !["auto", "scroll"].includes(style.overflowX) && style.textOverflow !== "ellipsis") {
      const frame = above.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1) faults.push(`cut: ${name(element)}`);
      if (box.bottom > frame.bottom + 3 && above.scrollHeight > above.clientHeight + 3) faults.push(`cut below: ${name(element)}`);
    }
    const holder = element.closest("button, .btn, .chip, .tiles div, td, th, .way, .row-of, .field, .hits li, .ec-event, .toast-line") ?? element;
    if (holder.scrollWidth > holder.clientWidth + 1 && holder.clientWidth && style?.textOverflow !== "ellipsis" && !scrolls(holder)) faults.push(`too narrow: ${name(holder)} ${holder.scrollWidth} > ${holder.clientWidth}`);
    if (/[0-9]/.test(node.data.replace("A5", "")) && !element.closest("kbd, code, .code, [lang=en]")) faults.push(`Latin digits: ${node.data.trim().slice(0, 40)} in ${name(element)}`);
  }
  for (const field of scope.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio], [type=password], [type=color]), textarea")) {
    if (isSeen(field) && /[0-9]/.test(field.value + field.placeholder) && !field.matches(".code, [lang=en]")) faults.push(`Latin digits in a field: ${field.name || field.id} = ${field.value}${field.placeholder}`);
  }
  return [...new Set(faults)];
}
