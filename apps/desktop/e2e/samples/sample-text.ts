/** A document with something of everything that a text may hold. */
import { type NodeJson as Node, writeDocument } from "@guildhall/document-model";

const node = (type: string, attrs: Node["attrs"], content: Node[] = []): Node => ({
  type,
  attrs,
  content,
});
const text = (words: string, ...marks: NonNullable<Node["marks"]>): Node => ({
  type: "text",
  text: words,
  marks,
});
const paragraph = (...content: (string | Node)[]) =>
  node(
    "paragraph",
    {},
    content.map((each) => (typeof each === "string" ? text(each) : each)),
  );
const heading = (level: number, words: string) => node("heading", { level }, [text(words)]);
const list = (type: string, ...items: Node[][]) =>
  node(
    type,
    {},
    items.map((content) => node("listItem", {}, content)),
  );
const task = (checked: boolean, ...content: (string | Node)[]) =>
  node("taskItem", { checked }, [paragraph(...content)]);
const row = (type: string, ...cells: string[]) =>
  node(
    "tableRow",
    {},
    cells.map((cell) => node(type, {}, [paragraph(cell)])),
  );

type Mentioned = {
  person: { id: string; name: string };
  task: { id: string; title: string };
  document: { id: string; title: string };
};

/** As base64, ready to be pushed. */
export function sampleText({ person, task: work, document }: Mentioned): string {
  const code =
    'const open = (day: Day) => day.name !== "Monday";\n// Closed on public holidays too.';
  const content = [
    paragraph(
      "The reading room stays open until nine from November on. ",
      text("Nothing of this is decided", { type: "bold" }),
      " before the meeting on the third; see ",
      node("documentChip", { documentId: document.id, label: document.title }),
      " for how we decide.",
    ),
    node("callout", { kind: "important" }, [
      paragraph("The heating is inspected in week 45. Until then the east wing is closed."),
    ]),
    heading(2, "What is left to do"),
    node("taskList", {}, [
      task(true, "Ask the city for the longer hours"),
      task(
        false,
        node("mention", { userId: person.id, label: person.name }),
        " draws up the rota, with ",
        node("taskChip", { taskId: work.id, label: work.title }),
      ),
      task(false, "Print the new opening hours"),
    ]),
    heading(2, "What it costs"),
    node("table", {}, [
      row("tableHeader", "What", "A week", "All winter"),
      row("tableCell", "Light and heating", "€ 140", "€ 2,520"),
      row("tableCell", "One more person", "€ 410", "€ 7,380"),
    ]),
    paragraph(
      "Per visitor, that is ",
      node("inlineMath", { latex: "c = \\frac{9900}{n}" }),
      ", with some ",
      text("4,000", { type: "highlight" }),
      " visitors last winter.",
    ),
    heading(2, "For the website"),
    node("codeBlock", { language: "typescript" }, [text(code)]),
    list(
      "bulletList",
      [paragraph("The calendar shows the new hours by itself.")],
      [
        paragraph("The old page says ", text("18:00", { type: "code" }), " in three places."),
        list("bulletList", [paragraph("One of them is a picture.")]),
      ],
    ),
    node("codeBlock", { language: "mermaid" }, [
      text("graph LR\n  city[The city agrees] --> rota --> print[New hours]"),
    ]),
    node("blockquote", {}, [paragraph("A library is open when somebody needs it.")]),
  ];
  return Buffer.from(writeDocument({ type: "doc", content })).toString("base64");
}
