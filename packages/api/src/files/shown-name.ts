/**
 * Marks that turn the text around them: with one, "photo_gpj.exe" reads as a picture. They stay in the
 * name that is kept; wherever it is shown, or told to a browser that will show it, they are seen.
 */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const shownName = (name: string) => name.replace(TURNING, "\u{fffd}");
