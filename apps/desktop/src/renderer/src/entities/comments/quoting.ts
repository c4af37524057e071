/** A quote goes into the place where one answers, wherever that stands on the page, open or not yet. */
import { storedDrafts } from "@/entities/editor/stored-drafts.ts";
import { createObservable } from "@/lib/observable.ts";

/** Of what is answered: a task, a thread on it or in a document. */
export const replyPlace = (about: string) => `comment-on.${about}`;

/** The last place into which somebody was to write; each time another object. */
export const replying = createObservable<{ about: string } | null>(null);

type Quoted = { author: string; body: string };

/** As a Markdown quote with its author, behind what is begun there. */
export function quoteInto(userId: string, about: string, { author, body }: Quoted) {
  const place = replyPlace(about);
  const begun = storedDrafts.read(userId, place)?.text.trimEnd() ?? "";
  const lines = [`**${author.replace(/[\\`*_[\]<>]/g, "\\$&")}:**`, "", ...body.split("\n")];
  const quote = lines.map((line) => `> ${line}`.trimEnd()).join("\n");
  const text = `${begun && `${begun}\n\n`}${quote}\n\n`;
  storedDrafts.write(userId, place, { base: "", text });
  replying.set({ about });
}
