/**
 * What word processors put on the clipboard, made into what the schema reads: Word writes lists as
 * paragraphs with a level in their style, Google Docs wraps everything in a bold that is none, and
 * both bring a style sheet. What is no structure (colours, fonts, sizes) has no place in a document.
 */
export function cleanPastedHtml(html: string): string {
  // Word hides list bullets from other programs in conditional comments that are no comments.
  const plain = html
    .replace(/<!\[if !supportLists\]>/gi, "<span data-bullet>")
    .replace(/<!\[endif\]>/gi, "</span>");
  const page = new DOMParser().parseFromString(plain, "text/html");
  for (const each of page.querySelectorAll(
    "style, meta, link, script, title, o\\:p, xml, noscript",
  )) {
    if (each.localName === "o:p" && each.textContent?.trim()) each.replaceWith(...each.childNodes);
    else each.remove();
  }
  dropComments(page);
  for (const b of page.querySelectorAll<HTMLElement>('b[id^="docs-internal-guid"]')) {
    b.replaceWith(...b.childNodes);
  }
  for (const br of page.querySelectorAll("br.Apple-interchange-newline")) br.remove();
  wordLists(page);
  wordStyles(page);
  checkLists(page);
  for (const cell of page.querySelectorAll("td, th, col")) {
    cell.removeAttribute("width");
    cell.removeAttribute("style");
  }
  return page.body.innerHTML;
}

function dropComments(page: Document) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
}

/** Paragraphs with `mso-list:l0 level2 lfo1` that follow each other are one list, with lists in it. */
function wordLists(page: Document) {
  const items = [
    ...page.querySelectorAll<HTMLElement>("p[style*='mso-list'], p[class*='MsoListParagraph']"),
  ].filter((p) => /mso-list\s*:\s*l\d/i.test(p.getAttribute("style") ?? ""));
  let open: { list: HTMLElement; level: number }[] = [];
  let last: Element | null = null;
  for (const p of items) {
    const style = p.getAttribute("style") ?? "";
    const level = Number(/level(\d+)/i.exec(style)?.[1] ?? 1);
    const bullet = p.querySelector("[data-bullet]") ?? p.querySelector("span[style*='mso-list']");
    const sign = bullet?.textContent?.trim() ?? "";
    bullet?.remove();
    if (!last || !isNext(last, p)) open = [];
    open = open.filter((each) => each.level <= level);
    let top = open.at(-1);
    if (!top || top.level < level) {
      const list = page.createElement(/^[\p{L}\d]{1,4}[.)]/u.test(sign) ? "ol" : "ul");
      const parent = top?.list.lastElementChild;
      if (parent) parent.append(list);
      else p.before(list);
      top = { list, level };
      open.push(top);
    }
    const item = page.createElement("li");
    const line = page.createElement("p");
    line.append(...p.childNodes);
    item.append(line);
    top.list.append(item);
    p.remove();
    last = open[0]?.list ?? null;
  }
}

const isNext = (before: Element, p: Element) => before.nextElementSibling === p;

function wordStyles(page: Document) {
  const rename = (selector: string, tag: string) => {
    for (const each of page.querySelectorAll(selector)) {
      const made = page.createElement(tag);
      made.append(...each.childNodes);
      each.replaceWith(made);
    }
  };
  rename("p.MsoTitle", "h1");
  rename("p.MsoSubtitle", "h2");
  for (const quote of page.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) {
    const made = page.createElement("blockquote");
    quote.replaceWith(made);
    made.append(quote);
  }
  // An empty paragraph is Word's way to leave room.
  for (const p of page.querySelectorAll("p[class^='Mso']")) {
    const isEmpty = !p.textContent?.replaceAll("\u00a0", " ").trim();
    if (isEmpty && !p.querySelector("img, table")) p.remove();
  }
}

/** Google Docs' check lists: `<li role="checkbox" aria-checked="true">`. */
function checkLists(page: Document) {
  for (const item of page.querySelectorAll<HTMLElement>("li[role='checkbox']")) {
    item.dataset.type = "taskItem";
    item.dataset.checked = item.getAttribute("aria-checked") ?? "false";
    item.querySelector("img")?.remove();
    const list = item.parentElement;
    if (list) list.dataset.type = "taskList";
  }
}
