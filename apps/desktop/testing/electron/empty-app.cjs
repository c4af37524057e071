// What the real Electron starts with for the contract: an app without a window, that stays.
const { app } = require("electron");

app.on("window-all-closed", () => undefined);
