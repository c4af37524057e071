import { ExpectedError } from "../bridge/expected-error.ts";
import { newProfile, type Profile, type SettingsFile } from "../settings.ts";

/** So that a menu of them can be read, and its keys are enough. */
const MOST = 20;

export type Profiles = ReturnType<typeof openProfiles>;

/**
 * Servers and accounts, each a profile with an id of its own. All that its pages store is in the partition of
 * that id, so no profile can see what is of another.
 */
export function openProfiles(settings: SettingsFile) {
  const list = () => settings.get().profiles;
  const find = (id: string) => list().find((each) => each.id === id) ?? null;
  function get(id: string): Profile {
    const found = find(id);
    if (!found) throw new ExpectedError("That server isn't in this app any more.");
    return found;
  }

  return {
    list,
    find,
    get,
    current: () => find(settings.get().currentProfileId) ?? (list()[0] as Profile),
    setCurrent(id: string) {
      settings.update({ currentProfileId: get(id).id });
    },
    add(values: Partial<Profile> = {}): Profile {
      if (list().length >= MOST) {
        throw new ExpectedError(
          `This app holds ${MOST} servers at most. Remove one you don't use, then add this one.`,
        );
      }
      const added = newProfile(values);
      settings.update({ profiles: [...list(), added] });
      return added;
    },
    update(id: string, patch: Partial<Omit<Profile, "id">>) {
      get(id);
      const profiles = list().map((each) => (each.id === id ? { ...each, ...patch } : each));
      settings.update({ profiles });
    },
    /** There is always one: after the last an empty one, in which a server can be named. */
    remove(id: string) {
      const left = list().filter((each) => each.id !== id);
      const profiles = left.length > 0 ? left : [newProfile()];
      const { currentProfileId } = settings.get();
      const isCurrentLeft = profiles.some((each) => each.id === currentProfileId);
      settings.update({
        profiles,
        ...(!isCurrentLeft && { currentProfileId: (profiles[0] as Profile).id }),
      });
    },
  };
}

/** Its IndexedDB, local storage, cookies and caches are its own by this. */
export const partitionOf = (profileId: string) => `persist:profile-${profileId}`;

export const labelOf = ({ name, kind, serverUrl }: Profile): string =>
  name ??
  (kind === "local" ? "On this computer" : serverUrl ? new URL(serverUrl).host : "New server");
