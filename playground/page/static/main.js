// Starts every part of the page; each one listens on the document, so that what arrives later works as well.
import { startComposer } from "./composer.js";
import { startDialogs } from "./dialogs.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startSuggestions } from "./suggestions.js";
import { startSurfaces } from "./surfaces.js";
import { startTicking } from "./ticking.js";
import { startTools } from "./tools.js";

startDialogs();
startSurfaces();
startSuggestions();
startComposer();
startMenus();
startTools();
startTicking();
startLive();
