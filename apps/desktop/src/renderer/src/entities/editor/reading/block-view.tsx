/** The blocks of a text, as TipTap draws them, so that nothing moves when the editor takes their place. */
import { isComment, type NodeJson } from "@guildhall/document-model/text";
import { Fragment, type ReactNode } from "react";
import { CodeView } from "./code-view.tsx";
import { InlineView } from "./inline-view.tsx";
import { TextFileBlock } from "./text-file.tsx";

export type OnToggleTask = (line: number, checked: boolean) => void;
type Props = { node: NodeJson; onToggleTask?: OnToggleTask | undefined };

export function BlockView({ node, onToggleTask }: Props) {
  const { type, attrs = {}, content = [] } = node;
  const inside = () =>
    content.map((child, at) => <BlockView key={at} node={child} onToggleTask={onToggleTask} />);
  switch (type) {
    case "paragraph":
      return (
        <p dir="auto">
          <InlineView nodes={content} />
        </p>
      );
    case "heading":
      return (
        <Heading level={Number(attrs.level)}>
          <InlineView nodes={content} />
        </Heading>
      );
    case "bulletList":
      return <ul>{inside()}</ul>;
    case "orderedList":
      return <ol start={Number(attrs.start ?? 1)}>{inside()}</ol>;
    case "listItem":
      return <li>{inside()}</li>;
    case "taskList":
      return <ul data-type="taskList">{inside()}</ul>;
    case "taskItem":
      return (
        <TaskItem node={node} onToggleTask={onToggleTask}>
          {inside()}
        </TaskItem>
      );
    case "blockquote":
      return <blockquote dir="auto">{inside()}</blockquote>;
    case "horizontalRule":
      return <hr />;
    case "codeBlock":
      return (
        <CodeView
          language={attrs.language ? String(attrs.language) : ""}
          code={content.map(({ text = "" }) => text).join("")}
        />
      );
    case "table":
      return <TableView rows={content} />;
    case "fileBlock":
      return <TextFileBlock id={String(attrs.fileId)} name={String(attrs.name ?? "")} />;
    case "footnoteDefinition":
      return (
        <div className="footnote">
          <span className="footnote-sign">{String(attrs.label ?? "")}</span>
          <div className="footnote-text">{inside()}</div>
        </div>
      );
    case "rawBlock":
      if (isComment(attrs.text)) return null;
      return <p className="whitespace-pre-wrap">{String(attrs.text ?? "")}</p>;
    default:
      // What no text has (a callout of an exported page, say) is opened.
      return <Fragment>{inside()}</Fragment>;
  }
}

/** The screen's title is the h1 and the section's the h2: a text's own headings come below them. */
function Heading({ level, children }: { level: number; children: ReactNode }) {
  const Level = (["h3", "h4", "h5"] as const)[level - 1] ?? "h6";
  return (
    <Level dir="auto" data-level={level}>
      {children}
    </Level>
  );
}

function TaskItem({ node, onToggleTask, children }: Props & { children: ReactNode }) {
  const isChecked = node.attrs?.checked === true;
  const line = Number(node.attrs?.line);
  return (
    <li data-checked={isChecked}>
      <label>
        <input
          type="checkbox"
          checked={isChecked}
          // In HTML that an import brought there is no line to tick it on.
          disabled={!onToggleTask || !line}
          aria-label="Done"
          onChange={(event) => onToggleTask?.(line, event.currentTarget.checked)}
        />
        <span />
      </label>
      <div>{children}</div>
    </li>
  );
}

function TableView({ rows }: { rows: NodeJson[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="tableWrapper" tabIndex={0} aria-label="Table">
      <table>
        <tbody>
          {rows.map(({ content: cells = [] }, at) => (
            <tr key={at}>
              {cells.map(({ type, attrs = {}, content = [] }, column) => {
                const Cell = type === "tableHeader" ? "th" : "td";
                return (
                  <Cell
                    key={column}
                    colSpan={Number(attrs.colspan ?? 1)}
                    rowSpan={Number(attrs.rowspan ?? 1)}
                    align={(attrs.align ?? undefined) as "left" | undefined}
                  >
                    {content.map((block, n) => (
                      <BlockView key={n} node={block} />
                    ))}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
