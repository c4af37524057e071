/** Between paths of this Guildhall's pages and what stands in a text for them. */
import { ownHref, ownLink } from "@guildhall/document-model/text";
import { fileAddress } from "@/entities/files/file-url.ts";
import { paths } from "@/lib/paths.ts";

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const documentPage = new RegExp(`^/w/(${uuid})/d/(${uuid})$`);
const taskPage = new RegExp(`^/w/(${uuid})/task/([\\w-]+)$`);

/** Where a link of the text leads, for `href`. */
export function addressOf(href: string, workspaceId: string): string {
  const own = ownLink(href);
  if (!own) return href;
  const { target, id, hash } = own;
  if (target === "task") return paths.task(workspaceId, id);
  if (target === "file") return fileAddress(id);
  if (target === "user") return paths.members(workspaceId);
  if (target === "group") return paths.groups(workspaceId);
  return `${paths.document(workspaceId, id)}${hash ? `#${hash}` : ""}`;
}

export type OwnPage =
  | { target: "document"; id: string; href: string }
  | { target: "task"; keyOrId: string };

/** What a pasted address of a page here names; null when it is another one. */
export function ownPageOf(address: string, workspaceId: string): OwnPage | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname, hash } = new URL(address);
  if (origin !== location.origin) return null;
  const document = documentPage.exec(pathname);
  if (document?.[1] === workspaceId && document[2]) {
    const [, , id] = document;
    return { target: "document", id, href: ownHref("document", id, hash.slice(1)) };
  }
  const task = taskPage.exec(pathname);
  return task?.[1] === workspaceId && task[2] ? { target: "task", keyOrId: task[2] } : null;
}
