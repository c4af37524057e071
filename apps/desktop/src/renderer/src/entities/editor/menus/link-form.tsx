import { safeHref } from "@guildhall/document-model";
import type { Editor } from "@tiptap/core";
import { ExternalLink, Unlink } from "lucide-react";
import { useState } from "react";
import { addressOf, ownPageOf } from "@/entities/documents/text/own-path.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";

type Props = { editor: Editor; onDone: () => void };

/** The address of the link that is chosen, or of the one that the chosen words will be. */
export function LinkForm({ editor, onDone }: Props) {
  const { id: workspaceId } = useWorkspace();
  const href: string = editor.getAttributes("link").href ?? "";
  const [typed, setTyped] = useState(href && addressOf(href, workspaceId));
  const wanted = asHref(typed, workspaceId);

  function save() {
    if (!wanted) return;
    editor.chain().focus().extendMarkRange("link").setLink({ href: wanted }).run();
    onDone();
  }

  return (
    <form
      className="flex items-center gap-1 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person asked for it by pressing the link button.
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          editor.commands.focus();
          onDone();
        }}
        aria-label="Link address"
        placeholder="Paste or type an address…"
        className="h-7 w-64 max-w-[50vw] rounded-control bg-transparent px-2 outline-none"
      />
      <Button size="small" type="submit" disabled={!wanted}>
        {href ? "Change" : "Link"}
      </Button>
      {href && (
        <>
          <IconButton
            label="Open link"
            size="small"
            icon={<ExternalLink size={14} />}
            onClick={() => window.open(addressOf(href, workspaceId), "_blank", "noopener")}
          />
          <IconButton
            label="Remove link"
            size="small"
            icon={<Unlink size={14} />}
            onClick={() => {
              editor.chain().focus().extendMarkRange("link").unsetLink().run();
              onDone();
            }}
          />
        </>
      )}
    </form>
  );
}

/** `example.com` is meant as a web page; pages of this Guildhall become links that survive a move. */
function asHref(typed: string, workspaceId: string): string | null {
  const text = typed.trim();
  if (!text) return null;
  const absolute = text.startsWith("/w/") ? new URL(text, location.origin).href : text;
  const page = ownPageOf(absolute, workspaceId);
  if (page?.target === "document") return page.href;
  const isBareHost = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(text) && !/\.mdx?$/i.test(text);
  return safeHref(isBareHost ? `https://${text}` : absolute);
}
