/** Whose wish it is to be told on this device while the app is closed: another account here has its own. */
const KEY = "guildhall.push";

export const wantsPush = (myId: string) => localStorage.getItem(KEY) === myId;

export function setWantsPush(myId: string | null) {
  if (myId === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, myId);
}
