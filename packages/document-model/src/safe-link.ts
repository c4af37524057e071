/**
 * What a link or an image may point to. Everything else, `javascript:` before all, is no link here,
 * whoever wrote it: a page, a script that pushes updates, or an imported file.
 */

const schemes = new Set(["http", "https", "mailto", "tel"]);
const ownTargets = ["document", "task", "file", "user", "group"] as const;
export type OwnTarget = (typeof ownTargets)[number];

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const own = new RegExp(`^guildhall:(${ownTargets.join("|")})/(${uuid})(?:#(.*))?$`, "s");
export const uuidPattern = new RegExp(`^${uuid}$`);

/** Whom a mention names that is none of one person: all who can see it, or `group/<id>`. */
export const EVERYONE = "everyone";
export const mentionOfGroup = (groupId: string) => `group/${groupId}`;
const groupMention = new RegExp(`^group/(${uuid})$`);

/** The group that a mention names; null when it names a person, or everyone. */
export const groupOfMention = (userId: unknown): string | null =>
  (typeof userId === "string" && groupMention.exec(userId)?.[1]) || null;

const everyoneHref = `guildhall:${EVERYONE}`;

/** Where a `guildhall:` address points to; null when it is none. */
export function ownLink(href: unknown) {
  if (href === everyoneHref) return { target: "user" as OwnTarget, id: EVERYONE, hash: null };
  const found = typeof href === "string" ? own.exec(href) : null;
  if (!found) return null;
  const [, target, id = "", hash = null] = found;
  return { target: target as OwnTarget, id, hash };
}

export const ownHref = (target: OwnTarget, id: string, hash?: string | null) =>
  `guildhall:${target}/${id}${hash ? `#${hash}` : ""}`;

/** Of whom a mention names, and back again; null when the link leads elsewhere. */
export function mentionHref(userId: string): string {
  if (userId === EVERYONE) return everyoneHref;
  const group = groupOfMention(userId);
  return group ? ownHref("group", group) : ownHref("user", userId);
}

export function mentionIn(link: ReturnType<typeof ownLink>): string | null {
  if (link?.target === "user") return link.id;
  return link?.target === "group" ? mentionOfGroup(link.id) : null;
}

/** The address as it may stand in a document: http, https, mailto, tel, guildhall or relative. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== "string" || href.length > 8_000) return null;
  // Browsers ignore these inside of a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  if (/[\u0000-\u001f\u007f]/.test(href)) return null;
  const plain = href.trim();
  const scheme = /^([^/?#]*?):/.exec(plain)?.[1]?.toLowerCase();
  if (scheme === undefined || schemes.has(scheme)) return plain;
  return ownLink(plain) ? plain : null;
}

/** As `safeHref`, for what a page loads by itself. */
export function safeImageSrc(src: unknown): string | null {
  const plain = safeHref(src);
  return plain && !/^(mailto|tel):/i.test(plain) ? plain : null;
}
