/** What a client may say about a task: made from the table, narrowed where the domain is narrower. */
import { schema } from "@guildhall/db";
import { createSelectSchema } from "drizzle-zod";
import { z } from "zod";
import { invariant } from "../core/errors.ts";
import { day, ids, line } from "../core/text.ts";
import { type Property, propertyRows, type TaskProperty } from "./properties.ts";
import type { Task } from "./queries.ts";

const columns: Record<string, z.ZodType> = createSelectSchema(schema.tasks).shape;

function schemaOf(name: TaskProperty, property: Property): z.ZodType {
  switch (property.kind) {
    case "line":
      return line(property.most);
    case "text":
      return z.string().max(property.most);
    case "day":
      return day.nullable();
    case "number":
      return z.number().min(property.least).max(property.most).nullable();
    case "list":
      return ids(property.most);
    default:
      return invariant(columns[name], "a property that is no list has a column");
  }
}

type Schemas = { [P in TaskProperty]: z.ZodType<Task[P], Task[P]> };

const schemas = Object.fromEntries(
  propertyRows.map(([name, property]) => [name, schemaOf(name, property)]),
) as Schemas;

/** Every property. All are optional: a patch changes what it names. */
export const taskPatch = z.object(schemas).partial().strict();

export type TaskPatch = z.infer<typeof taskPatch>;
