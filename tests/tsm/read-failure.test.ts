import { listJobs } from "../../provider/tsm/command";
import { readFailure } from "../../provider/tsm/read-failure";

describe("readFailure", () => {
  const read = (stdout: string, exit = 0): ReturnType<typeof readFailure> => {
    return readFailure({ node: "node1", call: listJobs(), stdout, stderr: "", exit });
  };

  test.each(["HTTP 401", "Status code 401: log in", "401 Unauthorized", "401 - Unauthorized", "Unauthorized"])(
    "%s: a login is needed",
    (text) => {
      expect(read(text, 1)).toBe("login-needed");
    },
  );

  // The 401st job of a server is a job.
  test.each(["401  RestartServerJob  Succeeded", "401 | DeploymentsJob | Running", "401", "Id: 401"])("%s: a line of a list", (text) => {
    expect(read(`400  RestartServerJob  Succeeded\n${text}\n402  RestartServerJob  Running`)).toBeUndefined();
  });
});
