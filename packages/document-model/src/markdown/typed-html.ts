/** What of the tags in a description or a comment is HTML: `Vec<String>` is what somebody wrote. */
import { htmlTag } from "./html-inline.ts";

const words = (list: string) => list.trim().split(/\s+/);

/** They say how words look, or where. */
const ofWords = words(`
  a abbr address article aside b big blockquote br caption center cite code col colgroup dd del details dfn
  div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label legend
  li main mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th
  thead tr tt u ul var wbr
`);
/** Who writes one of these in a line is more likely to write about it. */
const others = words(`
  audio body button canvas embed form head html iframe input link map math menu meta noscript object optgroup
  option param script select source style svg template textarea title track video
`);
const shown = new Set(ofWords);
const known = new Set([...ofWords, ...others]);

const neverShown = new Set(
  words("audio canvas embed head iframe math noscript object script style svg template video"),
);

export const isElement = (name: string): boolean => known.has(name);

/** What stands between such a tag and its other half is no text. */
export const isNeverShown = (html: string): boolean => neverShown.has(htmlTag(html)?.name ?? "");

/** Whether a block that Markdown takes for HTML is some. */
export const isHtml = (block: string): boolean =>
  [...block.matchAll(/<\/?([a-z][^\s/>]*)/gi)].every(([, name = ""]) =>
    known.has(name.toLowerCase()),
  );

/** A tag within a line whose other half is missing: not shown, unless it may be a type's name, `Foo<A>`. */
export function isLeftOver(html: string): boolean {
  const tag = htmlTag(html);
  if (!tag || !shown.has(tag.name)) return false;
  return tag.name.length > 1 || tag.attributes !== "" || tag.closing;
}
