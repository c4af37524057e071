/**
 * Where the others' cursors are. Nothing of it is kept, and the server says whose it is: a name that
 * comes with a cursor is never believed.
 */
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import type { Doc } from "yjs";
import type { Room } from "../room.ts";
import { fromBase64, toBase64 } from "./transport.ts";

/** A selection that is dragged changes sixty times a second; a few of them are enough. */
const SEND_EVERY_MS = 80;

type Options = { room: Room; documentId: string; doc: Doc };
type Changed = { added: number[]; updated: number[]; removed: number[] };
