import { schema } from "@guildhall/db";
import { sql } from "drizzle-orm";

const { tasks } = schema;

/** completedAt follows the status: set on the first completed one, cleared when it is left. */
export const completion = (category: schema.StatusCategory) => ({
  completedAt: category === "completed" ? sql`coalesce(${tasks.completedAt}, now())` : null,
});
