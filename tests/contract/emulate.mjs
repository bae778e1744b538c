// Serves emulate's Slack until standard input closes; the seed is the first argument, as JSON.
import { createServer } from "node:net";
import { createEmulator } from "emulate";

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const port = await freePort();
const seed = JSON.parse(process.argv[2]);
await createEmulator({ service: "slack", port, seed });
process.stdout.write(`http://127.0.0.1:${port}\n`);
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
