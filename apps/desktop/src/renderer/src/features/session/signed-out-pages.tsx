export function SignedOutPages() {
  return null;
}
