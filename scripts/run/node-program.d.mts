export const NODE_PACKAGES: Record<string, string>;
export function nodeOf(root: string, system?: { platform: string; arch: string }): string | null;
