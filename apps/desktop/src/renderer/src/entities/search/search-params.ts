/** What is searched for, as the address keeps it: a reload, back and a copied link keep it too. */
import type { RouterInputs } from "@guildhall/api/client";

type Asked = RouterInputs["search"]["find"];
export type SearchKind = NonNullable<Asked["kinds"]>[number];
export type SearchState = NonNullable<Asked["states"]>[number];

export const searchKinds = ["task", "document", "comment", "file"] as const satisfies SearchKind[];
export const searchStates = [
  "open",
  "completed",
  "cancelled",
  "archived",
] as const satisfies SearchState[];
/** How long ago it was changed at most, in days. */
export const ages = { day: 1, week: 7, month: 30, year: 365 } as const;
export type Age = keyof typeof ages;

export type SearchAddress = {
  text: string;
  kind: SearchKind | null;
  project: string | null;
  person: string | null;
  state: SearchState | null;
  changed: Age | null;
};

export const nothingAsked: SearchAddress = {
  text: "",
  kind: null,
  project: null,
  person: null,
  state: null,
  changed: null,
};

const oneOf = <Value extends string>(values: readonly Value[], given: string | null) =>
  values.find((value) => value === given) ?? null;

export function readSearchAddress(search: string): SearchAddress {
  const params = new URLSearchParams(search);
  return {
    text: params.get("q") ?? "",
    kind: oneOf(searchKinds, params.get("kind")),
    project: params.get("project"),
    person: params.get("person"),
    state: oneOf(searchStates, params.get("state")),
    changed: oneOf(Object.keys(ages) as Age[], params.get("changed")),
  };
}

export function writeSearchAddress({ text, ...filters }: SearchAddress): string {
  const params = new URLSearchParams(text ? { q: text } : {});
  for (const [name, value] of Object.entries(filters)) if (value) params.set(name, value);
  return params.size > 0 ? `?${params}` : "";
}

const DAY_MS = 86_400_000;

/** The same all day: a moment that moves with the clock would be a new question each time. */
const daysBefore = (today: Date, days: number) =>
  new Date(
    new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime() -
      (days - 1) * DAY_MS,
  );

export function toQuestion(asked: SearchAddress, projectId: string | undefined, today: Date) {
  return {
    text: asked.text,
    ...(asked.kind && { kinds: [asked.kind] }),
    ...(projectId && { projectId }),
    ...(asked.person && { personId: asked.person }),
    ...(asked.state && { states: [asked.state] }),
    ...(asked.changed && { from: daysBefore(today, ages[asked.changed]) }),
  };
}
