/** What a mail says: by thing, each with what happened to it and a way there. */

import { type Kind, kinds } from "../kinds.ts";
import type { Subject } from "../people-concerned.ts";
import type { NotificationRow } from "../queries.ts";
import { isolated, plainText } from "./plain-text.ts";
import { renderHtml } from "./render-html.ts";

/** In one mail; of more it says how many there are. */
const MOST = 50;
/** Of a subject, in characters. */
const LONGEST = 150;

export type Mailed = NotificationRow & { actorName: string | null };

export type MailLine = { sentence: string; excerpt: string | null };
/** What one thing is called, where it is, and what happened to it. */
export type MailThing = { subject: Subject; title: string; link: string; lines: MailLine[] };

export type MailWords = {
  things: MailThing[];
  /** What there is no room for. */
  more: number;
  workspaceName: string;
  inbox: string;
  settings: string;
  unsubscribe: string;
};

export type MailSetting = {
  publicUrl: string;
  workspace: { id: string; name: string };
  unsubscribe: string;
};

/** `about`: the only thing that it is about; null of several. */
export function renderMail(items: readonly Mailed[], setting: MailSetting) {
  const { workspace, publicUrl, unsubscribe } = setting;
  const home = `${publicUrl}/w/${workspace.id}`;
  const things = thingsOf(items.slice(0, MOST), home, workspace.name);
  const [first, ...others] = things;
  const words: MailWords = {
    things,
    more: Math.max(0, items.length - MOST),
    workspaceName: isolated(workspace.name),
    inbox: `${home}/inbox`,
    settings: `${home}/settings`,
    unsubscribe,
  };
  const isOne = others.length === 0;
  const about = first && isOne ? `${first.subject.entity}.${first.subject.id}` : null;
  const mail = {
    subject: shortened(isOne ? subjectOf(first) : `${subjectOf(first)} and ${others.length} more`),
    text: renderText(words),
    html: renderHtml(words),
  };
  return { about, mail };
}

function thingsOf(items: readonly Mailed[], home: string, workspaceName: string): MailThing[] {
  const things = new Map<string, MailThing>();
  for (const item of items) {
    const { subject } = item;
    const thing = things.get(subject.id) ?? {
      subject,
      title: isolated([item.key, item.title || workspaceName].filter(Boolean).join(" ")),
      link: home + pathOf(item),
      lines: [],
    };
    thing.lines.push({
      sentence: sentenceOf(item),
      excerpt: item.excerpt === null ? null : plainText(item.excerpt),
    });
    things.set(subject.id, thing);
  }
  return [...things.values()];
}

function sentenceOf({ kind, actorName, detail, things }: Mailed): string {
  const told: Kind = kinds[kind];
  return (
    told.inMail?.(detail) ??
    told.sentence(
      isolated(actorName ?? "Someone"),
      detail === null ? null : isolated(detail),
      things,
    )
  );
}

/** Below the workspace's address; as the page's `notificationPath`. */
export function pathOf({ subject, key, commentId, kind, things }: NotificationRow): string {
  const comment = commentId ? `#comment-${commentId}` : "";
  switch (subject.entity) {
    case "task":
      return `/task/${key ?? subject.id}${comment}`;
    case "document":
      return `/d/${subject.id}${comment}`;
    case "project":
      return `/p/${subject.id}/board`;
    case "workspace":
      if (things) return "/my-work";
      if (kind === "joinedGroup") return "/members?tab=groups";
      return kind === "importFinished" ? "/documents" : "/members";
  }
}

const subjectOf = (thing: MailThing | undefined) => thing?.title ?? "";

const shortened = (words: string) => {
  const characters = [...words];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : words;
};

function renderText(words: MailWords): string {
  const { things, more, workspaceName, inbox, settings, unsubscribe } = words;
  const said = things.map(({ title, link, lines }) => {
    const each = lines.map(({ sentence, excerpt }) =>
      excerpt ? `${sentence}:\n${excerpt.replace(/^/gm, "> ")}` : sentence,
    );
    return [title, ...each, link].join("\n");
  });
  const rest = more > 0 ? [`And ${more} more in your inbox: ${inbox}`] : [];
  const why = [
    "-- ",
    `You get this because you haven't read it in ${workspaceName} on Guildhall yet.`,
    `Choose what you're emailed about: ${settings}`,
    `Unsubscribe from emails of ${workspaceName}: ${unsubscribe}`,
  ];
  return `${[...said, ...rest, why.join("\n")].join("\n\n")}\n`;
}
