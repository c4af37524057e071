import type { Editor, Range } from "@tiptap/core";
import type { Named, Sources } from "./sources.tsx";
import { suggestion } from "./suggest.ts";

/** `@` names people and documents, `#` tasks and documents, `[[` documents. */
export function namingMenus(sources: Sources) {
  return [
    suggestion<Named>({
      name: "mentionMenu",
      char: "@",
      label: "Mention someone or something",
      emptyText: "No matching people",
      items: (query) => [...sources.people(query), ...sources.documents(query).slice(0, 4)],
      onPick: put,
    }),
    suggestion<Named>({
      name: "taskMenu",
      char: "#",
      label: "Link to a task or a document",
      emptyText: "No matching tasks or documents",
      // A line that begins with it is on its way to be a heading.
      minQueryLength: 1,
      debounce: 120,
      items: async (query, _, signal) => [
        ...(await sources.tasks(query, signal)),
        ...sources.documents(query).slice(0, 4),
      ],
      onPick: put,
    }),
    suggestion<Named>({
      name: "documentMenu",
      char: "[[",
      label: "Link to a document",
      emptyText: "No matching documents",
      allowSpaces: true,
      items: (query) => sources.documents(query),
      onPick: put,
    }),
  ];
}

function put(editor: Editor, range: Range, { node }: Named) {
  editor
    .chain()
    .focus()
    .insertContentAt(range, [node, { type: "text", text: " " }])
    .run();
}
