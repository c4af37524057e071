/** What runs here, and whose work is in it: written by the build (scripts/run/licences.mjs). */
export type Licence = {
  name: string;
  version: string;
  /** As its package names it, such as `MIT`. */
  licence: string;
  /** The number of its text among `texts`; null: it brought none. */
  text: number | null;
};

export type Licences = { packages: Licence[]; texts: string[] };

export type About = {
  version: string;
  /** Of the sources it was built from; null where nobody knows. */
  commit: string | null;
  builtAt: Date | null;
  /** Of all that ships; null before anything was built. */
  licences(): Promise<Licences | null>;
};

export const unknownBuild: About = {
  version: "0.0.0",
  commit: null,
  builtAt: null,
  licences: async () => null,
};
