import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react(), tailwind()],
  resolve: {
    alias: {
      "@": here("./src"),
      // The words of the rules are shared with the command line; they live beside the rules.
      "@risk-texts": here("../src/vado/risks/texts"),
    },
  },
  build: {
    outDir: here("../src/vado/api/static"),
    emptyOutDir: true,
    target: ["es2023", "safari16.4", "chrome111"],
    // Nothing is inlined: the page's policy lets fonts and pictures come from its own address only.
    assetsInlineLimit: 0,
    // The editor is one piece of 500 kB and is loaded only where SQL is shown.
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "editor",
              test: /node_modules\/(@codemirror|@lezer|style-mod|w3c-keyname|crelt)/,
            },
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: "kit", test: /node_modules\/(@base-ui|@floating-ui|tabbable)/ },
            { name: "data", test: /node_modules\/(@tanstack|openapi-fetch|i18next|react-i18next)/ },
          ],
        },
      },
    },
  },
  server: { host: "127.0.0.1", fs: { allow: [here(".."), here("../src/vado/risks/texts")] } },
  test: {
    environment: "jsdom",
    // One document for all files: building one takes longer than the tests of most.
    isolate: false,
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/lib/testing.ts"],
    unstubGlobals: true,
  },
});
