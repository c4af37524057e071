/** A line of Markdown as words: links by what they are called. */
export const plainText = (markdown: string) =>
  markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`>#]+/g, "");
