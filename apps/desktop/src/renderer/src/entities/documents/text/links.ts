import { DocumentLink, ownLink, safeHref } from "@guildhall/document-model";
import type { Editor } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { readDeepLinkTarget } from "@/lib/deep-link-target.ts";
import { platform } from "@/platform/platform.ts";
import { goToHeading, headingsOf, slugsOf } from "./headings.ts";
import { addressOf } from "./own-path.ts";

type Options = {
  workspaceId: string;
  /** This document's address, without a `#`. */
  here: string;
  navigate: (address: string) => void;
};

/** Links lead where they say: in the text their `href` is a page's address, so that all a link can do works. */
export function documentLinks({ workspaceId, here, navigate }: Options) {
  return DocumentLink.extend({
    renderHTML({ HTMLAttributes }) {
      const { href, title } = HTMLAttributes;
      const address = safeHref(href) ? addressOf(href, workspaceId) : null;
      return [
        "a",
        { href: address, title, "data-href": href, rel: "noopener noreferrer nofollow" },
        0,
      ];
    },
    addAttributes: () => ({
      href: {
        default: null,
        parseHTML: (element) => element.getAttribute("data-href") ?? element.getAttribute("href"),
      },
      title: { default: null },
    }),
    addProseMirrorPlugins() {
      const { editor } = this;
      return [
        ...(this.parent?.() ?? []),
        new Plugin({
          props: {
            handleClick(_, __, event) {
              if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
                return false;
              const link =
                event.target instanceof Element ? event.target.closest("a[data-href]") : null;
              if (!(link instanceof HTMLAnchorElement)) return false;
              event.preventDefault();
              follow(editor, link, { here, navigate });
              return true;
            },
          },
        }),
      ];
    },
  });
}

function follow(
  editor: Editor,
  link: HTMLAnchorElement,
  { here, navigate }: Omit<Options, "workspaceId">,
) {
  const href = link.getAttribute("href") ?? "";
  const isHere = href.startsWith("#") || href.startsWith(`${here}#`);
  if (isHere) return void goToSlug(editor, href.slice(href.indexOf("#") + 1));
  if (href.startsWith("/w/")) return navigate(href);
  if (/^(https?|mailto|tel):|^\/files\//i.test(href)) platform.openExternal(link.href);
}

/** False when no heading is called that, and no file of that id is in the text. */
export function goToSlug(editor: Editor, slug: string): boolean {
  const fileId = readDeepLinkTarget(slug, "file");
  if (fileId) return goToFile(editor, fileId);
  const headings = headingsOf(editor);
  const at = slugsOf(headings).indexOf(decodeURIComponent(slug));
  const heading = headings[at];
  if (heading) goToHeading(editor, heading.pos);
  return heading !== undefined;
}

function goToFile(editor: Editor, id: string): boolean {
  let at: number | null = null;
  editor.state.doc.descendants(({ attrs }, pos) => {
    if (at === null && (attrs.fileId === id || ownLink(attrs.src ?? "")?.id === id)) at = pos;
    return at === null;
  });
  const place = at === null ? null : editor.view.nodeDOM(at);
  if (place instanceof Element) place.scrollIntoView({ block: "center" });
  return at !== null;
}
