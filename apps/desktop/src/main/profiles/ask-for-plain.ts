import { dialog } from "electron";

/** Asked once; the answer stands in the settings, where it can be changed. */
export async function askForPlain(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: "question",
    message: "Stay signed in without encryption?",
    detail:
      "This computer has no keyring that Guildhall can use (such as GNOME Keyring or KWallet), so your sign-in can't be stored encrypted. " +
      "If it's stored anyway, any program that can read your files can use it to act as you until you sign out.\n\n" +
      "You can change this under Settings, Servers.",
    buttons: ["Don't store it", "Store without encryption"],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
