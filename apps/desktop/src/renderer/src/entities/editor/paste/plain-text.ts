/** What a plain text on the clipboard is: Markdown, what a terminal printed, or just words. */
export type PlainKind = "markdown" | "terminal" | "words";

const block =
  /^(#{1,6} \S|\s{0,3}([-*+]|\d{1,9}[.)]) \S|\s{0,3}> ?\S|(```|~~~)|\s{0,3}[-*_]{3,}\s*$|\|.+\||:?-+:?\s*\|)/m;
const inline =
  /\*\*[^*\s][^*]*\*\*|`[^`\n]+`|!?\[[^\]\n]*\]\([^)\s]+[^)]*\)|~~[^~\n]+~~|\$\$[\s\S]+?\$\$/;
/** `$ ls`, `root@host:~# ls`, `PS C:\> dir`, `>>> 1`. */
const prompt = /^(\$ |# |% |❯ |➜ |>>> |[\w.-]+@[\w.-]+[:\s][^\n]*[$#%] |PS [A-Z]:\\[^>]*> )/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal's colours are
const ansi = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*(?:\u0007|\u001b\\)/g;

export const withoutColours = (text: string) => text.replace(ansi, "");

export function kindOf(text: string): PlainKind {
  if (withoutColours(text) !== text) return "terminal";
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const prompts = lines.filter((line) => prompt.test(line) && !/^# \S/.test(line)).length;
  if (prompts > 0) return "terminal";
  if (block.test(text) || inline.test(text)) return "markdown";
  // Columns: what `ls -l`, `ps` and their like print.
  const aligned = lines.filter((line) => /\S {2,}\S.* {2,}\S|\S\t\S/.test(line)).length;
  return lines.length >= 3 && aligned >= lines.length * 0.6 ? "terminal" : "words";
}
