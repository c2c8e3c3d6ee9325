import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import nunjucks from 'nunjucks';
import type { Assets } from '../http/assets.ts';
import { dateFilters } from './dates.ts';
import { textFilters } from './text.ts';

export interface Views {
  /** Renders one template. Synchronous, and must stay under 10 ms: it blocks everybody else. */
  render(template: string, data: Readonly<Record<string, unknown>>): string;
  /** Names of our own templates, as `render` takes them. */
  readonly templates: readonly string[];
}

const require = createRequire(import.meta.url);
const source = join(import.meta.dirname, '../..');

/** Every module may have a `views` folder; its templates are named from there ("suite-board.njk"). */
function ownFolders(extra: readonly string[]): string[] {
  const modules = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = modules
    .map((entry) => join(source, entry.name, 'views'))
    .filter((path) => existsSync(path));
  return [...extra, ...folders];
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.njk'))
    .map((file) => relative(folder, join(folder, file)).replaceAll('\\', '/'));
}

/**
 * One environment for the whole process, every template compiled at start: compiling while people wait
 * costs seconds under load, and a template with a mistake must stop the start, not the night shift.
 */
export function createViews(assets: Pick<Assets, 'url'>, extraFolders: readonly string[] = []): Views {
  const folders = ownFolders(extraFolders);
  const official = [
    join(dirname(require.resolve('nhsuk-frontend/package.json')), 'dist'),
    dirname(require.resolve('@ministryofjustice/frontend/package.json')),
  ];
  const loader = new nunjucks.FileSystemLoader([...folders, ...official]);
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    // The official macros write out values that are not there (an empty textarea), so this cannot be strict.
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });
  for (const [name, filter] of Object.entries({ ...dateFilters, ...textFilters }))
    environment.addFilter(name, filter);
  environment.addGlobal('asset', (name: string) => assets.url(name));

  const templates: string[] = [];
  for (const folder of folders)
    for (const name of templatesIn(folder)) {
      if (templates.includes(name)) throw new Error(`two templates are named ${name}`);
      templates.push(name);
      environment.getTemplate(name, true);
    }
  return { templates, render: (template, data) => environment.render(template, data) };
}
