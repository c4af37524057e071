import type { StatusCategory } from "@guildhall/db/lists";
import type { DayOrder } from "../dates/parse-date.ts";

/** What a person says of a file that the file does not say itself. */
export type Reading = {
  /** The clock that its times are of and that moments become days by: an IANA name; UTC where none is said. */
  zone?: string | undefined;
  /** Which number is the day in 03/04/2024; only where nothing in the file decides. */
  dayOrder?: DayOrder | undefined;
  /** By the name of a status in the file what it means, instead of what it was taken for. */
  categories?: Record<string, StatusCategory> | undefined;
};
