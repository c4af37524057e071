/** In place of bcrypt (fast-passwords.ts), and by it. */
import type * as bcrypt from "@node-rs/bcrypt";

const file = new URL(import.meta.url).searchParams.get("library") ?? "";
const library: typeof bcrypt = await import(file);

export const { verify } = library;
export const hash = (password: string) => library.hash(password, { cost: 4 });
