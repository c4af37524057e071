import { avatarHue } from "@/ui/theme/avatar-colors.ts";

type Someone = { id?: string; name?: string };

const hueOf = ({ id }: Someone) => avatarHue(id ?? "");

/** Another person's cursor, in the colour of their face, with their name above it for a moment. */
export function caretOf(user: Someone): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "caret";
  caret.style.setProperty("--caret", `oklch(0.5 0.105 ${hueOf(user)})`);
  const name = document.createElement("span");
  name.className = "caret-name";
  name.textContent = user.name ?? "";
  // A joiner before and behind it: without, the browser may put one's own cursor into it.
  caret.append("\u2060", name, "\u2060");
  return caret;
}

export function selectionOf(user: Someone) {
  return {
    class: "caret-selection",
    style: `--caret: oklch(0.6 0.13 ${hueOf(user)})`,
  };
}
