import { ownHref } from "@guildhall/document-model";
import { type Editor, Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { FilePlace } from "@/entities/files/upload/file-place.ts";
import { addUpload } from "@/entities/files/upload/upload-queue.ts";

/** Null: there is nothing yet that they could hang on. */
type Options = { place: FilePlace | null };

declare module "@tiptap/core" {
  interface Storage {
    files: Options;
  }
}

/** What every browser draws by itself. Others are files to be fetched. */
const drawn = /^image\/(png|jpeg|gif|webp|avif)$/;

/**
 * Files become images or file blocks at once, with the id under which they are on their way; who else
 * reads sees them when they have arrived.
 */
export function putFiles(editor: Editor, files: readonly File[], pos: number) {
  const { place } = editor.storage.files;
  if (!editor.isEditable || files.length === 0 || !place) return;
  const content = files.map((file) => {
    const { id } = addUpload(file, place);
    const name = file.name || "Pasted image.png";
    if (!drawn.test(file.type)) {
      return { type: "fileBlock", attrs: { fileId: id, name, size: file.size } };
    }
    const alt = name.replace(/\.[a-z0-9]+$/i, "");
    const image = { type: "image", attrs: { src: ownHref("file", id), alt } };
    return { type: "paragraph", content: [image] };
  });
  editor.chain().focus().insertContentAt(pos, content).run();
}

/** Dropped or pasted files. */
export const Files = Extension.create<Options, Options>({
  name: "files",
  addOptions: () => ({ place: null }),
  addStorage() {
    return this.options;
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          handleDrop(view, event, _, moved) {
            const files = [...(event.dataTransfer?.files ?? [])];
            if (moved || files.length === 0) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            event.preventDefault();
            putFiles(editor, files, at?.pos ?? view.state.selection.from);
            return true;
          },
          handlePaste(_, event) {
            const files = [...(event.clipboardData?.files ?? [])];
            // A word processor brings a picture of the text beside the text.
            const isText = event.clipboardData?.types.includes("text/html");
            if (files.length === 0 || isText) return false;
            putFiles(editor, files, editor.state.selection.from);
            return true;
          },
        },
      }),
    ];
  },
});
