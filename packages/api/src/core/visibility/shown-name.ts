import { schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";

const { users } = schema;

export const FORMER_MEMBER = "Former member";

/** What others call a person of a row of `users`: who closed their account may have left their name out. */
export const shownName: SQL<string> = sql<string>`case when ${users.closedAt} is not null
  and ${users.isNameErased} then ${FORMER_MEMBER} else ${users.name} end`;
