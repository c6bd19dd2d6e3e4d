import { defineConfig } from "vite";

// The process around Remix's own server build: installed packages stay outside, our code becomes three files.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  publicDir: false,
  build: {
    ssr: true,
    target: "node20",
    outDir: "build/node",
    sourcemap: true,
    rollupOptions: {
      input: {
        main: "server/main.ts",
        cli: "server/cli/main.ts",
        "analysis-thread": "server/aggregation/analysis-thread.ts",
      },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
