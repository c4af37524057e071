/** A page that reads well by itself, printed too. */
export function htmlPage(title: string, body: string): string {
  const name = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${startsWith(body, name) ? "" : `<h1>${name}</h1>\n`}${body}
</main>
</body>
</html>
`;
}

/** Many a text says its title itself. */
function startsWith(body: string, name: string): boolean {
  const heading = /^\s*<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1];
  return heading?.replace(/<[^>]*>/g, "").trim() === name;
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.6 Inter, system-ui, sans-serif; margin: 0; }
main { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.8em 0 0.6em; }
img { max-width: 100%; height: auto; }
pre { padding: 0.9rem 1rem; border: 1px solid #8884; border-radius: 8px; overflow-x: auto; }
pre, code { font: 0.875em/1.5 ui-monospace, monospace; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid #8886; }
table { border-collapse: collapse; }
th, td { border: 1px solid #8886; padding: 0.35em 0.7em; text-align: left; vertical-align: top; }
ul[data-type="taskList"] { list-style: none; padding-left: 0; }
ul[data-type="taskList"] > li { display: flex; gap: 0.6em; }
ul[data-type="taskList"] p { margin: 0; }
[data-type="callout"] { margin: 1em 0; padding: 0.2em 1em; border: 1px solid #8886; border-radius: 8px; }
[data-type="callout"]::before { content: attr(data-kind); display: block; margin-top: 0.6em; font-weight: 600; text-transform: capitalize; }
th > p, td > p { margin: 0; }
@media print {
  :root { color-scheme: light; }
  main { margin: 0; max-width: none; padding: 0; }
  pre { white-space: pre-wrap; }
  tr, img, [data-type="callout"] { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
}
`;
