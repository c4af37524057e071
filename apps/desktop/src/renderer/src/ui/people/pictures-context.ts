import { createContext } from "react";

/** The addresses of people's pictures, by person, for every avatar below; who has none has initials. */
export const PicturesContext = createContext<ReadonlyMap<string, string>>(new Map());
