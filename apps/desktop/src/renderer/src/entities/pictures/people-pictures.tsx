import type { ReactNode } from "react";
import { PicturesContext } from "@/ui/people/pictures-context.ts";
import { usePictures } from "./use-pictures.ts";

type Props = {
  people: readonly { id: string; pictureKey?: string | null }[];
  children: ReactNode;
};

/** Every avatar below shows the picture of its person, if they have one. */
export function PeoplePictures({ people, children }: Props) {
  return <PicturesContext value={usePictures("people", people)}>{children}</PicturesContext>;
}
