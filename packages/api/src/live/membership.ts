import type { Actor } from "../core/context.ts";
import { signInFirst } from "../core/errors.ts";
import type { CredentialWatch } from "./credential-watch.ts";
import type { Member, Permission, PermissionCache } from "./permission-cache.ts";
import type { Sink } from "./sink.ts";

/** A subscription as its generator has it (serve.ts). */
export type Subscription = {
  /** From now on what is given out goes here. */
  start(sink: Sink): void;
  /** Rejects when a right, the session or the thing itself is gone. */
  readonly ended: Promise<never>;
  leave(): void;
};

type Needs<P extends Permission> = {
  permissions: PermissionCache<P>;
  credentials: CredentialWatch;
};

/** Somebody's being in a topic: for as long as they stay, and may. */
export class Membership implements Member {
  readonly userId: string;
  readonly ended: Promise<never>;
  readonly end: (error: unknown) => void;
  readonly #leaving: (() => void)[];
  isOver = false;

  constructor({ user, credential }: Actor, { permissions, credentials }: Needs<Permission>) {
    this.userId = user.id;
    const { promise, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting for it any more when it comes.
    promise.catch(() => {});
    this.ended = promise;
    this.end = (error) => {
      this.isOver = true;
      reject(error);
    };
    permissions.add(this);
    this.#leaving = [
      () => permissions.delete(this),
      credentials.watch(credential, () => this.end(signInFirst())),
    ];
  }

  onLeave(step: () => void) {
    this.#leaving.push(step);
  }

  leave = () => {
    this.isOver = true;
    for (const step of this.#leaving.splice(0).reverse()) step();
  };
}
