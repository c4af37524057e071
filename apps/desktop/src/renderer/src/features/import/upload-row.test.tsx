import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ProblemLine } from "@/entities/imports/problem-line.tsx";
import { UploadRow } from "./upload-row.tsx";

/** Read from right to left behind the mark: "tasks_vsc.exe" looks as if it were a table. */
const TURNED = "tasks_\u202evsc.exe";

test.each(["sending", "done", "failed"] as const)(
  "marks that turn the name of a file are seen and not obeyed, while it is %s",
  (state) => {
    const upload = { key: 1, file: new File(["x"], TURNED), sentBytes: 0, speed: 0, state };
    const drawn = renderToStaticMarkup(
      <UploadRow upload={upload} onRetry={() => {}} onRemove={() => {}} />,
    );
    expect(drawn.replaceAll(/<[^>]*>/g, "")).toContain("tasks_\ufffdvsc.exe");
    expect(drawn).not.toContain("\u202e");
  },
);

test("nor in a note about a file of an import", () => {
  const problem = { place: TURNED, field: null, message: `It holds ${TURNED}.` };
  const drawn = renderToStaticMarkup(<ProblemLine problem={{ ...problem, severity: "note" }} />);
  expect(drawn.replaceAll(/<[^>]*>/g, "")).toContain("tasks_\ufffdvsc.exe");
  expect(drawn).not.toContain("\u202e");
});
