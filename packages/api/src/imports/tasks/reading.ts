import { schema } from "@guildhall/db";
import { dayOrders } from "@guildhall/importers/tasks";
import { z } from "zod";
import { timeZone } from "../../core/text.ts";

const MOST_STATUSES = 500;

/** What a file does not say of itself: `preview` tells what there is to ask. */
export const readingInput = z.object({
  /** The clock of its times, and by which moments become days; UTC where none is said. */
  zone: timeZone.optional(),
  /** Which number is the day in 03/04/2024; where something in the file decides, that does. */
  dayOrder: z.enum(dayOrders).optional(),
  /** By the name of a status in the file what it means. */
  categories: z
    .record(z.string().max(1_000), z.enum(schema.statusCategories))
    .refine((all) => Object.keys(all).length <= MOST_STATUSES)
    .optional(),
});

export type ReadingInput = z.output<typeof readingInput>;
