import { readSight, type Sight } from "../core/access.ts";
import type { ActorContext } from "../core/context.ts";
import { notFound, signInFirst } from "../core/errors.ts";

const SIGHT_MS = 1_000;

/** Asks again, when there is reason to, whether this person is signed in and what they may see. */
export class Guard {
  readonly #ctx: ActorContext;
  readonly #workspaceId: string;
  #sight: Sight | null = null;
  #askedAt = 0;
  #doubts = 0;

  constructor(ctx: ActorContext, workspaceId: string) {
    this.#ctx = ctx;
    this.#workspaceId = workspaceId;
  }

  doubt() {
    this.#doubts++;
    this.#askedAt = 0;
  }

  async check(): Promise<Sight> {
    if (this.#sight && Date.now() - this.#askedAt < SIGHT_MS) return this.#sight;
    const { services, credentials, actor } = this.#ctx;
    const askedAt = Date.now();
    const doubts = this.#doubts;
    // The first time, the procedure itself has just asked who this is.
    if (this.#sight) {
      const present = await services.authenticate(credentials);
      if (present?.user.id !== actor.user.id) throw signInFirst();
    }
    const sight = await readSight(services.db, actor.user.id, this.#workspaceId);
    if (!sight) throw notFound("workspace");
    this.#sight = sight;
    // A doubt that came while we asked is not answered yet.
    if (doubts === this.#doubts) this.#askedAt = askedAt;
    return sight;
  }
}
