import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { notFound } from "../core/errors.ts";

const { imports } = schema;

/** Judge the project before anything of it is shown. */
export async function loadImport(q: Queryable, id: string) {
  const [row] = await q.select().from(imports).where(eq(imports.id, id));
  if (!row) throw notFound("import");
  return row;
}
