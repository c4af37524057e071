import { z } from "zod";

/** A line for people: trimmed, not empty. Length in characters. */
export const line = (max: number) => z.string().trim().min(1).max(max);

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("Enter a valid email address."));

export const id = z.uuid();

/** Ids a client made; UUIDv7 keeps them in the order of making. */
export const ids = (max: number) => z.array(z.uuid()).max(max);

/** Postgres has no year 0. */
export const day = z.iso.date().refine((d) => d >= "0001", "Enter a date from the year 1 on.");

/** Postgres knows other years too, but neither writes nor reads them as we do. */
export const instant = z.date().min(new Date("0001-01-01")).max(new Date("9999-12-31"));

/** By its IANA name. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "Enter a time zone, as in Europe/Berlin.");

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
