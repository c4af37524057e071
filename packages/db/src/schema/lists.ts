/**
 * The lists that tables, inputs, parsers and pages have in common, each written once. This module
 * imports nothing, so that whoever runs outside the server may read it as well.
 */

/** From the least to the most. */
export const priorities = ["none", "low", "medium", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];

/** In the order of a board. */
export const statusCategories = [
  "backlog",
  "unstarted",
  "started",
  "completed",
  "cancelled",
] as const;
export type StatusCategory = (typeof statusCategories)[number];

/** From the most to the least. */
export const roles = ["owner", "editor", "viewer"] as const;
export type Role = (typeof roles)[number];
