import {
  type ContextMenuParams,
  clipboard,
  Menu,
  type MenuItemConstructorOptions,
  type WebContents,
} from "electron";

type Params = Pick<
  ContextMenuParams,
  | "misspelledWord"
  | "dictionarySuggestions"
  | "isEditable"
  | "editFlags"
  | "selectionText"
  | "linkURL"
  | "mediaType"
  | "hasImageContents"
  | "srcURL"
  | "x"
  | "y"
>;

const separator: MenuItemConstructorOptions = { type: "separator" };
type Part = MenuItemConstructorOptions[];

/** What can be done at the pointer, where the page has no menu of its own. */
export function contextMenu(params: Params, contents: WebContents): Part {
  const parts = [
    spelling(params, contents),
    linked(params),
    picture(params, contents),
    editing(params),
  ].filter((part) => part.length > 0);
  return parts.flatMap((part, n) => (n === 0 ? part : [separator, ...part]));
}

function spelling({ misspelledWord, dictionarySuggestions }: Params, contents: WebContents): Part {
  if (!misspelledWord) return [];
  const suggestions: Part = dictionarySuggestions.map((word) => ({
    label: word,
    click: () => contents.replaceMisspelling(word),
  }));
  const none = { label: "No suggestions", enabled: false };
  return [
    ...(suggestions.length > 0 ? suggestions : [none]),
    {
      label: "Add to dictionary",
      click: () => contents.session.addWordToSpellCheckerDictionary(misspelledWord),
    },
  ];
}

function linked({ linkURL }: Params): Part {
  // Of our own pages' links the address says nothing outside of the app: the page's own menus copy those.
  if (!/^(?:https?|mailto):/i.test(linkURL)) return [];
  const address = linkURL.replace(/^mailto:/i, "");
  const label = address === linkURL ? "Copy link address" : "Copy email address";
  return [{ label, click: () => clipboard.writeText(address) }];
}

function picture(
  { mediaType, hasImageContents, srcURL, x, y }: Params,
  contents: WebContents,
): Part {
  if (mediaType !== "image" || !hasImageContents) return [];
  return [
    { label: "Copy image", click: () => contents.copyImageAt(x, y) },
    { label: "Save image as…", click: () => contents.downloadURL(srcURL) },
  ];
}

function editing({ isEditable, editFlags, selectionText }: Params): Part {
  if (!isEditable) return selectionText.trim() ? [{ role: "copy" }] : [];
  return [
    { role: "undo", enabled: editFlags.canUndo },
    { role: "redo", enabled: editFlags.canRedo },
    separator,
    { role: "cut", enabled: editFlags.canCut },
    { role: "copy", enabled: editFlags.canCopy },
    { role: "paste", enabled: editFlags.canPaste },
    { role: "pasteAndMatchStyle", enabled: editFlags.canPaste },
    { role: "selectAll", enabled: editFlags.canSelectAll },
  ];
}

export function offerContextMenu(contents: WebContents) {
  contents.on("context-menu", (_event, params) => {
    const template = contextMenu(params, contents);
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  });
}
