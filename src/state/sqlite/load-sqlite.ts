type Sqlite = typeof import('node:sqlite');

let loading: Promise<Sqlite> | undefined;

/** Loads Node's SQLite when it is first needed, without the warning by which Node 22 calls it experimental. */
export function loadSqlite(): Promise<Sqlite> {
  loading ??= loadWithoutWarning();
  return loading;
}

async function loadWithoutWarning(): Promise<Sqlite> {
  const whole = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  const emitWarning = process.emitWarning.bind(process) as (...given: readonly unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...details: readonly unknown[]): void => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning(warning, ...details);
  };
  try {
    return await import('node:sqlite');
  } finally {
    if (whole) Object.defineProperty(process, 'emitWarning', whole);
  }
}
