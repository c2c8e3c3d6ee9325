import { openDatabase, type Database } from '../platform/database.ts';
import { testDatabase } from '../platform/test-database.ts';
import { testArea, type TestArea } from './test-area.ts';

// For tests only: a database of the test file's own, open under both roles, with a ready-made area in it.

export interface TestSetting {
  /** As the program opens it: held by row-level security. */
  readonly database: Database;
  /** Under the role that owns the tables, to arrange and to look at what the program may not. */
  readonly owner: Database;
  readonly ownerUrl: string;
  readonly area: TestArea;
  /** Closes both and drops the database. Call it in `after`, behind the server's own close. */
  close(): Promise<void>;
}

/** Makes the setting. Call it in `before`. */
export async function testSetting(): Promise<TestSetting> {
  const files = await testDatabase();
  const database = openDatabase({ appUrl: files.appUrl });
  const owner = openDatabase({ appUrl: files.ownerUrl, poolSize: 2 });
  const area = await testArea(database, owner);
  return {
    database,
    owner,
    ownerUrl: files.ownerUrl,
    area,
    close: async () => {
      await database.close();
      await owner.close();
      await files.drop();
    },
  };
}
