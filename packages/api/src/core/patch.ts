/** A patch that names no field, or names fields and leaves them undefined: there is nothing to set. */
export const isEmptyPatch = (patch: object) =>
  Object.values(patch).every((value) => value === undefined);
