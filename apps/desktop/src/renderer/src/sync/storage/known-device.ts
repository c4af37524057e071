/**
 * What the server gave this device at its sign-ins. Shown at the next one, it lets whoever signed in here
 * before in, also while strangers elsewhere try their password.
 */
const KEY = "guildhall.device";

export function shownDevice(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // Storage may be forbidden: then this is a device like any other.
  }
}

export function rememberDevice(device: string): void {
  try {
    localStorage.setItem(KEY, device);
  } catch {
    // As above.
  }
}
