/** Files of the sample's project, so that its screens have something to show. */
import type { Guildhall, Person } from "../guildhall.ts";
import { pdfOf, pngOf, silence } from "./small-files.ts";

/** Names by which the screens find them. */
export const sampleFiles = {
  table: "loans-by-branch.csv",
  text: "Notes on the tablets.md",
  pages: "Lending rules.pdf",
} as const;

const table = [
  "Branch,Week 45,Week 46,Week 47,Change",
  "Old Town,412,398,441,+7 %",
  '"Harbour, upper floor",188,201,215,+14 %',
  "Hillside,96,104,91,-5 %",
  "School bus,54,61,70,+30 %",
  "",
].join("\n");

const notes = `# Notes on the tablets

Twelve are lent out, **three wait for a new battery**.

- [x] Ask the makers about the page turns
- [ ] Try the reading light at night

| Tablet | Since | State |
| --- | --- | --- |
| 7 | March | lent |
| 9 | May | repaired |

> Readers like the large letters best.
`;

const wave = (a: number, b: number) => (x: number, y: number) =>
  Math.sin(x / a) + Math.cos((y + x / 3) / b) > 0.2;

export async function makeFiles({ url }: Guildhall, owner: Person, projectId: string) {
  const put = async (name: string, body: Buffer | string) => {
    const query = new URLSearchParams({ projectId, name });
    const answer = await fetch(`${url}/files/${crypto.randomUUID()}?${query}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${owner.token}` },
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { id } = (await answer.json()) as { id: string };
    return id;
  };
  await put("Interview with a reader.wav", silence(3));
  await put("cover-waves.png", pngOf(240, wave(11, 17)));
  await put("cover-dunes.png", pngOf(240, wave(31, 9)));
  await put("theme.json", JSON.stringify({ accent: "teal", letters: "large" }, null, 2));
  await put("ספר הקריאה 2026.txt", "A name that is read from right to left.");
  await put(sampleFiles.pages, pdfOf(["Lending rules of the town library", "Fines", "Journeys"]));
  await put(sampleFiles.text, notes);
  await put(sampleFiles.table, table);
  const old = await put("loans-by-branch (old).csv", "Branch\n");
  await owner.api.files.delete.mutate({ id: old });
}
