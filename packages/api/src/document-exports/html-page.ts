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
${body}
</main>
</body>
</html>
`;
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
@media print { main { margin: 0; max-width: none; } pre, table, img { break-inside: avoid; } }
`;
