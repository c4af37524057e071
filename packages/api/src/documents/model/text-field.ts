/** The name of the fragment that holds the text. */
export const TEXT_FIELD = "default";
