/** The server hashes with bcrypt, which reads 72 bytes: what is longer is refused, not cut off. */
export const passwordRules = { leastCharacters: 8, mostBytes: 72 } as const;

export function checkPassword(password: string) {
  const bytes = new TextEncoder().encode(password).length;
  return {
    bytes,
    isLongEnough: password.length >= passwordRules.leastCharacters,
    isShortEnough: bytes <= passwordRules.mostBytes,
  };
}

/** The sentence under the field after a try; null when the password is fine. */
export function passwordProblem(password: string): string | null {
  const { bytes, isLongEnough, isShortEnough } = checkPassword(password);
  if (!isLongEnough) return `Use at least ${passwordRules.leastCharacters} characters.`;
  if (!isShortEnough) {
    return `Too long by ${bytes - passwordRules.mostBytes} bytes. Accented letters and emoji count as two to four bytes each.`;
  }
  return null;
}
