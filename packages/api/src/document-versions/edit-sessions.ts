/**
 * Divides what was written into edit sessions, each of which becomes one version.
 *
 * A version for every update would be thousands a day, and one for every day would lose what stood
 * at noon. People think of "before lunch", "what Ann did": so an edit session ends at a pause, when
 * somebody else takes over after a short one, and after an hour even of those who never pause.
 */

export type Written = { seq: number; actorId: string | null; at: Date };

export type EditSession = {
  /** Its last update. */
  seq: number;
  authorIds: string[];
  startedAt: Date;
  endedAt: Date;
};

const MINUTE = 60_000;
export const PAUSE_MS = 10 * MINUTE;
const OTHERS_PAUSE_MS = 2 * MINUTE;
export const LONGEST_MS = 60 * MINUTE;

/** `going`: the last one that is known, which what follows may still belong to. */
export function editSessionsOf(
  updates: readonly Written[],
  going: EditSession | null = null,
): EditSession[] {
  const sessions: EditSession[] = going ? [going] : [];
  for (const update of updates) {
    const last = sessions.at(-1);
    if (last && belongs(update, last)) sessions[sessions.length - 1] = extended(last, update);
    else sessions.push(begun(update));
  }
  return sessions;
}

function belongs(
  { actorId, at }: Written,
  { startedAt, endedAt, authorIds }: EditSession,
): boolean {
  const pause = at.getTime() - endedAt.getTime();
  const isOther = actorId !== null && !authorIds.includes(actorId);
  if (pause >= (isOther ? OTHERS_PAUSE_MS : PAUSE_MS)) return false;
  return at.getTime() - startedAt.getTime() < LONGEST_MS;
}

const begun = ({ seq, actorId, at }: Written): EditSession => ({
  seq,
  authorIds: actorId ? [actorId] : [],
  startedAt: at,
  endedAt: at,
});

function extended(session: EditSession, { seq, actorId, at }: Written): EditSession {
  const isNew = actorId !== null && !session.authorIds.includes(actorId);
  const authorIds = isNew ? [...session.authorIds, actorId] : session.authorIds;
  return { ...session, seq, authorIds, endedAt: at };
}
