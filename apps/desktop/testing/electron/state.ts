/** What all parts of the double stand on: is the app ready, and what begins anew for each test. */
const restarts: (() => void)[] = [];
let ready = false;

export const isReady = () => ready;
export function becomeReady() {
  ready = true;
}

/** Run now, and again whenever a test begins with an Electron that was just started. */
export function atStart(begin: () => void) {
  restarts.push(begin);
  begin();
}

export function startAgain() {
  ready = false;
  for (const begin of restarts) begin();
}

/** As Electron refuses what needs the app to be ready. */
export function needsReady(sentence: string) {
  if (!ready) throw new Error(sentence);
}

/** An event that a listener can prevent. */
export function preventable<Details extends object>(details: Details) {
  return {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}
