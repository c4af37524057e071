import { type Session, session } from "electron";
import type { ServePages } from "../app-protocol.ts";
import { verifyCertificates } from "./certificates.ts";
import { type Profiles, partitionOf } from "./profiles.ts";

/** The session of each profile, ready for its pages. */
export function openProfileSessions(profiles: Profiles, servePages: ServePages) {
  const ready = new WeakSet<Session>();
  function verify(of: Session, profileId: string) {
    verifyCertificates(of, { pinned: () => profiles.find(profileId)?.certificate ?? null });
  }

  return {
    open(profileId: string): Session {
      const own = session.fromPartition(partitionOf(profileId));
      if (ready.has(own)) return own;
      ready.add(own);
      servePages(own);
      verify(own, profileId);
      return own;
    },
    /** Another certificate is trusted, or none any more: what is open was opened by the one before. */
    async certificateChanged(profileId: string) {
      const own = session.fromPartition(partitionOf(profileId));
      // Chromium remembers what a function has found: a new one is asked again.
      own.setCertificateVerifyProc(null);
      verify(own, profileId);
      await own.closeAllConnections();
    },
    /**
     * What the network has left, once somebody has signed out. What is stored of the account the pages have
     * removed by then; what waits unsent of another account in the same profile stays where it is.
     */
    async forget(profileId: string) {
      const own = session.fromPartition(partitionOf(profileId));
      await own.clearStorageData({ storages: ["cookies", "cachestorage", "shadercache"] });
      await own.clearCache();
      await own.clearAuthCache();
    },
    /** All that its pages have stored on this computer. */
    async clear(profileId: string) {
      const own = session.fromPartition(partitionOf(profileId));
      await own.closeAllConnections();
      await own.clearStorageData();
      await own.clearCache();
      await own.clearAuthCache();
    },
  };
}

export type ProfileSessions = ReturnType<typeof openProfileSessions>;
