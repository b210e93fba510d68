// Tests that start servers or the engine; jest has no time limit per project.
jest.setTimeout(300_000);
