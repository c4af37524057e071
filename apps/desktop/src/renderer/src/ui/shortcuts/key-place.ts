const popups = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]';

/** Inputs that take no text, where a plain key is still free. */
const textless = ["button", "checkbox", "radio", "range", "color", "file", "submit", "reset"];

/** What Enter and Space press by themselves. */
const pressed = 'button,a[href],summary,input,[role="checkbox"],[role="separator"]';

/** Where a key fell: shortcuts are for the page, letters for the field, and a menu has its own keys. */
export function keyPlace({ target, key }: KeyboardEvent): "field" | "popup" | "page" {
  if (!(target instanceof Element)) return "page";
  if (isField(target)) return "field";
  if ((key === "Enter" || key === " ") && target.closest(pressed)) return "field";
  return target.closest(popups) ? "popup" : "page";
}

function isField(target: Element): boolean {
  if (target instanceof HTMLInputElement) return !textless.includes(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}
