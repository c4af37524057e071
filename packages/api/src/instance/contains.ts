/** For `ilike`: what a person wrote is looked for as it stands. */
export const contains = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
