/** The work of a made-up town library that builds its reading app: what the sample's board holds. */

export type StatusName = "Backlog" | "To do" | "In progress" | "In review" | "Done" | "Cancelled";
export type PersonName = "maya" | "tomas" | "ines" | "kofi" | "hanna" | "liam";

export type SampleTask = {
  title: string;
  status: StatusName;
  priority?: "low" | "medium" | "high" | "urgent";
  who?: readonly PersonName[];
  labels?: readonly string[];
  /** Days from today. */
  due?: number;
  estimate?: number;
};

type More = Omit<SampleTask, "title" | "status">;

const list = (status: StatusName, tasks: readonly (readonly [string, More?])[]): SampleTask[] =>
  tasks.map(([title, more]) => ({ title, status, ...more }));

export const labelColors = {
  reader: "#3b82f6",
  catalogue: "#8b5cf6",
  loans: "#10b981",
  offline: "#f59e0b",
  accessibility: "#ec4899",
  bug: "#ef4444",
  research: "#64748b",
} as const;

/** The one that is opened whole, and beside the board. */
export const MAIN_TASK = "Keep the place in a book when the connection drops";

export const mainDescription = `Readers on the tram lose their page whenever the train enters the tunnel. The app must
remember the place **on the device** first, and tell the server when it can.

## What counts as done

- [x] The place is written to the device at every turn of a page
- [x] Two devices agree on the *furthest* place, not the latest
- [ ] A reader is asked before a jump of more than ten pages
- [ ] The tunnel test passes on the oldest tablet we lend out

| device | before | now |
| --- | --- | --- |
| Phone | 4 s | 0.2 s |
| Lent tablet | 11 s | 0.9 s |

The format is \`{ book, chapter, offset }\`, as agreed in [the notes](https://example.org/notes).`;

export const mainSubtasks = [
  { title: "Write the place to the device", status: "Done", who: ["ines"] },
  { title: "Agree on the furthest place", status: "Done", who: ["kofi"] },
  { title: "Ask before a long jump", status: "In progress", who: ["ines"], due: 2 },
  { title: "Run the tunnel test on the lent tablets", status: "To do", who: ["hanna"], due: 6 },
] satisfies SampleTask[];

type SampleItem = { text: string; isDone?: boolean; who?: PersonName; due?: number };

export const mainChecklists: readonly { title: string; items: readonly SampleItem[] }[] = [
  {
    title: "Before it is released",
    items: [
      { text: "Reproduce it on the tram", isDone: true },
      { text: "Write the offset to the device first", isDone: true, who: "ines" },
      { text: "Ask three of the readers who told us to try it on their way to work", who: "hanna" },
      { text: "Compare with what the server has when the connection is back", due: 2 },
    ],
  },
  { title: "After", items: [{ text: "Tell the branches" }] },
];

export const mainComments: readonly (readonly [PersonName, string])[] = [
  ["hanna", "Three readers told me about it this week, all of them on line 4."],
  ["ines", "Reproduced: we only save when the *server* answers. The write has to come first."],
  ["maya", "Good. Let us keep it small: `offset` in characters is enough, no need for a range."],
];

export const tasks: readonly SampleTask[] = [
  ...list("Backlog", [
    ["Let readers gather books in shelves of their own", { labels: ["catalogue"] }],
    ["Read aloud with the voice of the device", { labels: ["reader", "accessibility"] }],
    ["Show how busy each branch is", { priority: "low", labels: ["research"] }],
    ["Gift a loan to somebody in the household", { labels: ["loans"], estimate: 5 }],
    ["Offer the catalogue in Turkish and Ukrainian", { priority: "medium", estimate: 8 }],
    ["A widget with the next book that is due", { priority: "low", who: ["kofi"] }],
    ["Talk to ten people who never borrow e-books", { labels: ["research"], who: ["hanna"] }],
    ["Book clubs: read the same chapter together", {}],
    ["Sort the shelf by the colour of the spine", { priority: "low" }],
    ["Pick up reserved books at the evening locker", { labels: ["loans"], estimate: 13 }],
    ["Let children choose a picture instead of a name", { labels: ["accessibility"] }],
    ["Find out why audio books are returned so early", { labels: ["research"] }],
  ]),
  ...list("To do", [
    [
      "Renew all loans at once",
      { priority: "high", who: ["kofi"], labels: ["loans"], due: 1, estimate: 3 },
    ],
    [
      "Search finds authors with diacritics: “Škvorecký”, “Şafak”, “Ólafsdóttir”",
      { priority: "medium", who: ["tomas"], labels: ["catalogue", "bug"], due: 3, estimate: 2 },
    ],
    [
      "Larger touch targets in the table of contents",
      { priority: "medium", labels: ["accessibility", "reader"], who: ["ines"], due: 5 },
    ],
    [
      "Warn two days before a loan ends",
      { priority: "high", labels: ["loans", "offline"], who: ["liam"], due: 0, estimate: 3 },
    ],
    ["Download a whole series for the journey", { labels: ["offline"], estimate: 5, due: 12 }],
    [
      "Say which books a library card may not borrow, and why",
      { priority: "low", labels: ["loans", "catalogue"], who: ["hanna"] },
    ],
    ["Keep highlights when an edition is replaced", { labels: ["reader"], due: 9, estimate: 5 }],
    ["Scan the barcode of a printed book", { labels: ["catalogue"], who: ["kofi"], estimate: 8 }],
    ["Sepia and night paper", { priority: "low", labels: ["reader"], who: ["ines"], due: 20 }],
    ["Measure the battery over an evening of reading", { labels: ["research", "reader"], due: 7 }],
    ["Return a book early with one gesture", { labels: ["loans"] }],
  ]),
  ...list("In progress", [
    [
      MAIN_TASK,
      {
        priority: "urgent",
        who: ["ines", "kofi"],
        labels: ["offline", "reader", "bug"],
        due: 2,
        estimate: 5,
      },
    ],
    [
      "Page turns take 40 ms on the lent tablets",
      { priority: "high", who: ["tomas"], labels: ["reader"], due: -1, estimate: 3 },
    ],
    [
      "Reserve a book that is out",
      { priority: "medium", who: ["kofi"], labels: ["loans"], due: 4, estimate: 8 },
    ],
    [
      "Read the whole app with a screen reader, once",
      { priority: "high", who: ["maya", "hanna"], labels: ["accessibility", "research"], due: 6 },
    ],
    ["Covers for books that have none", { who: ["liam"], labels: ["catalogue"], estimate: 2 }],
    [
      "Fold the three settings pages into one",
      { priority: "low", who: ["maya"], labels: ["reader", "accessibility", "research"], due: 10 },
    ],
  ]),
  ...list("In review", [
    [
      "Footnotes open beside the text",
      { priority: "medium", who: ["tomas"], labels: ["reader"], due: 1, estimate: 5 },
    ],
    [
      "Catalogue loads before the fonts do",
      { priority: "high", who: ["liam", "ines"], labels: ["catalogue", "bug"], due: -2 },
    ],
    ["Fines are paid at the desk: take out the button", { who: ["kofi"], labels: ["loans"] }],
  ]),
  ...list("Done", [
    ["Sign in with the number of the library card", { who: ["kofi"], estimate: 5, due: -6 }],
    ["The shelf works without a connection", { who: ["ines"], labels: ["offline"], estimate: 8 }],
    ["Choose the branch on first start", { who: ["maya"], due: -9 }],
    ["Crash on books without a table of contents", { who: ["tomas"], labels: ["bug", "reader"] }],
    ["Hyphenate German and Finnish", { who: ["tomas"], labels: ["reader"], estimate: 3 }],
    ["Contrast of the night paper is at least 7 : 1", { labels: ["accessibility"] }],
    ["Try three names with readers at the branch", { who: ["hanna"], labels: ["research"] }],
    ["Loans show the days that are left", { who: ["kofi"], labels: ["loans"], estimate: 2 }],
    ["Import the old catalogue", { who: ["liam"], labels: ["catalogue"], estimate: 13 }],
  ]),
  ...list("Cancelled", [
    ["A feed of what friends read", { labels: ["research"] }],
    ["Star ratings", { who: ["maya"] }],
  ]),
];

export const websiteTasks: readonly SampleTask[] = [
  ...list("To do", [
    ["Opening hours of the winter", { who: ["maya"], due: 0, priority: "high" }],
    ["A page for the reading app", { who: ["maya", "liam"], due: 8 }],
    ["Move the newsletter to our own server", { who: ["liam"] }],
  ]),
  ...list("In progress", [
    ["Photographs of the rebuilt branch", { who: ["maya", "hanna"], due: -3 }],
    ["Short addresses for every book", { who: ["maya"], priority: "medium", due: 3 }],
  ]),
  ...list("Done", [["Retire the guest book of 2009", { who: ["maya"] }]]),
];

/** What another tracker would give out: GitHub's form, with what an import has to tell of. */
export const exportedIssues = () => {
  const people = ["mayal", "tomasp", "ghost", "inesm"];
  return tasks.slice(0, 38).map(({ title, status, labels = [] }, index) => ({
    number: index + 1,
    title: index === 11 ? "" : title,
    body: index % 3 === 0 ? `Asked for at the desk.\n\n- [ ] try it\n- [ ] tell the branch` : "",
    state: status === "Done" || index % 5 === 0 ? "closed" : "open",
    labels: labels.map((name) => ({ name, color: labelColors[name as never] })),
    assignees: index % 2 === 0 ? [{ login: people[index % people.length] }] : [],
    user: { login: people[(index + 1) % people.length] },
    created_at: `2026-0${1 + (index % 8)}-1${index % 9}T08:00:00Z`,
    html_url: `https://example.org/library/issues/${index + 1}`,
    comments: index % 4,
    ...(index % 9 === 7 && { pull_request: { url: "https://example.org/library/pull" } }),
  }));
};
