/** By how much this process was late: on a busy machine, what came in time is read too late. */
const STEP_MS = 50;

export function watchLateness() {
  const late: { at: number; by: number }[] = [];
  let due = Date.now() + STEP_MS;
  const timer = setInterval(() => {
    const by = Date.now() - due;
    if (by > STEP_MS) late.push({ at: Date.now(), by });
    due = Date.now() + STEP_MS;
  }, STEP_MS);
  return {
    /** All of it between two moments. */
    between: (from: number, until: number) =>
      late.reduce((sum, { at, by }) => (at > from && at - by < until ? sum + by : sum), 0),
    stop: () => clearInterval(timer),
  };
}
