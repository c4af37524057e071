import type { Editor } from "@tiptap/core";
import { putFiles } from "./put-files.ts";

/** Asks for files of this computer and puts them where the cursor is. */
export function pickFiles(editor: Editor, accept = "") {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.accept = accept;
  input.addEventListener("change", () => {
    putFiles(editor, [...(input.files ?? [])], editor.state.selection.from);
  });
  input.click();
}
