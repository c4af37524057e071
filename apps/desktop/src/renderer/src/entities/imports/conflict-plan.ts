import type { RouterInputs } from "@guildhall/api/client";
import { useState } from "react";
import type { Conflict } from "./conflict-list.tsx";

type Input = NonNullable<RouterInputs["imports"]["start"]["conflicts"]>;
type Choice = NonNullable<Input["choices"]>[number];
type Take = Choice["take"];
export type ConflictField = Choice["field"];

export type ConflictPlan = {
  /** What all of them have; null when they differ. */
  all: Take | null;
  of(conflict: Conflict): Take;
  take(conflict: Conflict, take: Take): void;
  takeAll(take: Take): void;
  /** Whether anything comes from the file. */
  takesSome: boolean;
  input: Input;
};

/** What a person chose of what a preview showed; to begin with, all stays as it is here. */
export function useConflictPlan(previewId: string): ConflictPlan {
  const [all, setAll] = useState<Take>("here");
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const others = [...choices.values()].filter(({ take }) => take !== all);
  return {
    all: others.length === 0 ? all : null,
    of: (conflict) => choices.get(keyOf(conflict))?.take ?? all,
    take(conflict, take) {
      const { taskId } = conflict;
      const field = conflict.field as ConflictField;
      setChoices((known) => new Map(known).set(keyOf(conflict), { taskId, field, take }));
    },
    takeAll(take) {
      setAll(take);
      setChoices(new Map());
    },
    takesSome: all === "file" || others.some(({ take }) => take === "file"),
    input: { previewId, all, choices: others },
  };
}

const keyOf = ({ taskId, field }: Conflict) => `${taskId}.${field}`;
