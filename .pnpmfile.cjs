/**
 * The packages that bring Node name their system and processor as one word, where a list is meant. A
 * lockfile then does not know them, and every system would be given the Nodes of all the others.
 */
const NODE = /^node-(bin-)?(linux|darwin|win)-/;

module.exports = {
  hooks: {
    readPackage(manifest) {
      if (!NODE.test(manifest.name ?? "")) return manifest;
      return { ...manifest, os: [manifest.os].flat(), cpu: [manifest.cpu].flat() };
    },
  },
};
