/**
 * The entry `pulumi-tableau/provider`, which the engine's provider process loads by the text in the state of every
 * resource. Its name, its exports and what they accept are promises to every state ever written.
 */
import { engineVoice } from "./engine/engine-voice";
import { modulesOfProgram } from "./engine/modules-of-program";
import { engineAddressGiven, providerProcess } from "./engine/provider-process";
import { toDynamicProvider } from "./engine/to-dynamic-provider";
import { lazily } from "./lifecycle/lazily";
import { lifecyclesOf } from "./lifecycle/lifecycles";

const engineAddress = engineAddressGiven();
const voice = lazily(() => engineVoice(engineAddress, modulesOfProgram));
const lifecycles = lifecyclesOf(providerProcess(engineAddress, voice));

export const connector = toDynamicProvider(lifecycles.connector);
export const driver = toDynamicProvider(lifecycles.driver);
export const certificate = toDynamicProvider(lifecycles.certificate);
export const config = toDynamicProvider(lifecycles.config);
export const desktopConnector = toDynamicProvider(lifecycles.desktopConnector);
export const desktopLauncher = toDynamicProvider(lifecycles.desktopLauncher);
