import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
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
        remarkPlugins={[remarkGfm]}
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

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <img src={src} alt={alt ?? ""} loading="lazy" decoding="async" referrerPolicy="no-referrer" />
  ),
  // The screen's title is the h1 and the section's the h2: a text's own headings come below them.
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
  return <Level>{children}</Level>;
}
