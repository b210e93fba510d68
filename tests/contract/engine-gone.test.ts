import { providerText } from "../../provider/engine/provider-text";
import { DynamicProvider, lane } from "./support";

const urn = "urn:pulumi:dev::test::pulumi-nodejs:dynamic/tableau:TableauConnector::x";

test("a provider process whose engine is gone ends by itself", async () => {
  const provider = await DynamicProvider.start({ providerText: providerText("connector"), directory: lane });
  await provider.configure();
  // The first call loads the package.
  await provider.check({ __urn: urn });
  provider.loseEngine();
  expect(await provider.ended).toEqual({ code: 1, signal: null });
});
