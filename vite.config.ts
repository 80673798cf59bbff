/**
 * Every page folder is an entry; everything built lands in displays/built/.
 *
 * A page is displays/pages/<page>/index.html or windows/pages/<page>/index.html.
 * It is built as displays/built/<page>.html, and the scripts, styles and pictures
 * it names are served under /built/. TypeScript that several pages share lives in
 * projections/web/, and is imported as '@web/...'.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import type { Plugin, Rolldown } from 'vite'

const ROOT = import.meta.dirname
const PAGE_FOLDERS = ['displays/pages', 'windows/pages']
const SHARED = join(ROOT, 'projections/web')

/** Charts and calendars are for staff: charts stopped a Chromium 72 television box. */
const STAFF_ONLY = ['echarts', 'zrender', '@vuepic', 'date-fns']
/** What Chromium 72 lacks and the types of tsconfig.json still allow. */
const TOO_NEW =
  /\b(structuredClone|randomUUID|replaceChildren|AbortSignal\.(timeout|any))\b/
/** Bytes; smaller files gain less than the header that names the compression. */
const WORTH_IT = 1_000
const PUBLIC_PAGES = ['board', 'sign', 'kiosk', 'phone', 'pad', 'home', 'missing']

function pageEntries(): Record<string, string> {
  const entries: Record<string, string> = {}
  for (const folder of PAGE_FOLDERS) {
    for (const path of globSync(`${folder}/*/index.html`, { cwd: ROOT })) {
      const page = basename(dirname(path))
      if (entries[page]) throw new Error(`two pages are called ${page}`)
      entries[page] = join(ROOT, path)
    }
  }
  return entries
}

/** Put every page at the top of the output folder under its own name. */
function pagesByName(): Plugin {
  return {
    name: 'yihao:pages-by-name',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('/index.html')) {
          file.fileName = `${basename(dirname(file.fileName))}.html`
        }
      }
    },
  }
}

/** The part of the phone's page that wakes for a message: one file of fixed name. */
function workerBesidePages(): Plugin {
  return {
    name: 'yihao:worker-beside-pages',
    generateBundle() {
      const source = readFileSync(join(ROOT, 'displays/pages/phone/push-worker.js'))
      this.emitFile({ type: 'asset', fileName: 'push-worker.js', source })
    },
  }
}

/** Lay a compressed copy beside every file that is worth it; the server sends that. */
function compressedCopies(): Plugin {
  return {
    name: 'yihao:compressed-copies',
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|html|svg)$/.test(name)) continue
        const file = join(options.dir!, name)
        const content = readFileSync(file)
        if (content.length < WORTH_IT) continue
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}

/** Fail the build when a public page would not run on an old television box. */
function publicPagesRunOnOldBoxes(): Plugin {
  return {
    name: 'yihao:public-pages-run-on-old-boxes',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !PUBLIC_PAGES.includes(file.name)) continue
        if (!file.isEntry) continue
        for (const id of modulesLoadedBy(file, bundle)) {
          const fault = faultOnOldBoxes(id, this.getModuleInfo(id)?.code ?? '')
          if (fault) this.error(`page ${file.name} must not use ${fault}: ${id}`)
        }
      }
    },
  }
}

function faultOnOldBoxes(id: string, code: string): string | undefined {
  if (id.includes('/node_modules/')) {
    return STAFF_ONLY.find((name) => id.includes(`/node_modules/${name}/`))
  }
  return TOO_NEW.exec(code)?.[0]
}

function modulesLoadedBy(
  entry: Rolldown.OutputChunk,
  bundle: Rolldown.OutputBundle,
): Set<string> {
  const modules = new Set<string>()
  const seen = new Set<string>()
  const waiting = [entry.fileName]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = bundle[name]
    if (seen.has(name) || chunk?.type !== 'chunk') continue
    seen.add(name)
    chunk.moduleIds.forEach((id) => modules.add(id))
    waiting.push(...chunk.imports, ...chunk.dynamicImports)
  }
  return modules
}

export default defineConfig({
  root: ROOT,
  base: '/built/',
  appType: 'mpa',
  publicDir: false,
  plugins: [
    vue(),
    pagesByName(),
    workerBesidePages(),
    publicPagesRunOnOldBoxes(),
    compressedCopies(),
  ],
  resolve: { alias: { '@web': SHARED } },
  build: {
    outDir: 'displays/built',
    emptyOutDir: true,
    // A name without a dot folder, which package data would miss.
    manifest: 'manifest.json',
    // Television boxes run Chromium 72; the defaults show them a blank page.
    target: 'chrome70',
    cssTarget: 'chrome64',
    // The preload polyfill is an inline script, and pages allow none.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 2048,
    rolldownOptions: { input: pageEntries() },
  },
  test: {
    include: ['{projections/web,displays/pages,windows/pages}/**/*.test.ts'],
    environment: 'node',
  },
})
