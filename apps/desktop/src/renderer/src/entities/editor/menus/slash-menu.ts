import { type Block, findBlocks } from "./blocks.tsx";
import { suggestion } from "./suggest.ts";

export const SlashMenu = suggestion<Block>({
  name: "slashMenu",
  char: "/",
  label: "Insert a block",
  emptyText: "No matching blocks",
  items: findBlocks,
  onPick: (editor, range, block) =>
    block.run(editor.chain().focus().deleteRange(range), editor).run(),
});
