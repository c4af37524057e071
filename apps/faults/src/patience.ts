/** Of a fault run: the short ones are part of `npm test`, the long ones of `npm run test:faults`. */
export type Length = "short" | "long";

/** However busy the machine is on which everything is tested: only what hangs takes so much longer. */
const ON_ANY_MACHINE = 20;

/** How long a run waits for what we promise within so many ms. The long ones hold us to that promise. */
export const patience = (ms: number, length: Length) =>
  length === "long" ? ms : ms * ON_ANY_MACHINE;
