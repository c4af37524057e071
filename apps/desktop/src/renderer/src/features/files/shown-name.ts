/** Marks that turn around the text behind them: with one, "photo_gpj.exe" reads as an image. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name as it is shown, with such marks made visible; what is kept and fetched is the name itself. */
export const shownName = (name: string) => name.replace(TURNING, "\u{fffd}");

/** Within a sentence: of bounded length, and without turning what stands around it. */
export function nameInWords(name: string): string {
  const letters = [...shownName(name)];
  const short =
    letters.length > 60
      ? `${letters.slice(0, 40).join("")}…${letters.slice(-16).join("")}`
      : letters.join("");
  return `\u2068${short}\u2069`;
}
