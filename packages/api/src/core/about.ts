/** What runs here, and whose work is in it: written by the build (scripts/licenses.ts). */
export type License = {
  name: string;
  version: string;
  /** As its package names it, such as `MIT`. */
  license: string;
  /** The number of its text among `texts`; null: it brought none. */
  text: number | null;
};

export type Licenses = { packages: License[]; texts: string[] };

export type About = {
  version: string;
  /** Of the sources it was built from; null where nobody knows. */
  commit: string | null;
  builtAt: Date | null;
  /** Of all that ships; null before anything was built. */
  licenses(): Promise<Licenses | null>;
};

export const unknownBuild: About = {
  version: "0.0.0",
  commit: null,
  builtAt: null,
  licenses: async () => null,
};
