/**
 * How something was shown on one side of a mutation and on the other, so that its undo shows at once.
 * The server knows by the mutation's id how everything was before it, and what somebody else has
 * changed since (packages/api/src/core/feed/moments.ts). Null: it was not there.
 */
export type Swap<View> = { id: string; from: Partial<View> | null; to: Partial<View> | null };

export const reversed = <S extends { from: unknown; to: unknown }>(swap: S): S => ({
  ...swap,
  from: swap.to,
  to: swap.from,
});
