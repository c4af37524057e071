import { memo, type ReactNode, use } from "react";
import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkGfm from "remark-gfm";
import { OwnFilesContext, ownFileId } from "./embedded-files.ts";
import { remarkTypedLines } from "./remark-typed-lines.ts";
import { rehypeTaskLines } from "./task-list-lines.ts";

type Props = {
  children: string;
  /** Makes the checkboxes of task lists work; the line is the one its item begins on, from 1. */
  onToggleTask?: (line: number, checked: boolean) => void;
};

/**
 * A person's text. HTML in it is shown as text, never run, and links keep to the schemes that
 * react-markdown knows as safe. Memoised: parsing is the dearest part of a long task.
 */
export const Markdown = memo(function Markdown({ children, onToggleTask }: Props) {
  return (
    <div className="markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, remarkTypedLines]}
        urlTransform={keepOwnFiles}
        rehypePlugins={[rehypeTaskLines]}
        components={{
          ...components,
          input: (input) => (
            <input
              type="checkbox"
              checked={input.checked}
              disabled={!onToggleTask}
              aria-label="Done"
              onChange={(event) =>
                onToggleTask?.(
                  Number(input["data-task-line" as keyof typeof input]),
                  event.currentTarget.checked,
                )
              }
            />
          ),
        }}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
});

const isMention = (address: string) => /^guildhall:(user\/|everyone$)/.test(address);
const keepOwnFiles = (address: string) =>
  ownFileId(address) || isMention(address) ? address : defaultUrlTransform(address);

function Anchor({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const own = use(OwnFilesContext);
  const id = ownFileId(href);
  if (href && isMention(href)) return <span className="mention">{children}</span>;
  if (own && id) return <own.Link id={id}>{children}</own.Link>;
  return (
    <a href={id ? undefined : href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

type ImageProps = { src?: string | Blob | undefined; alt?: string | undefined };

function Image({ src, alt = "" }: ImageProps) {
  const own = use(OwnFilesContext);
  const address = typeof src === "string" ? src : undefined;
  const id = ownFileId(address);
  if (id) return own ? <own.Image id={id} alt={alt} /> : alt;
  // On somebody else's server, which would learn who reads this and when: opened on a click.
  return <Anchor href={address}>{alt || address}</Anchor>;
}

const components: Components = {
  a: Anchor,
  img: Image,
  // The screen's title is the h1 and the section's the h2: a text's own headings come below them.
  // Each block stands as its own script runs, whatever the others are written in.
  p: ({ children }) => <p dir="auto">{children}</p>,
  li: ({ node, children, ...rest }) => (
    <li dir="auto" {...rest}>
      {children}
    </li>
  ),
  blockquote: ({ children }) => <blockquote dir="auto">{children}</blockquote>,
  td: ({ node, children, ...rest }) => (
    <td dir="auto" {...rest}>
      {children}
    </td>
  ),
  h1: ({ children }) => heading("h3", children),
  h2: ({ children }) => heading("h4", children),
  h3: ({ children }) => heading("h5", children),
  h4: ({ children }) => heading("h6", children),
  h5: ({ children }) => heading("h6", children),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="overflow-x-auto" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre tabIndex={0}>{children}</pre>
  ),
};

function heading(Level: "h3" | "h4" | "h5" | "h6", children: ReactNode) {
  return <Level dir="auto">{children}</Level>;
}
