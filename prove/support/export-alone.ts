/** Writes one export in a process of its own, and prints how much memory that took: `node export-alone.ts DATA STUDY OUT`. */
import { openExportFolder } from '../../src/receiver/export/export-files.ts';
import { exportStudy } from '../../src/receiver/export/export-study.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';

const [data = '', study = '', out = ''] = process.argv.slice(2);
const store = await openSqliteStore(data);
const keys = await openKeys(`${data}.keys`, []);
const options = { study, format: 'csv', freeText: true, contacts: false, arms: false } as const;
const start = performance.now();
const { participants } = await exportStudy({ store, keys }, options, await openExportFolder(out));
const seconds = (performance.now() - start) / 1000;
await store.close();
process.stdout.write(JSON.stringify({ participants, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
