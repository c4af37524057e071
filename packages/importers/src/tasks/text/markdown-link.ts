/** `[name](url)`; the name alone when the address is not one of the web (`javascript:`, a path). */
export function markdownLink(name: string, url: string): string {
  const label = name.replace(/\s+/g, " ").replace(/[\\[\]]/g, "\\$&");
  const target = linkTarget(url);
  return target === null ? label : `[${label}](${target})`;
}

/** An address as it may stand in the round brackets of a link. */
export function linkTarget(url: string): string | null {
  const trimmed = url.trim();
  if (!/^(?:https?:\/\/|mailto:)/i.test(trimmed)) return null;
  return trimmed.replace(/[\s()<>\\]/g, (char) => {
    const hex = char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
    return char.charCodeAt(0) < 128 ? `%${hex}` : encodeURIComponent(char);
  });
}
