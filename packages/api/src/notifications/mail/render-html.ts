/** The mail as HTML: nothing to fetch, nothing that runs, and colours that a dark mailbox can turn. */
import type { MailThing, MailWords } from "./render-mail.ts";

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? "");

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const link = (href: string, words: string, style = "color:inherit") =>
  `<a href="${escapeHtml(href)}" style="${style}">${escapeHtml(words)}</a>`;

export function renderHtml(words: MailWords): string {
  const { things, more, workspaceName, inbox, settings, unsubscribe } = words;
  const rest =
    more > 0
      ? `<p style="margin:0 0 24px">And ${more} more in ${link(inbox, "your inbox")}.</p>`
      : "";
  const why = `You get this because you haven't read it in <bdi>${escapeHtml(workspaceName)}</bdi> on Guildhall yet.<br>
${link(settings, "Choose what you're emailed about")} · ${link(unsubscribe, "Unsubscribe")}`;
  return htmlPage(
    "Guildhall",
    `${things.map(renderThing).join("\n")}
${rest}<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #8888;font-size:12px;opacity:.75">${why}</p>`,
  );
}

function renderThing({ title, link: href, lines }: MailThing): string {
  const said = lines.map(({ sentence, excerpt }) => {
    const quote = excerpt
      ? `<blockquote dir="auto" style="margin:4px 0 0;padding-left:10px;border-left:3px solid #8888;white-space:pre-line">${escapeHtml(excerpt)}</blockquote>`
      : "";
    return `<div style="margin:6px 0 0">${escapeHtml(sentence)}${quote}</div>`;
  });
  return `<div style="margin:0 0 24px">
<div dir="auto" style="font-size:16px;font-weight:600">${link(href, title)}</div>
${said.join("\n")}
</div>`;
}

/** Of mails, and of what a link in them opens. `body` is HTML. */
export const htmlPage = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark}body{background:Canvas;color:CanvasText}a{color:inherit}</style>
</head>
<body style="margin:0;padding:24px;${FONT};font-size:14px;line-height:1.5">
<div style="max-width:560px;margin:0 auto">
${body}
</div>
</body>
</html>
`;
