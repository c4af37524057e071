import { schema } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";

const { users } = schema;

/** Neither deactivated nor closed: what was begun as this person may go on. */
export const isOpenAccount = (userId: string) =>
  and(eq(users.id, userId), isNull(users.deactivatedAt), isNull(users.closedAt));
