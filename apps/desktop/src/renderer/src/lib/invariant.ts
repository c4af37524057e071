/** For what cannot be absent: says which belief was wrong instead of "undefined is not…". */
export function invariant<Value>(value: Value | null | undefined, belief: string): Value {
  if (value === null || value === undefined) throw new Error(`Impossible: not true that ${belief}`);
  return value;
}
