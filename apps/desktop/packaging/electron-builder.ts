import type { Configuration } from "electron-builder";

/** Where a release is shown; a package for Debian must name an address. */
const homepage = process.env.GITHUB_REPOSITORY
  ? `https://github.com/${process.env.GITHUB_REPOSITORY}`
  : "https://guildhall.invalid";

/**
 * How the app is packed. Everything that runs is in `out/`, bundled: the app has no dependencies, so that no
 * `node_modules` comes along. `app.asar` holds what the app runs, and nothing to read its sources from.
 */
export const configuration: Configuration = {
  appId: "org.guildhall.desktop",
  productName: "Guildhall",
  copyright: "MIT licence",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
  artifactName: "${productName}-${version}-${os}-${arch}.${ext}",
  directories: { output: "dist/desktop", buildResources: "packaging/icons" },
  files: ["out/**/*", "package.json", "!**/*.map"],
  extraMetadata: { homepage, author: { name: "Guildhall", email: "guildhall@guildhall.invalid" } },
  extraResources: [
    { from: "../../LICENSE", to: "LICENSE.guildhall.txt" },
    // For a workspace on this computer: stage-server.ts puts it together.
    { from: "dist/server", to: "server" },
  ],
  asar: true,
  // Nothing of it is compiled for one version of Node.
  npmRebuild: false,
  electronFuses: {
    // The app's program is the app, whatever its environment or its arguments say.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // And of these files, as they were packed.
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    enableCookieEncryption: true,
    // Pages come by app://, and none by file://.
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  protocols: [{ name: "Guildhall", schemes: ["guildhall"] }],
  // Makes latest*.yml beside the installers. The app doesn't ask there: src/main/updates says where it does.
  publish: { provider: "generic", url: "https://guildhall.invalid/desktop" },
  win: {
    target: [{ target: "nsis", arch: ["x64", "arm64"] }],
    executableName: "Guildhall",
    icon: "packaging/icons/icon.ico",
  },
  nsis: {
    oneClick: false,
    // Asks: for this account, or with an administrator's word for all of this computer.
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    buildUniversalInstaller: false,
    license: "../../LICENSE",
    deleteAppDataOnUninstall: false,
  },
  mac: {
    target: [
      { target: "dmg", arch: ["x64", "arm64"] },
      // What an update is taken from.
      { target: "zip", arch: ["x64", "arm64"] },
    ],
    category: "public.app-category.productivity",
    icon: "packaging/icons/icon.icns",
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: "packaging/entitlements.mac.plist",
    entitlementsInherit: "packaging/entitlements.mac.plist",
    notarize: Boolean(process.env.APPLE_API_KEY || process.env.APPLE_ID),
  },
  linux: {
    target: [
      { target: "AppImage", arch: ["x64", "arm64"] },
      { target: "deb", arch: ["x64", "arm64"] },
    ],
    executableName: "guildhall",
    icon: "packaging/icons/linux",
    category: "Office",
    synopsis: "Boards and documents of a team",

    desktop: { entry: { StartupWMClass: "Guildhall" } },
  },
};
