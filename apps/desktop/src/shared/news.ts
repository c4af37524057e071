import { z } from "zod/mini";

const line = z.string().check(z.maxLength(500));
/** A place inside a workspace. */
export const place = z.string().check(z.maxLength(2048), z.regex(/^\/w\/[\w-]+/));

/** Something that a person is told of, as the system shows it. */
export const news = z.object({
  /** Of the notifications that it tells of: each is told once, whatever windows hear of it. */
  ids: z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(1000)),
  /** A later one of the same takes its place. */
  tag: z.string().check(z.maxLength(64)),
  title: line,
  body: line,
  path: place,
  /** Of its task, which may be open beside another screen. */
  key: z.nullable(z.string().check(z.maxLength(64))),
});
export type News = z.output<typeof news>;

/**
 * By whom it is shown: the page that asked, as it is in front; the system; or nobody, because it is in front of its
 * person, is told by another window, was told before, or isn't wanted.
 */
export type NewsShown = "in-app" | "native" | "quiet";
