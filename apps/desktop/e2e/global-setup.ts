/** One Postgres for the whole run; each server has a database of its own in it. */
export { setup as default } from "@guildhall/db/testing/global-setup";
