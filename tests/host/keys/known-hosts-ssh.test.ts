import * as fc from "fast-check";
import { type KnownHostsCase, knownHostsCase } from "../support/known-hosts-cases";
import { KnownHostsWorld, type Verdict } from "../support/known-hosts-world";
import { needs } from "../support/needs";
import { noSshd } from "../support/sshd";

// The whole: PULUMI_TABLEAU_KNOWN_HOSTS=2000 npx jest --selectProjects unit --testPathPatterns known-hosts-ssh
const count = Number(process.env["PULUMI_TABLEAU_KNOWN_HOSTS"] ?? "40");
const atOnce = 4;

interface Judged {
  readonly each: KnownHostsCase;
  readonly ssh: Verdict;
  readonly us: Verdict;
}

(noSshd === undefined ? describe : describe.skip)(`known_hosts${noSshd === undefined ? "" : ` (skipped: ${noSshd})`}`, () => {
  needs(["ssh", "ssh-keygen"], () => {
    const world = new KnownHostsWorld();
    afterAll(() => world.remove());

    test(`decides on ${String(count)} generated files as OpenSSH's client does`, async () => {
      const cases = fc.sample(knownHostsCase(world.pool), { numRuns: count, seed: 20_261_101 });
      const judged: Judged[] = [];
      const work = cases.values();
      const worker = async (): Promise<void> => {
        for (const each of work) judged.push({ each, ssh: await world.bySsh(each), us: await world.byUs(each) });
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      expect(judged.filter(({ ssh, us }) => ssh.accepted !== us.accepted)).toEqual([]);
      const accepted = judged.filter(({ us }) => us.accepted).length;
      // Else the generator would show little.
      expect(accepted).toBeGreaterThan(count / 5);
      expect(accepted).toBeLessThan((count * 4) / 5);
    }, 3_600_000);
  });
});
