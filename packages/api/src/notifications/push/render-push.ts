import { type Kind, kinds } from "../kinds.ts";
import { isolated } from "../mail/plain-text.ts";
import { pathOf } from "../mail/render-mail.ts";
import type { NotificationRow } from "../queries.ts";

/** What a browser shows: no more than says what it is about. */
export type PushPayload = {
  title: string;
  body: string;
  /** Where a click leads, below the server's address. */
  path: string;
  /** A later one about the same thing takes its place. */
  tag: string;
};

/** A push service takes about 4,000 bytes. */
const LONGEST = 200;

const shortened = (words: string) => {
  const characters = [...words];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : words;
};

type Named = NotificationRow & { actorName: string | null };
type Workspace = { id: string; name: string };

/** Of several it says how many there are. */
export function renderPush(items: readonly Named[], workspace: Workspace): PushPayload | null {
  const [first, ...others] = items;
  if (!first) return null;
  const home = `/w/${workspace.id}`;
  const told: Kind = kinds[first.kind];
  const said = told.sentence(
    isolated(first.actorName ?? "Someone"),
    first.detail === null ? null : isolated(first.detail),
    first.things,
  );
  const name = [first.key, first.title || workspace.name].filter(Boolean).join(" ");
  const isOneThing = others.every(({ subject }) => subject.id === first.subject.id);
  if (!isOneThing) {
    return {
      title: isolated(workspace.name),
      body: `${items.length} new notifications`,
      path: `${home}/inbox`,
      tag: workspace.id,
    };
  }
  const body = others.length === 0 ? said : `${said}, and ${others.length} more`;
  return {
    title: isolated(shortened(name)),
    body: shortened(body),
    path: home + pathOf(first),
    tag: first.subject.id,
  };
}
