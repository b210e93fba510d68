// Where no run before has told how long each file takes, jest starts with the largest files. The longest are small ones that drive engines and
// servers: these come first, so that no core waits for one of them in the end.
const { default: Sequencer } = require("@jest/test-sequencer");

const longest = ["faults", "engine", "languages", "scenarios"];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ context }) => {
      const at = longest.indexOf(context.config.displayName?.name);
      return at < 0 ? longest.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
