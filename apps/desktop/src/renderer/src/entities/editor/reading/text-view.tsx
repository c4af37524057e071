import { type NodeJson, type ReadTextHtml, readText } from "@guildhall/document-model/text";
import { memo, useEffect, useMemo, useState } from "react";
import { BlockView, type OnToggleTask } from "./block-view.tsx";

type Props = {
  /** Markdown. */
  children: string;
  /** Makes the boxes of task lists work; the line is the one that the item begins on, from 1. */
  onToggleTask?: OnToggleTask | undefined;
};

/**
 * A description or a comment to be read: what its editor shows, drawn without it. Of HTML in it only what the
 * model knows is drawn, never the tags. Memoised: reading it is the dearest part of a long task.
 */
export const TextView = memo(function TextView({ children, onToggleTask }: Props) {
  const nodes = useRead(children);
  return (
    <div className="markdown">
      {nodes.map((node, at) => (
        <BlockView key={at} node={node} onToggleTask={onToggleTask} />
      ))}
    </div>
  );
});

let readHtml: ReadTextHtml | null = null;

/** Few texts have HTML in them, and what reads it is large: until it has come, they are without it. */
function useRead(markdown: string): NodeJson[] {
  const [reader, setReader] = useState(() => readHtml);
  const { nodes, isWhole } = useMemo(() => {
    let hasHtml = false;
    const blocks = readText(markdown, (html) => {
      hasHtml = true;
      return reader ? reader(html) : [];
    });
    return {
      nodes: blocks.flatMap((block) => block.nodes),
      isWhole: !hasHtml || reader !== null,
    };
  }, [markdown, reader]);
  useEffect(() => {
    if (isWhole) return;
    let isOver = false;
    import("@guildhall/document-model/text-html").then(
      (loaded) => {
        readHtml = loaded.readTextHtml;
        if (!isOver) setReader(() => readHtml);
      },
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [isWhole]);
  return nodes;
}
