import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "../remix.config.js";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  publicDir: "app/public",
  plugins: [remix(remixConfig)],
  // Found late, a dependency is bundled at the first page view and forces a reload.
  optimizeDeps: { include: ["socket.io-client"] },
});
