import { type Editor, Extension } from "@tiptap/core";

type Options = { onLeave: (editor: Editor) => void };

/** Escape leaves the text, so that the keys of the page are there again; a menu in it has the key first. */
export const LeaveText = Extension.create<Options>({
  name: "leaveText",
  priority: 1,
  addOptions: () => ({ onLeave: (editor) => editor.commands.blur() }),
  addKeyboardShortcuts() {
    return {
      Escape: ({ editor }) => {
        this.options.onLeave(editor);
        return true;
      },
    };
  },
});
